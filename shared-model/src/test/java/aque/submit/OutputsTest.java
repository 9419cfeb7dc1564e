package aque.submit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.submit.ExpectedFile.Look;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputsTest {
    @TempDir
    private Path folder;

    private List<ExpectedFile> expected(String rule, String output) throws IOException {
        var file = Files.writeString(folder.resolve("t.yaml"), """
            specificationVersion: jobtemplate-2023-09
            extensions: [TASK_CHUNKING]
            name: t
            aque: {outputs: [%s]}
            parameterDefinitions:
            - {name: Output, type: STRING, default: ''}
            - {name: Scene, type: PATH, default: 'sub/s.blend'}
            steps:
            - name: render
              parameterSpace:
                taskParameterDefinitions:
                - name: Frame
                  type: CHUNK[INT]
                  range: 8-11
                  chunks: {defaultTaskCount: 4, rangeConstraint: CONTIGUOUS}
              script: {actions: {onRun: {command: render, args: ["{{Task.Param.Frame}}"]}}}
            """.formatted(rule));
        var made = Offers.of(file).submission(Offer.Values.of(Map.of("Output", output), folder, "me"));
        var document = JobDocument.fromJson(made.document().orElseThrow());
        var work = (Work.OpenJd) made.tasks().getLast().work();
        return Outputs.of(document, document.steps().getFirst(), TaskParameters.fromJson(work.parameters()), folder);
    }

    private List<String> names(String rule, String output) throws IOException {
        return expected(rule, output).stream()
                .map(f -> folder.relativize(f.path()).toString())
                .toList();
    }

    @Test
    void eachFrameOfTheTaskIsAFile() throws IOException {
        var four = List.of("o/f.0008.exr", "o/f.0009.exr", "o/f.0010.exr", "o/f.0011.exr");
        assertThat(names("{files: '{{Param.Output}}'}", "o/f.####.exr")).isEqualTo(four);
        assertThat(names("{files: '{{Param.Output}}'}", "o/f.%04d.exr")).isEqualTo(four);
        assertThat(names("{files: '{{Param.Output}}'}", "o/f.$F4.exr")).isEqualTo(four);
        assertThat(names("{files: '{{Param.Output}}####*'}", "o/f.##_")).contains("o/f.08_*");
        assertThat(names("{files: '{{Param.Output}}'}", "movie.mp4")).containsExactly("movie.mp4");
        assertThat(names("{files: '{{Param.Output}}'}", "")).isEmpty();
        assertThat(names("{files: '{{Param.Output}}####*', base: '{{Param.Scene}}'}", "//f_"))
                .startsWith("sub/f_0008*");
        assertThat(names("{files: x, step: other}", "")).isEmpty();
        assertThat(expected("{files: '{{Param.Output}}'}", "f.####.exr")
                        .getLast()
                        .frame())
                .hasValue(11);
    }

    @Test
    void aFileIsFoundShortOrMissing() throws IOException {
        var rule = "{files: '{{Param.Output}}', least: 10, most: 1K, image: true}";
        var png = expected(rule, "a.png").getFirst();
        assertThat(png.look()).isEqualTo(Look.MISSING);
        Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        assertThat(png.look()).isEqualTo(Look.SHORT);
        Files.writeString(
                folder.resolve("a.png"), "\u0089PNG and then IEND....", java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(png.look()).isEqualTo(Look.FOUND);
        Files.write(folder.resolve("a.png"), new byte[2000]);
        assertThat(png.look()).isEqualTo(Look.SHORT);
        var jpeg = expected(rule, "b.jpg").getFirst();
        Files.write(
                folder.resolve("b.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0});
        assertThat(jpeg.look()).isEqualTo(Look.SHORT);
    }

    @Test
    void anExrIsWholeWhenItsLastBlockIs() throws IOException {
        var exr = expected("{files: '{{Param.Output}}', image: true}", "a.exr").getFirst();
        var whole = exr();
        Files.write(exr.path(), whole);
        assertThat(exr.look()).isEqualTo(Look.FOUND);
        for (var length : List.of(3, 40, whole.length - 30, whole.length - 1)) {
            Files.write(exr.path(), Arrays.copyOf(whole, length));
            assertThat(exr.look()).as("%d bytes", length).isEqualTo(Look.SHORT);
        }
        // A renderer that died: room is made for the table, nothing is in it.
        Arrays.fill(whole, whole.length - 24 - 16, whole.length - 24, (byte) 0);
        Files.write(exr.path(), whole);
        assertThat(exr.look()).isEqualTo(Look.SHORT);
    }

    /// Two lines without compression, four bytes each.
    private static byte[] exr() {
        var out = ByteBuffer.allocate(500).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(20000630).putInt(2);
        out.put("compression\0compression\0".getBytes(US_ASCII)).putInt(1).put((byte) 0);
        out.put("dataWindow\0box2i\0".getBytes(US_ASCII)).putInt(16);
        out.putInt(0).putInt(0).putInt(0).putInt(1);
        out.put((byte) 0);
        var blocks = out.position() + 16;
        out.putLong(blocks).putLong(blocks + 12L);
        out.putInt(0).putInt(4).putInt(7).putInt(1).putInt(4).putInt(7);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void aNameWithAStarIsSeveralFiles() throws IOException {
        var layers = expected("{files: 'l*.[exr', count: 2}", "").getFirst();
        Files.writeString(folder.resolve("la.[exr"), "x");
        assertThat(layers.look()).isEqualTo(Look.MISSING);
        Files.writeString(folder.resolve("lb.[exr"), "x");
        assertThat(layers.look()).isEqualTo(Look.FOUND);
    }

    @Test
    void aWrongRuleIsSaid() {
        assertThat(Library.of(List.of(write("{least: 1}")))
                        .routine("w")
                        .orElseThrow()
                        .problems())
                .singleElement()
                .asString()
                .contains("needs 'files'");
        assertThat(Library.of(List.of(write("{files: x, fles: y}")))
                        .routine("w")
                        .orElseThrow()
                        .problems())
                .singleElement()
                .asString()
                .contains("no key 'fles'");
    }

    private Path write(String rule) {
        try {
            var library = Files.createDirectories(folder.resolve("library"));
            Files.writeString(library.resolve("w.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: t
                aque: {outputs: [%s]}
                steps: [{name: a, script: {actions: {onRun: {command: x}}}}]
                """.formatted(rule));
            return library;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
