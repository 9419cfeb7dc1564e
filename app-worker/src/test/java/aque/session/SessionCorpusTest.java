package aque.session;

import static org.assertj.core.api.Assertions.assertThat;

import aque.openjd.EnvironmentTemplate;
import aque.openjd.Jobs;
import aque.openjd.PathMapping;
import aque.openjd.TemplateException;
import aque.openjd.TemplateReader;
import aque.testing.CorpusTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real templates and cases of the official suite, run to their end.
class SessionCorpusTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private static String path = "";

    /// The real `python` goes first in the PATH: what is there may be a shim that takes ten times as long.
    @BeforeAll
    static void pythonIsThere() throws IOException, InterruptedException {
        var command = List.of("/usr/bin/env", "python", "-c", "import sys; print(sys.executable)");
        var process = new ProcessBuilder(command).start();
        var executable = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Assumptions.assumeTrue(process.waitFor() == 0, "these templates need a `python` in the PATH");
        path = Path.of(executable).getParent() + ":" + System.getenv("PATH");
    }

    private static Path corpus() {
        var property = System.getProperty("aque.corpus", "");
        Assumptions.assumeTrue(
                !property.isEmpty() && Files.isDirectory(Path.of(property)),
                "the OpenJD corpus is not at '" + property + "'");
        return Path.of(property).toAbsolutePath().normalize();
    }

    @Test
    void templatesThatRanElsewhereRunHere() throws Exception {
        var arguments = arguments();
        for (var row : Files.readAllLines(corpus().resolve("templates/INVENTORY.tsv"))) {
            var cells = row.split("\t", -1);
            if (cells[1].equals("runnable-verified") && !row.contains("ffmpeg")) {
                var template = TemplateReader.readJob(corpus().resolve(cells[6]));
                var job = Jobs.create(template, List.of(), arguments.getOrDefault(cells[6], Map.of()), folder);
                var whole = new WholeJob(folder.resolve("sessions"), path);
                assertThat(whole.run(job, PathMapping.NONE))
                        .as(() -> cells[6] + "\n" + String.join("\n", whole.runner.printed))
                        .isEmpty();
            }
        }
        assertThat(folder.resolve("sessions")).isEmptyDirectory();
    }

    @Test
    void templatesWithExtensionsRun() throws Exception {
        for (var row : Files.readAllLines(corpus().resolve("templates/INVENTORY.tsv"))) {
            var cells = row.split("\t", -1);
            if (cells[0].equals("job")
                    && cells[1].equals("runnable-debian")
                    && List.of("FEATURE_BUNDLE_1", "TASK_CHUNKING").contains(cells[2])) {
                var template = TemplateReader.readJob(corpus().resolve(cells[6]));
                var job = Jobs.create(template, List.of(), Map.of(), folder);
                var whole = new WholeJob(folder.resolve("sessions"), path);
                assertThat(whole.run(job, PathMapping.NONE)
                                .filter(failure -> !failure.reason().equals("exit code 127")))
                        .as(() -> cells[6] + "\n" + String.join("\n", whole.runner.printed))
                        .isEmpty();
            }
        }
    }

    /// `-p NAME=VALUE` of each template, with a folder and a file of our own.
    private Map<String, Map<String, String>> arguments() throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        var file = Files.writeString(folder.resolve("input.txt"), "input");
        var all = new HashMap<String, Map<String, String>>();
        for (var row : Files.readAllLines(corpus().resolve("templates/run-args.tsv"))) {
            var values = new HashMap<String, String>();
            var cells = row.split("\t", -1);
            for (var pair : cells[1].split("-p ")) {
                var parts = pair.strip().split("=", 2);
                if (parts.length == 2) {
                    values.put(
                            parts[0],
                            parts[1].replaceFirst("^D", data.toString()).replaceFirst("^F$", file.toString()));
                }
            }
            all.put(cells[0], values);
        }
        return all;
    }

    @Test
    void casesOfTheOfficialSuiteEndAsExpected() throws Exception {
        try (var files = Files.list(corpus().resolve("conformance-official/jobs"))) {
            var cases = files.filter(Files::isRegularFile).sorted().toList();
            for (var file : cases) {
                check(file);
            }
            CorpusTable.says("`conformance-official/jobs`, run", cases.size(), cases.size());
        }
    }

    private void check(Path file) throws Exception {
        var test = JSON.valueToTree(yaml(file));
        var whole = new WholeJob(folder.resolve("sessions"), path);
        if (file.toString().contains(".invalid.")) {
            assertThat(succeeds(test, whole)).as(file.toString()).isFalse();
            return;
        }
        assertThat(succeeds(test, whole)).as(file + " " + whole.runner.printed).isTrue();
        var expected = test.path("expected");
        assertThat(whole.runner.printed).as(file.toString()).containsAll(texts(expected.path("output")));
        assertThat(whole.runner.printed).as(file.toString()).doesNotContainAnyElementsOf(forbidden(expected));
    }

    private static List<String> forbidden(JsonNode expected) {
        var texts = new ArrayList<>(texts(expected.path("forbidden")));
        texts.add("never printed"); // AssertJ wants at least one.
        return texts;
    }

    private static List<String> texts(JsonNode list) {
        var all = new ArrayList<String>();
        list.forEach(text -> all.add(text.asString()));
        return all;
    }

    private boolean succeeds(JsonNode test, WholeJob whole) throws IOException, InterruptedException {
        var values = new LinkedHashMap<String, String>();
        test.path("parameters")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asString()));
        try {
            var template = TemplateReader.readJob(json("template.json", test.path("template")));
            var environments = new ArrayList<EnvironmentTemplate>();
            for (var environment : test.path("environments")) {
                environments.add(TemplateReader.readEnvironment(json("environment.json", environment)));
            }
            var job = Jobs.create(template, environments, values, folder);
            return whole.run(job, PathMapping.NONE).isEmpty();
        } catch (TemplateException e) {
            return false;
        }
    }

    private Path json(String name, JsonNode content) throws IOException {
        return Files.writeString(folder.resolve(name), content.toString());
    }

    private static Object yaml(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }
}
