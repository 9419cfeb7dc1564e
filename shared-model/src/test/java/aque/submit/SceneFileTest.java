package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What scenes say of themselves.
final class SceneFileTest {
    @TempDir
    private Path folder;

    private Map<String, String> values(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        return SceneFile.values(file, SceneFile.extension(file));
    }

    private static byte[] blend(int first, int last) {
        var rend = ByteBuffer.allocate(72)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(first)
                .putInt(last);
        rend.put("Scène".getBytes(StandardCharsets.UTF_8));
        var out = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        out.put("BLENDER-v304".getBytes(StandardCharsets.ISO_8859_1));
        out.put("TEST".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .put(new byte[16])
                .put(new byte[8]);
        out.put("REND".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(72)
                .put(new byte[16])
                .put(rend.array());
        out.put("ENDB".getBytes(StandardCharsets.ISO_8859_1)).putInt(0).put(new byte[16]);
        return out.array();
    }

    private interface Packer {
        OutputStream around(OutputStream out) throws IOException;
    }

    private Map<String, String> packed(Packer packer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = packer.around(bytes)) {
            out.write(blend(-5, 250));
        }
        return SceneFile.values(Files.write(folder.resolve("s.blend"), bytes.toByteArray()), "blend");
    }

    @Test
    void aBlenderFileSaysItsFramesPlainAndPacked() throws IOException {
        var frames = Map.of("Frames", "-5-250");
        assertThat(packed(o -> o)).isEqualTo(frames);
        assertThat(packed(GZIPOutputStream::new)).isEqualTo(frames);
        assertThat(packed(ZstdOutputStream::new)).isEqualTo(frames);
        assertThat(values("e.blend", "")).isEmpty();
        assertThat(values("b.blend", "BLENDER-v304RENDxxxx")).isEmpty();
    }

    @Test
    void aNukeScriptSaysItsRangeAndItsWriter() throws IOException {
        assertThat(values(
                        "a.nk", "Root {\n first_frame 11\n last_frame 20\n}\nWrite {\n file o.png\n name Write1\n}\n"))
                .isEqualTo(Map.of("Frames", "11-20", "Write", "Write1"));
        assertThat(values("b.nk", "Root {\n}\nWrite {\n first 3\n last 7\n use_limit true\n name W\n}\n"))
                .isEqualTo(Map.of("Frames", "3-7", "Write", "W"));
        assertThat(values("c.nk", "Root {\n last_frame 4\n}\nWrite {\n name A\n}\nWrite {\n name B\n}\n"))
                .isEqualTo(Map.of("Frames", "1-4"));
    }

    @Test
    void aMayaSceneSaysItsFrames() throws IOException {
        assertThat(values("s.ma", """
                //Maya ASCII 2024 scene
                select -ne :time1;
                \tsetAttr ".o" 1;
                select -ne :defaultRenderGlobals;
                \taddAttr -ci true -sn "x" -ln "x";
                \tsetAttr -k on ".fs" 1001;
                \tsetAttr ".ef" 1.1e+03;
                select -ne :defaultResolution;
                \tsetAttr ".ef" 5;
                """)).isEqualTo(Map.of("Frames", "1001-1100"));
        assertThat(values("n.ma", "//Maya ASCII\n")).isEmpty();
    }

    @Test
    void aStageAndAHoudiniSceneSayTheirFrames() throws IOException {
        assertThat(values("s.usda", "#usda 1.0\n(\n    endTimeCode = 48\n    startTimeCode = 1\n)\n"))
                .isEqualTo(Map.of("Frames", "1-48"));
        assertThat(values("s.hip", "\0\0fps 24\nfrange 1 240\n")).isEqualTo(Map.of("Frames", "1-240"));
    }

    @Test
    void aDroppedSceneFillsItsOwnForm() throws IOException {
        var file = Files.write(folder.resolve("shot.blend"), blend(1001, 1010));
        var offer = Offers.of(file);
        assertThat(offer.preset())
                .containsEntry("Frames", "1001-1010")
                .containsEntry("Title", "shot")
                .containsEntry("Scene", file.toString());
        var made = offer.submission(Offer.Values.of(Map.of(), folder, "me"));
        assertThat(made.tasks().getLast().needs().cpuMilli()).isEqualTo(-1);
        assertThat(made.tasks().getLast().options().retries()).isEqualTo(1);
    }

    @Test
    void realScenesAreRead() {
        var drops = Path.of(System.getProperty("aque.corpus", "nowhere"), "drops");
        Assumptions.assumeTrue(Files.isDirectory(drops), "the OpenJD corpus is not there");
        assertThat(Offers.of(drops.resolve("cgru/examples/blender/scene.blend")).preset())
                .containsEntry("Frames", "1-250");
        assertThat(Offers.of(drops.resolve("cgru/examples/nuke/scene.nk")).preset())
                .containsEntry("Frames", "1-11");
        assertThat(Offers.of(drops.resolve("deadline-cloud-for-nuke/job_bundle_output_tests/frame/scene/frame.nk"))
                        .preset())
                .containsEntry("Frames", "3-7");
    }
}
