package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;

import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.submit.ExpectedFile.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
