package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.SceneCopy;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Drops that really run, with the tools themselves where they are installed.
final class RealToolsTest {
    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    @TempDir
    private Path folder;

    /// The output of a call; the test is skipped where the tool is not there or is another one.
    private static String tool(String word, String... call) throws InterruptedException {
        try {
            var process = new ProcessBuilder(call).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Assumptions.assumeTrue(process.waitFor() == 0 && said.contains(word), call[0] + " is not installed");
            return said;
        } catch (IOException e) {
            return Assumptions.<String>abort(call[0] + " is not installed");
        }
    }

    private TaskId submit(Offer offer, Map<String, String> parameters) {
        var values = Offer.Values.of(parameters, folder, "me");
        var copy = SceneCopy.of(offer, values);
        return farm.broker
                .submit(offer.submission(copy.map(SceneCopy::values).orElse(values)))
                .id();
    }

    private void succeeds(TaskId job) {
        var end = worker.ended(job);
        assertThat(end.state())
                .as(() -> farm.farm.tasksOfJob(job).stream()
                        .filter(t -> t.kind() != TaskKind.GROUP)
                        .map(t -> t.status() + "\n" + worker.text(t.id(), Channel.STDERR)
                                + worker.text(t.id(), Channel.STDOUT) + worker.text(t.id(), Channel.LOG))
                        .toList()
                        .toString())
                .isEqualTo(TaskState.SUCCESS);
    }

    private Path frames() throws IOException {
        var frames = Files.createDirectories(folder.resolve("frames"));
        for (var i = 1; i <= 5; i++) {
            var image = new BufferedImage(63, 47, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xffffff);
            ImageIO.write(
                    image, "png", frames.resolve("shot.%04d.png".formatted(i)).toFile());
        }
        return frames;
    }

    @Test
    void aBlenderSceneRendersTheFramesItSays() throws Exception {
        tool("Blender", "blender", "--version");
        var scene = folder.resolve("cube.blend");
        var script = "import bpy; s = bpy.context.scene; s.frame_start = 2; s.frame_end = 3;"
                + " s.render.engine = 'CYCLES'; s.cycles.samples = 1; s.cycles.use_denoising = False; s.render.resolution_x = 32;"
                + " s.render.resolution_y = 32; bpy.ops.wm.save_as_mainfile(filepath='" + scene + "', compress=True)";
        tool("", "blender", "-b", "--factory-startup", "--python-expr", script);
        var offer = Offers.of(scene);
        assertThat(offer.preset()).containsEntry("Frames", "2-3");
        succeeds(submit(offer, Map.of("Output", "//out/f_")));
        assertThat(folder.resolve("out/f_0002.png")).isNotEmptyFile();
        assertThat(folder.resolve("out/f_0003.png")).isNotEmptyFile();
        oneBlenderRendersBothFrames(scene);
    }

    private void oneBlenderRendersBothFrames(Path scene) {
        var root = Path.of(System.getProperty("aque.root", "..")).toAbsolutePath();
        var render = List.of(
                "blender", "-b", "" + scene, "-o", folder + "/warm/f_", "-P", root + "/examples/warm_blender.py");
        var one = new Needs(4000, 0, "", "", new TreeMap<>(), new TreeMap<>());
        var tasks = new ArrayList<NewTask>(List.of(TestFarm.group("warm", -1)));
        for (var frame : List.of("2", "3")) {
            var options = TaskOptions.NONE
                    .withItem(50, frame)
                    .withEnv(Map.of("AQUE_CLIENTS", root.resolve("clients").toString()));
            tasks.add(new NewTask(frame, new Work.Command(render), 0, List.of(), one, 0, options));
        }
        var job = farm.submit(tasks.toArray(NewTask[]::new));
        succeeds(job);
        assertThat(folder.resolve("warm/f_0002.png")).isNotEmptyFile();
        for (var task : farm.farm.tasksOfJob(job)) {
            if (task.kind() != TaskKind.GROUP) {
                var out = worker.text(task.id(), Channel.STDOUT);
                assertThat(out).containsOnlyOnce("Saved: ").contains("f_000" + task.name() + ".png");
                assertThat(out.contains("Read blend")).isEqualTo(task.name().equals("2"));
            }
        }
    }

    @Test
    void framesBecomeAMovieAndTheMovieAProxy() throws Exception {
        tool("ffmpeg", "ffmpeg", "-version");
        var frames = frames();
        Files.delete(frames.resolve("shot.0003.png")); // the one before it is shown in its place
        succeeds(submit(Offers.of(frames), Map.of()));
        var movie = frames.resolve("shot.mp4");
        var counted = tool(
                "", "ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "" + movie);
        assertThat(counted).contains("nb_read_frames=5");
        succeeds(submit(Offers.of(movie), Map.of("Height", "24")));
        assertThat(frames.resolve("shot-proxy.mp4")).isNotEmptyFile();
    }

    @Test
    void framesAreConverted() throws Exception {
        tool("ImageMagick", "convert", "-version");
        var frames = frames();
        var offer = aque.submit.Library.ofUser()
                .routine("convert-frames")
                .orElseThrow()
                .offer();
        succeeds(submit(
                offer,
                Map.of(
                        "Scene",
                        frames + "/shot.%04d.png",
                        "Frames",
                        "1-5",
                        "Output",
                        folder + "/small",
                        "Size",
                        "50%",
                        "Format",
                        "jpg")));
        assertThat(folder.resolve("small/shot.0005.jpg")).isNotEmptyFile();
    }

    @Test
    void scriptsListsAndTablesRun() throws Exception {
        succeeds(submit(Offers.of(Files.writeString(folder.resolve("a.sh"), "echo shell > a.out\n")), Map.of()));
        assertThat(folder.resolve("a.out")).content().isEqualTo("shell\n");
        var list = Files.writeString(folder.resolve("b.txt"), "echo 1 > b.1\n# no\necho 2 | tr 2 3 > b.2\n");
        succeeds(submit(Offers.of(list), Map.of()));
        assertThat(folder.resolve("b.2")).content().isEqualTo("3\n");
        var table = Files.writeString(folder.resolve("c.csv"), "name,text\nc.1,\"a, b\"\nc.2,x; exit 1\n");
        succeeds(submit(Offers.of(table), Map.of("Command", "sh -c 'printf %s \"$text\" > {name}'")));
        assertThat(List.of(Files.readString(folder.resolve("c.1")), Files.readString(folder.resolve("c.2"))))
                .containsExactly("a, b", "x; exit 1");
        tool("Python", "python3", "--version");
        var python = Files.writeString(folder.resolve("d.py"), "open('d.out', 'w').write('python')\n");
        succeeds(submit(Offers.of(python), Map.of()));
        assertThat(folder.resolve("d.out")).content().isEqualTo("python");
    }
}
