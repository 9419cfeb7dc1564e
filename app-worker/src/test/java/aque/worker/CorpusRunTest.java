package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.farm.Why;
import aque.log.Channel;
import aque.openjd.PathMapping;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.testing.CorpusTable;
import aque.testing.TestFarm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real templates run end to end: submitted to a farm and worked by a worker.
final class CorpusRunTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Set<String> LACKING = Set.of("EXPR", "WRAP_ACTIONS+EXPR");

    private TestFarm farm;
    private RunningWorker worker;
    private Path corpus = Path.of("");
    private String path = "";

    @TempDir
    private Path folder;

    private record Row(String kind, String rank, String extensions, String file) {}

    @BeforeEach
    void start() throws Exception {
        var property = System.getProperty("aque.corpus", "");
        Assumptions.assumeTrue(
                !property.isEmpty() && Files.isDirectory(Path.of(property)),
                "the OpenJD corpus is not at '" + property + "'");
        corpus = Path.of(property).toAbsolutePath().normalize();
        path = pathWithPython();
        farm = new TestFarm();
        worker = RunningWorker.of(farm);
    }

    @AfterEach
    void stop() {
        if (worker != null) {
            worker.close();
            farm.close();
        }
    }

    /// The real `python` goes first in the PATH: what is there may be a shim that takes ten times as long.
    private static String pathWithPython() throws IOException, InterruptedException {
        var command = List.of("/usr/bin/env", "python", "-c", "import sys; print(sys.executable)");
        var process = new ProcessBuilder(command).start();
        var executable = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Assumptions.assumeTrue(process.waitFor() == 0, "these templates need a `python` in the PATH");
        return Path.of(executable).getParent() + ":" + System.getenv("PATH");
    }

    private List<Row> rows(String kind, String rank) throws IOException {
        var out = new ArrayList<Row>();
        for (var line : Files.readAllLines(corpus.resolve("templates/INVENTORY.tsv"))) {
            var cells = line.split("\t", -1);
            if (cells[0].equals(kind) && cells[1].equals(rank) && !LACKING.contains(cells[2])) {
                out.add(new Row(cells[0], cells[1], cells[2], cells[6]));
            }
        }
        assertThat(out).isNotEmpty();
        return out;
    }

    private TaskId submit(Path template, Map<String, String> parameters, List<Path> environments) {
        var around = environments.stream().map(Offers::environment).toList();
        var values = new Offer.Values(parameters, around, PathMapping.NONE, folder, "me");
        var submission = Offers.of(template).submission(values);
        return farm.broker
                .submit(submission.withEnvironment(Map.of("PATH", path)))
                .id();
    }

    /// The end of a job, and what it said.
    private String ended(TaskId job) {
        await("the end of " + job).atMost(LONG).until(() -> farm.state(job).ended());
        return farm.state(job).word() + "\n"
                + String.join(
                        "\n",
                        farm.farm.tasksOfJob(job).stream()
                                .filter(t -> t.kind() != TaskKind.GROUP)
                                .map(t -> t.reason() + " " + worker.text(t.id(), Channel.STDOUT)
                                        + worker.text(t.id(), Channel.STDERR) + worker.text(t.id(), Channel.LOG))
                                .toList());
    }

    /// `-p NAME=VALUE` of each template, with a folder and files of our own.
    private Map<String, Map<String, String>> arguments() throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        var file = Files.writeString(folder.resolve("input.txt"), "input");
        for (var i = 1; i <= 100; i++) {
            var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % 64, i % 48, 0xffffff);
            ImageIO.write(
                    image, "png", data.resolve("output_%04d.png".formatted(i)).toFile());
        }
        var all = new HashMap<String, Map<String, String>>();
        for (var row : Files.readAllLines(corpus.resolve("templates/run-args.tsv"))) {
            var cells = row.split("\t", -1);
            var frames = cells[0].endsWith("job_templates/ffmpeg.yaml") ? data.resolve("output_%04d.png") : file;
            var values = new HashMap<String, String>();
            for (var pair : cells[1].replace("(frames inside)", "").split("-p ")) {
                var parts = pair.strip().split("=", 2);
                if (parts.length == 2) {
                    values.put(
                            parts[0],
                            parts[1].replaceFirst("^D", data.toString()).replaceFirst("^F$", frames.toString()));
                }
            }
            all.put(cells[0], values);
        }
        return all;
    }

    private static boolean installed(String program) {
        for (var dir : System.getenv("PATH").split(":")) {
            if (!dir.isEmpty() && Files.isExecutable(Path.of(dir, program))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void templatesThatRanElsewhereRunHere() throws IOException {
        Assumptions.assumeTrue(installed("ffmpeg"), "some of these templates need ffmpeg");
        var arguments = arguments();
        var rows = rows("job", "runnable-verified");
        var wrong = new ArrayList<String>();
        for (var row : rows) {
            var values = arguments.getOrDefault(row.file(), Map.of());
            var job = submit(corpus.resolve(row.file()), values, List.of());
            if (row.file().contains("host-requirements")) {
                waits(job);
                continue;
            }
            var end = ended(job);
            if (!end.startsWith("success")) {
                wrong.add(row.file() + " " + end);
            }
        }
        assertThat(wrong).isEmpty();
        CorpusTable.says("`runnable-verified` templates, run by a worker", rows.size(), rows.size());
    }

    /// It asks for what no machine here has: it waits, and is told why.
    private void waits(TaskId job) {
        var task = farm.farm.tasksOfJob(job).stream()
                .filter(t -> t.kind() == TaskKind.OPENJD)
                .findFirst()
                .orElseThrow();
        assertThat(String.join("\n", new Why(farm.database).reasons(task))).isNotBlank();
        assertThat(farm.state(task.id())).isIn(TaskState.PENDING, TaskState.WAITING);
        farm.broker.cancel(List.of(job));
    }

    @Test
    void templatesThatDebianCanRunRun() throws IOException {
        var scene =
                Files.copy(corpus.resolve("drops/cgru/examples/blender/scene.blend"), folder.resolve("scene.blend"));
        var given = Map.of(
                "BlenderFile",
                scene.toString(),
                "OutputDir",
                folder.resolve("out").toString(),
                "Frames",
                "1");
        var rows = rows("job", "runnable-debian");
        var wrong = new ArrayList<String>();
        for (var row : rows) {
            var template = corpus.resolve(row.file());
            var asked =
                    Offers.of(template).parameters().stream().map(p -> p.name()).toList();
            var values = new HashMap<>(given);
            values.keySet().retainAll(asked);
            if (!asked.contains("BlenderFile")) {
                values.clear();
            }
            var end = ended(submit(template, values, List.of()));
            if (!end.startsWith("success")) {
                wrong.add(row.file() + " " + end);
            }
        }
        // Its script has a quote that does not end, so that bash refuses it wherever it runs.
        assertThat(wrong).singleElement().asString().contains("blender_example_bundle", "unexpected EOF");
        CorpusTable.says("`runnable-debian` job templates, run by a worker", rows.size() - 1, rows.size());
    }

    @Test
    void environmentTemplatesGoAroundASmallJob() throws IOException {
        var small = Files.writeString(
                folder.resolve("small.yaml"),
                "{specificationVersion: jobtemplate-2023-09, name: small, steps: [{name: a, script: {actions:"
                        + " {onRun: {command: python, args: [-c, 'print(\"inside\")']}}}}]}");
        var rows = rows("env", "runnable-debian");
        var wrong = new ArrayList<String>();
        for (var row : rows) {
            var end = ended(submit(small, Map.of(), List.of(corpus.resolve(row.file()))));
            var fails = row.file().contains("env_fails_");
            if (end.startsWith("success") == fails || end.contains("inside") == fails) {
                wrong.add(row.file() + " " + end);
            }
        }
        assertThat(wrong).isEmpty();
        CorpusTable.says("`runnable-debian` environment templates around a small job", rows.size(), rows.size());
    }
}
