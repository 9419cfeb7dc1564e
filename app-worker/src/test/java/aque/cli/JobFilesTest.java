package aque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Outcome;
import aque.submit.Work;
import aque.testing.TestFarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What jobs read and leave, what is reported of them, and what `aque` says of itself.
final class JobFilesTest {
    private TestFarm farm;

    @TempDir
    private Path folder;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private Ran aque(String... words) {
        return Ran.on(farm, words);
    }

    private List<Path> hidden() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(".")).toList();
        }
    }

    @Test
    void theSceneOfAJobIsFrozenAndGoesWithIt() throws IOException {
        var scene = Files.writeString(folder.resolve("s.nk"), "Root {\n first_frame 1\n last_frame 3\n}\n");
        var job = aque("submit", "-p", "FramesPerTask=1", scene.toString()).id();
        assertThat(hidden()).hasSize(1);
        assertThat(farm.farm.tasksOfJob(job)).hasSize(5);
        assertThat(farm.broker.document(job).orElseThrow())
                .contains(hidden().getFirst().toString());
        assertThat(farm.farm.source(job).orElseThrow().path()).isEqualTo(scene.toString());

        farm.broker.cancel(List.of(job));
        assertThat(aque("rm", "" + job).code()).isZero();
        assertThat(hidden()).isEmpty();

        assertThat(aque("submit", "--no-freeze", scene.toString()).code()).isZero();
        assertThat(aque("submit", "-p", "Frames=x", scene.toString()).code()).isEqualTo(2);
        assertThat(hidden()).isEmpty();
        aque("submit", "--key", "k", scene.toString());
        assertThat(aque("submit", "--key", "k", scene.toString()).code()).isEqualTo(3);
        assertThat(hidden()).hasSize(1);
    }

    @Test
    void aTemplateTakesTheFileAndWhatTheCommandLineSaysGoesBeforeIt() throws IOException {
        var scene = Files.writeString(folder.resolve("odd.thing"), "");
        var job = aque("submit", "--template", "mantra", "--cpus", "3", "--timeout", "9s", scene.toString())
                .id();
        var claim = farm.acquire(farm.worker("w"), 9).getFirst();
        assertThat(claim.job()).isEqualTo(job);
        assertThat(claim.cpuMilli()).isEqualTo(3000);
        assertThat(claim.options().timeout()).isEqualTo(9);
        assertThat(claim.options().retries()).isEqualTo(1);
        assertThat(aque("submit", "--template", "mantra", "a", "b").code()).isEqualTo(2);
    }

    @Test
    void aSceneReservesTheMemoryThatItTookBefore() throws IOException {
        var scene = Files.writeString(folder.resolve("s.nk"), "Root {\n last_frame 1\n}\n");
        aque("submit", scene.toString());
        var worker = farm.worker("w");
        for (var claim : farm.acquire(worker, 9)) {
            assertThat(claim.memory()).isZero();
            farm.broker.complete(
                    worker,
                    List.of(new Outcome(
                            claim.task(),
                            claim.attempt(),
                            Outcome.End.SUCCESS,
                            "",
                            OptionalInt.of(0),
                            OptionalInt.empty(),
                            OptionalLong.of(1L << 30),
                            OptionalLong.empty())));
        }
        aque("submit", scene.toString());
        assertThat(farm.acquire(worker, 9))
                .singleElement()
                .satisfies(c -> assertThat(c.memory()).isEqualTo(1280L << 20));
    }

    @Test
    void aTemplateDroppedOnAJobJoinsIt() throws IOException {
        var job = farm.submit(TestFarm.group("all", -1), TestFarm.command("a", 0));
        var scene = Files.writeString(folder.resolve("s.nk"), "Root {\n last_frame 20\n}\n");
        var ran = aque("submit", "--parent", "" + job, scene.toString());
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(farm.farm.tasksOfJob(job).stream().map(t -> t.name())).contains("run Frame=11-20");
        assertThat(hidden()).isEmpty();
        assertThat(aque("submit", "--parent", "999", scene.toString()).code()).isEqualTo(2);
    }

    @Test
    void aJobOfAnotherFarmDroppedOnAJobKeepsItsOrder() throws IOException {
        var job = farm.submit(TestFarm.group("all", -1), TestFarm.command("a", 0));
        var cue = Files.writeString(folder.resolve("j.xml"), """
            <?xml version="1.0"?><spec><show>s</show><shot>t</shot><user>u</user><job name="j"><layers>
            <layer name="render" type="Render"><cmd>r #IFRAME#</cmd><range>1-2</range><chunk>1</chunk></layer>
            <layer name="comp" type="Render"><cmd>c #IFRAME#</cmd><range>1-2</range><chunk>1</chunk></layer>
            </layers></job><depends><depend type="FRAME_BY_FRAME"><depjob>j</depjob><deplayer>comp</deplayer>
            <onjob>j</onjob><onlayer>render</onlayer></depend></depends></spec>
            """);
        assertThat(aque("submit", "--parent", "" + job, cue.toString()).out().lines())
                .hasSize(4);
        assertThat(farm.farm.upstream(farm.named(job, "comp 2"))).containsExactly(farm.named(job, "render 2"));
        var list = Files.writeString(folder.resolve("l.txt"), "echo 1\necho 2\n");
        assertThat(aque("submit", "--parent", "" + job, list.toString()).out().lines())
                .hasSize(2);
        assertThat(farm.states(job)).endsWith("echo 1=pending echo 2=pending");
    }

    @Test
    void aTemplateOfManyTasksIsSentInPartsAndWhole() throws IOException {
        var template = Files.writeString(folder.resolve("many.yaml"), """
            specificationVersion: jobtemplate-2023-09
            name: many
            steps:
            - name: render
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 1-45000}]}
              script: {actions: {onRun: {command: x}}}
            """);
        var job = aque("submit", "--cpus", "2", template.toString()).id();
        assertThat(farm.count("task")).isEqualTo(45_002);
        var frames = farm.farm.tasksOfStep(job, 0).stream()
                .map(t -> t.parameters().toString())
                .toList();
        assertThat(frames)
                .doesNotHaveDuplicates()
                .hasSize(45_000)
                .startsWith("Frame=1")
                .endsWith("Frame=45000");
        assertThat(farm.acquire(farm.worker("w"), 1)).singleElement().satisfies(c -> {
            assertThat(c.cpuMilli()).isEqualTo(2000);
            assertThat(c.name()).startsWith("Frame=");
        });
    }

    @Test
    void whatIsMappedCanBeReduced() {
        var group = aque("map", "--", "sh", "-c", "echo $(($1 * $1))", "sh", ":::", "1", "2 ; 3")
                .id();
        assertThat(farm.states(group)).contains("2 ; 3=pending");
        var placed = aque("map", "echo", "<{}>", ":::", "a b").id();
        assertThat(farm.states(placed)).contains("echo <a b>=pending");
        var reduced = aque("reduce", "--initial", "0", "" + group, "" + placed, "--", "jq", "-s", "add")
                .id();
        assertThat(farm.farm.upstream(reduced)).containsExactly(group, placed);
        for (var wrong : List.of(
                List.of("reduce", "" + group),
                List.of("reduce", "--", "jq"),
                List.of("map", ":::", "a"),
                List.of("map", "echo", ":::"),
                List.of("reduce", "--stdin", "f", "" + group, "--", "jq"))) {
            assertThat(aque(wrong.toArray(String[]::new)).code())
                    .as(wrong.toString())
                    .isEqualTo(2);
        }
    }

    @Test
    void ofXargsOptionsTheLastCounts() throws IOException {
        var items = Files.writeString(folder.resolve("items"), "a b\nc d\n");
        record Case(List<String> options, int tasks) {}
        for (var each : List.of(
                new Case(List.of("-n", "1", "-L", "2"), 1),
                new Case(List.of("-L", "2", "-n", "1"), 4),
                new Case(List.of("-I", "{}", "-n", "1"), 2),
                new Case(List.of("-I", "{}", "-n", "3"), 2),
                new Case(List.of("-n", "3", "-I", "{}"), 2))) {
            var words = new ArrayList<>(List.of("xargs", "-a", items.toString()));
            words.addAll(each.options);
            words.addAll(List.of("--", "echo", "{}"));
            var group = aque(words.toArray(String[]::new)).id();
            assertThat(farm.farm.tasksOfJob(group)).as(each.toString()).hasSize(each.tasks + 1);
        }
    }

    @Test
    void commandsGoWhereTheyCameFromAndTellTheirPaths() throws IOException {
        var file = Files.writeString(folder.resolve("in"), "x");
        aque("submit", "--", "cp", file.toString(), "/nope/x").id();
        var claim = farm.acquire(farm.worker("w"), 9).getFirst();
        assertThat(claim.options().ioPaths()).containsExactlyInAnyOrder(file.toString(), "/");
        assertThat(claim.environment()).containsKey("PATH").doesNotContainKey("HOME");
        assertThat(farm.count("req_class")).isEqualTo(1);
        var windows = aque("submit", "--platform", "windows", "--", "x").id();
        assertThat(farm.acquire(farm.worker("v"), 9)).isEmpty();
        farm.broker.cancel(List.of(windows));
        aque("submit", "--platform", "any", "--", "x").id();
        assertThat(farm.acquire(farm.worker("v"), 9)).hasSize(1);
    }

    @Test
    void outputsAreCounted() throws IOException {
        var template = Files.writeString(folder.resolve("t.yaml"), """
            specificationVersion: jobtemplate-2023-09
            name: shot
            aque: {outputs: [{files: 'f.####.png', least: 3}]}
            steps:
            - name: render
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 1-4}]}
              script: {actions: {onRun: {command: x}}}
            """);
        var job =
                aque("submit", "--cwd", folder.toString(), template.toString()).id();
        Files.writeString(folder.resolve("f.0001.png"), "whole");
        Files.writeString(folder.resolve("f.0002.png"), "a");
        var old = Files.writeString(folder.resolve("f.0003.png"), "whole");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(aque("outputs", "" + job).out())
                .startsWith("render: expected 4, found 1, short 0, old 0, missing 0, late 3");
        var worker = farm.worker("w");
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        var ran = aque("outputs", "" + job);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out().lines())
                .containsExactly(
                        "render: expected 4, found 1, short 1, old 1, missing 1, late 0",
                        "  short  " + folder + "/f.0002.png",
                        "  old  " + folder + "/f.0003.png",
                        "  missing  " + folder + "/f.0004.png");
        assertThat(aque("outputs", "--json", "" + job).out()).contains("\"expected\":4");
    }

    @Test
    void outputsThatAnotherPlatformNamedAreLookedForWhereThisOneHasThem() throws IOException {
        aque("path", "shots", "--linux", folder.toString(), "--windows", "P:\\shots");
        var template = Files.writeString(folder.resolve("t.yaml"), """
            specificationVersion: jobtemplate-2023-09
            name: shot
            aque: {outputs: [{files: 'P:\\shots\\f.####.png'}]}
            steps:
            - name: render
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 1-2}]}
              script: {actions: {onRun: {command: x}}}
            """);
        var job = aque("submit", template.toString()).id();
        Files.writeString(folder.resolve("f.0002.png"), "whole");

        assertThat(aque("outputs", "" + job).out()).startsWith("render: expected 2, found 1, ");
    }

    @Test
    void shotsAreSummedUpByTheirSequence() throws IOException {
        var template = Files.writeString(folder.resolve("t.yaml"), """
            specificationVersion: jobtemplate-2023-09
            name: shot
            parameterDefinitions:
            - {name: Sequence, type: STRING}
            - {name: Shot, type: STRING}
            - {name: FPS, type: INT, default: 25}
            steps:
            - name: render
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 1001-1100}]}
              script: {actions: {onRun: {command: x}}}
            """);
        var jobs = new ArrayList<String>(List.of("report", "--json"));
        for (var shot : List.of("010", "020", "030")) {
            jobs.add(""
                    + aque("submit", "-p", "Sequence=sq1", "-p", "Shot=" + shot, template.toString())
                            .id());
        }
        var worker = farm.worker("w");
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        var out = aque(jobs.toArray(String[]::new)).out();
        assertThat(out.lines()).hasSize(7);
        assertThat(out.lines().reduce("", (a, b) -> b))
                .contains(
                        "\"kind\":\"sequence\"",
                        "\"frames\":300",
                        "\"framesDone\":4",
                        "\"timecodeIn\":\"00:00:40:01\"");
        assertThat(aque("report", jobs.getLast()).out()).contains("030 render", "00:00:40:01-00:00:44:00");
        assertThat(aque("report", "--fps", "23.976", jobs.getLast()).out()).contains("00:00:41:17-00:00:45:20");
        assertThat(aque("report", "--fps", "x", jobs.getLast()).code()).isEqualTo(2);
    }

    @Test
    void completionAndManualKnowEveryCommand() throws Exception {
        var bash = aque("completion", "bash").out();
        var man = aque("man").out();
        assertThat(Commands.all()).allSatisfy(c -> {
            assertThat(bash).contains(c.name());
            assertThat(man).contains(c.name());
        });
        assertThat(aque("man", "submit").out()).contains(".TH AQUE-SUBMIT", "\\-\\-no\\-freeze");
        assertThat(aque("completion", "fish").out()).contains("-n '__fish_seen_subcommand_from submit' -l no-freeze");
        assertThat(aque("completion", "tcsh").code()).isEqualTo(2);
        aque("man", "--to", folder.resolve("man1").toString());
        assertThat(folder.resolve("man1/aque-submit.1")).isNotEmptyFile();
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        var script = Files.writeString(folder.resolve("c.sh"), bash + """
            COMP_WORDS=(aque submit --no-f) COMP_CWORD=2; _aque; echo "${COMPREPLY[@]}"
            COMP_WORDS=(aque stat) COMP_CWORD=1; _aque; echo "${COMPREPLY[@]}"
            """);
        var process = new ProcessBuilder("/bin/bash", script.toString()).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("--no-freeze\nstatus stats\n");
    }

    @Test
    void theShellRunsCommandAfterCommand() {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(
                "submit -- echo 'a  b'\n\n# nothing\nno-such\naque status --json\nexit\nsubmit -- never\n"
                        .getBytes(StandardCharsets.UTF_8)));
        Ran ran;
        try {
            ran = aque("shell");
        } finally {
            System.setIn(before);
        }
        assertThat(ran.code()).isZero();
        assertThat(farm.count("job")).isEqualTo(2);
        var words = farm.acquire(farm.worker("w"), 9).stream()
                .map(c -> ((Work.Command) c.work()).argv())
                .toList();
        assertThat(words).containsExactlyInAnyOrder(List.of("echo", "a  b"), List.of("no-such"));
        assertThat(ran.out()).contains("\"state\":\"pending\"");
    }
}
