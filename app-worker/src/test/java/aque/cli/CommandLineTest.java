package aque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
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

    private long rows() {
        return farm.count("task") + farm.count("job") + farm.count("req_class") + farm.count("change");
    }

    @Test
    void submitPrintsOnlyTheIdAndKeepsTheArgumentsExactly() {
        var ran = aque("submit", "--name", "x", "--priority", "7", "--", "printf", "%s", "a b", "--dep", "");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).matches("[0-9]+\n");
        var details =
                farm.farm.details(TaskId.parse(ran.out().strip()).orElseThrow()).orElseThrow();
        assertThat(details.command()).containsExactly("printf", "%s", "a b", "--dep", "");
        assertThat(details.task().priority()).isEqualTo(7);
    }

    @Test
    void aTemplateTakesItsOptionsBeforeAndBehindIt() throws IOException {
        var file = write("job.yaml", """
                specificationVersion: jobtemplate-2023-09
                name: "{{Param.A}}-{{Param.B}}"
                parameterDefinitions: [{name: A, type: STRING}, {name: B, type: STRING}]
                steps:
                - name: one
                  script: {actions: {onRun: {command: 'true'}}}
                """).toString();
        assertThat(aque("submit", "-p", "A=1", file, "-p", "B=2", "--priority", "7")
                        .code())
                .isZero();
        assertThat(farm.farm.jobs().getFirst().root().name()).isEqualTo("1-2");
        assertThat(aque("submit", "-p", "A=1", file).err()).contains("B");
        assertThat(aque("submit", file, file).code()).isEqualTo(2);
    }

    @Test
    void aBareCommandIsShortForSubmit() {
        assertThat(aque("echo", "hello").out()).matches("[0-9]+\n");
        assertThat(farm.farm.jobs().getFirst().root().name()).isEqualTo("echo hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stauts", "sumbit", "klil", "statu", "workre", "prioritty"})
    void aMistypedCommandIsNoTask(String word) {
        var before = rows();
        var ran = aque(word, "1");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("did you mean").hasLineCount(1);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void badInputIsOneLineWithFileAndLineAndWritesNothing() throws IOException {
        var head = "specificationVersion: jobtemplate-2023-09\nname: x\n";
        var step = "steps:\n- name: a\n  script: {actions: {onRun: {command: 'true'}}}\n";
        var cases = new java.util.LinkedHashMap<Path, String>();
        cases.put(write("broken.yaml", "specificationVersion: [x\nname: y\n"), "broken.yaml:");
        cases.put(write("unknown.yaml", head + "foo: 1\n" + step), "unknown.yaml:3:");
        cases.put(write("dep.yaml", head + step + "  dependencies: [{dependsOn: zz}]\n"), "dep.yaml:6:");
        cases.put(write("big.yaml", head + "#" + "x".repeat(11 << 20)), "big.yaml:");
        cases.put(write("bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\n" + bomb()), "bomb.yaml:");
        cases.put(write("picture.png", "no job"), "picture.png:");
        cases.put(Files.createDirectory(folder.resolve("empty")), "empty:");
        cases.put(folder.resolve("not-there.yaml"), "not-there.yaml:");
        var before = rows();
        cases.forEach((path, said) -> {
            for (var command : List.of("submit", "check")) {
                var ran = aque(command, path.toString());
                assertThat(ran.code()).as(command + " " + path).isEqualTo(2);
                assertThat(ran.err()).as(command + " " + path).contains(said);
                assertThat(ran.out()).isEmpty();
            }
        });
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void checkTellsWhatATemplateWouldBecomeWithoutBuildingIt() throws IOException {
        var head = "specificationVersion: jobtemplate-2023-09\nname: shot {{Param.Shot}}\n";
        var steps = """
            steps:
            - name: render
              parameterSpace:
                taskParameterDefinitions:
                - {name: Frame, type: INT, range: 1-1000000000}
                - {name: Eye, type: STRING, range: [left, right]}
              script: {actions: {onRun: {command: x}}}
            - name: movie
              dependencies: [{dependsOn: render}]
              script: {actions: {onRun: {command: x}}}
            """;
        var known = write(
                "known.yaml", head + "parameterDefinitions: [{name: Shot, type: STRING, default: '010'}]\n" + steps);
        var open = write("open.yaml", head + "parameterDefinitions: [{name: Shot, type: STRING}]\n" + steps);
        assertThat(aque("check", known.toString(), open.toString()).out()).isEqualTo("""
                        shot 010: 2 steps, 2000000001 tasks
                          render: 2000000000 tasks of Frame, Eye
                          movie: 1 task, after render
                        shot {{Param.Shot}}: 2 steps, once it has Shot
                        """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String bomb() {
        var out = new StringBuilder();
        for (var c = 'b'; c < 'j'; c++) {
            out.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [*")
                    .append((char) (c - 1))
                    .append((",*" + (char) (c - 1)).repeat(8))
                    .append("]\n");
        }
        return out.toString();
    }

    @Test
    void aBrokerThatRefusesAndOneThatNeverAnswersAreSaidSo() throws IOException {
        assertThat(Ran.at("postgresql://x@127.0.0.1:1/db", "status").code()).isEqualTo(69);
        try (var deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var ran = Ran.at("postgresql://x@127.0.0.1:" + deaf.getLocalPort() + "/db", "status");
            assertThat(ran.code()).isEqualTo(69);
            assertThat(ran.err()).hasLineCount(1);
        }
        assertThat(Ran.at("mysql://x", "status").code()).isEqualTo(2);
    }

    @Test
    void waitTellsSuccessFailureAndTimeout() {
        var id = farm.submit(TestFarm.command("a", -1));
        assertThat(aque("wait", "--timeout", "0.2s", id.toString()).code()).isEqualTo(124);
        farm.broker.cancel(List.of(id));
        assertThat(aque("wait", id.toString()).code()).isEqualTo(1);
        assertThat(aque("wait", "4711").code()).isEqualTo(2);
    }

    @Test
    void actionsSayWhatChangedAndOneWhenNothingCould() {
        var id = farm.submit(TestFarm.command("a", -1));
        assertThat(aque("hold", id.toString())).isEqualTo(new Ran(0, id + " held\n", ""));
        assertThat(aque("why", id.toString()).out()).contains("held");
        assertThat(aque("release", id.toString()).code()).isZero();
        assertThat(aque("priority", "5", id.toString()).out()).isEqualTo(id + " priority 5\n");
        assertThat(aque("kill", id.toString()).out()).isEqualTo(id + " cancelled\n");
        assertThat(aque("kill", id.toString()).code()).isEqualTo(1);
        assertThat(aque("retry", id.toString()).out()).isEqualTo(id + " retried\n");
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void statusAsJsonIsOneObjectALineWithTheStableNames() {
        var id = farm.submit(TestFarm.group("job", -1), TestFarm.command("a", 0), TestFarm.command("b", 0, 1));
        var lines = aque("status", "--json", id.toString()).out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).contains("\"id\":" + id, "\"state\":\"pending\"");
        for (var name : List.of(
                "id",
                "job",
                "parent",
                "name",
                "state",
                "reason",
                "exitCode",
                "signal",
                "attempt",
                "worker",
                "progress",
                "created",
                "started",
                "ended",
                "dependsOn")) {
            assertThat(lines).allMatch(l -> l.contains("\"" + name + "\":"));
        }
        assertThat(lines.get(2)).contains("\"dependsOn\":[" + farm.named(id, "a") + "]");
    }

    @Test
    void xargsCutsArgumentsAsXargsDoes() throws IOException {
        var file = write("args", "a 'b c' \"d\"\\ e\nf\n\ng \nh\n");
        var two = TaskId.parse(aque("xargs", "-a", file.toString(), "-n", "2", "--", "echo")
                        .out()
                        .strip())
                .orElseThrow();
        assertThat(commands(two))
                .containsExactly(List.of("echo", "a", "b c"), List.of("echo", "d e", "f"), List.of("echo", "g", "h"));
        var lines = TaskId.parse(aque("xargs", "-a", file.toString(), "-L", "1", "--", "echo")
                        .out()
                        .strip())
                .orElseThrow();
        assertThat(commands(lines))
                .containsExactly(List.of("echo", "a", "b c", "d e"), List.of("echo", "f"), List.of("echo", "g", "h"));
    }

    private List<List<String>> commands(TaskId job) {
        return farm.farm.tasksOfJob(job).stream()
                .filter(t -> !t.isJob())
                .map(t -> farm.farm.details(t.id()).orElseThrow().command())
                .toList();
    }

    @Test
    void whatAPersonDoesIsTakenBackNotedAndInTheHistory() {
        var job = farm.submit(TestFarm.group("job", -1), TestFarm.command("a", 0), TestFarm.command("b", 0, 1));
        var a = farm.named(job, "a").toString();
        var b = farm.named(job, "b").toString();
        assertThat(aque("kill", "--grace", "1h", "--why", "wrong camera", a).out())
                .isEqualTo(a + " stops in 3600 s\n");
        assertThat(aque("undo").out()).isEqualTo("undone: kill, 1 tasks as before\n");
        assertThat(aque("undo").code()).isEqualTo(1);
        assertThat(aque("drop", b).out()).isEqualTo(b + " waits no longer\n");
        assertThat(farm.state(farm.named(job, "b"))).isEqualTo(TaskState.PENDING);
        assertThat(aque("done", a, b).code()).isZero();
        assertThat(farm.state(job)).isEqualTo(TaskState.SUCCESS);
        assertThat(aque("done", a).code()).isEqualTo(1);
        assertThat(aque("note", a, "hair", "is", "wrong").out()).isEqualTo(a + " noted\n");
        assertThat(aque("note", a).code()).isEqualTo(2);
        var told = aque("history", a).out().lines().toList();
        assertThat(told).hasSize(5);
        assertThat(told.get(1)).contains("kill", "job ▸ a (1)", "from aque@", "because wrong camera");
        assertThat(told.getLast()).contains("note hair is wrong");
    }

    @Test
    void needsOfTheNextAttemptAreChanged() {
        var job = farm.submit(TestFarm.command("a", -1));
        assertThat(aque("needs", "--cpus", "2", "--memory", "3G", job.toString())
                        .out())
                .isEqualTo(job + " needs changed\n");
        assertThat(aque.farm.Why.describe(farm.farm.details(job).orElseThrow().needs()))
                .isEqualTo("2 cpu, 3072 MiB");
        assertThat(aque("needs", job.toString()).code()).isEqualTo(2);
    }

    @Test
    void framesWaitForFramesAndOneDependencyIsAddedAndDropped() {
        var up = aque("submit", "--range", "1-4", "--chunk", "2", "--key", "beauty", "--", "render", "{start}")
                .out()
                .strip();
        var down = aque("submit", "--range", "1-4", "--dep", "beauty", "--by-frame", "--", "comp", "{start}")
                .out()
                .strip();
        assertThat(farm.states(TaskId.parse(down).orElseThrow()))
                .isEqualTo("1=waiting 2=waiting 3=waiting 4=waiting comp {start}=waiting");
        var first = farm.named(TaskId.parse(down).orElseThrow(), "1").toString();
        var lone = aque("submit", "true").out().strip();
        assertThat(aque("dep", "add", first, lone).out()).isEqualTo(first + " waits\n");
        assertThat(aque("dep", first).out()).contains(lone + " pending true").contains(" pending 1,2");
        assertThat(aque("dep", "drop", first, lone).out()).isEqualTo(first + " waits no longer\n");
        assertThat(aque("dep", "add", lone, down).code()).isZero();
        assertThat(aque("dep", "add", up, lone)).extracting(Ran::code).isEqualTo(2);
        assertThat(aque("submit", "--frame-offset", "1", "--dep", up, "true").code())
                .isEqualTo(2);
    }

    @Test
    void aFileIsWaitedForByItsWholePath() {
        var id = aque("submit", "--cwd", "/plates", "--dep-file", "a.exr", "true")
                .out()
                .strip();
        assertThat(aque("status", "--json", id).out()).contains("\"state\":\"waiting\"");
        assertThat(aque("dep", id).out()).isEqualTo("/plates/a.exr\n");
        assertThat(aque("dep", "drop", id, "/plates/a.exr").code()).isZero();
        assertThat(aque("status", "--json", id).out()).contains("\"state\":\"pending\"");
        id = aque("submit", "--dep-file", "/a", "--dep-file", "/b", "true")
                .out()
                .strip();
        assertThat(aque("drop", id).out()).isEqualTo(id + " waits no longer\n");
        assertThat(aque("status", "--json", id).out()).contains("\"state\":\"pending\"");
    }

    @Test
    void labelsAreSetFoundAndTakenAway() {
        var id = aque("submit", "--label", "Show=boat", "--label", "due=friday", "true")
                .out()
                .strip();
        aque("submit", "true");
        assertThat(aque("status", "--json", "--label", "show=boat").out().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("\"labels\":{")
                .contains("\"show\":\"boat\"")
                .contains("\"predictedEnd\":null");
        assertThat(aque("label", id, "due=", "shot=010").code()).isZero();
        assertThat(aque("label", id).out()).isEqualTo("shot=010\nshow=boat\n");
    }

    @Test
    void aDryRunSaysWhomItWouldMeetAndChangesNothing() {
        var up = aque("submit", "true").out().strip();
        var down = aque("submit", "--dep", up, "true").out().strip();
        var me = System.getProperty("user.name");
        assertThat(aque("kill", "--dry-run", up).out())
                .isEqualTo("cancel 1 waiting (" + me + "); 1 after them would be blocked\n");
        assertThat(aque("cancel", "-r", "--dry-run", up).out()).isEqualTo("cancel 2 waiting (" + me + ")\n");
        assertThat(farm.state(TaskId.parse(up).orElseThrow())).isEqualTo(TaskState.PENDING);
        assertThat(aque("cancel", "-r", up).out()).contains(up + " cancelled").contains(down + " cancelled");
    }

    @Test
    void retryTakesAllThatComesAfterAlong() {
        var worker = farm.worker("node1");
        var up = aque("submit", "true").out().strip();
        var down = aque("submit", "--dep", up, "true").out().strip();
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        assertThat(aque("retry", "-r", "--dry-run", up).out()).contains("retry 1 after them");
        assertThat(aque("retry", "-r", up).out()).contains(up + " retried").contains(down + " retried");
        assertThat(farm.state(TaskId.parse(down).orElseThrow())).isEqualTo(TaskState.WAITING);
    }

    @Test
    void whatAWorkerRunsIsRequeuedByItsName() {
        var worker = farm.worker("node1");
        var id = aque("submit", "true").out().strip();
        farm.acquire(worker, 1);
        assertThat(aque("requeue", "node1").out()).isEqualTo(id + " requeued\n");
        assertThat(farm.state(TaskId.parse(id).orElseThrow())).isEqualTo(TaskState.STOPPING);
    }

    @Test
    void aUniqueKeyIsFreeAgainWhenItsJobHasEnded() {
        var first = aque("submit", "--unique", "nightly", "true").out();
        var second = aque("submit", "--unique", "nightly", "true");
        assertThat(second.code()).isEqualTo(3);
        assertThat(second.out()).isEqualTo(first);
        aque("cancel", first.strip());
        var third = aque("submit", "--unique", "nightly", "true");
        assertThat(third.code()).isZero();
        assertThat(third.out()).isNotEqualTo(first);
    }

    @Test
    void sharesAreSetShownAndTakenAway() {
        assertThat(aque("share", "comp", "--weight", "3", "--cpus", "2.5").code())
                .isZero();
        assertThat(aque("share", "comp", "--top-priority", "1500").code()).isZero();
        assertThat(aque("share").out()).isEqualTo("comp 3 0 2.5 1500\n");
        var granted = aque("submit", "--group", "comp", "--priority", "9000", "true");
        assertThat(granted.err()).contains("the priority 1500 is granted, not the 9000 asked for");
        assertThat(aque("share", "comp", "--off").code()).isZero();
        assertThat(aque("share").out()).isEmpty();
        assertThat(aque("share", "comp", "--weight", "0").code()).isEqualTo(2);
    }

    @Test
    void retentionIsSetShownAndCarriedOut() {
        var budgets = "log-budget none\njob-log-budget 21474836480\n";
        assertThat(aque("retention").out()).isEqualTo("logs ever\nusage ever\njobs ever\n" + budgets);
        assertThat(aque("retention", "logs=30d", "jobs=1h30m", "--export", "/tmp/x")
                        .out())
                .isEqualTo("logs 30d /tmp/x\nusage ever\njobs 5400s /tmp/x\n" + budgets);
        assertThat(aque("retention", "--log-budget", "500G", "--job-log-budget", "1G")
                        .out())
                .endsWith("log-budget 536870912000\njob-log-budget 1073741824\n");
        assertThat(aque("retention", "logs=ever", "jobs=ever").out()).startsWith("logs ever");
        assertThat(aque("retention", "--now").out()).isEqualTo("0\n");
        assertThat(aque("retention", "films=3d").code()).isEqualTo(Exit.WRONG);
        assertThat(aque("retention", "logs=0s").code()).isEqualTo(Exit.WRONG);
    }

    @Test
    void theDoctorLooksAtProcessesDisksAndTheBroker() {
        var ran = aque("doctor");
        assertThat(ran.out())
                .contains("ok     programs can be started and watched")
                .contains("answers in")
                .contains("the clocks agree within");
        assertThat(ran.code()).isEqualTo(ran.out().contains("\nwrong") ? Exit.FAILED : Exit.DONE);
    }

    @Test
    void theDoctorNamesABrokerThatIsNotThere() {
        var ran = Ran.at("postgresql://ann@127.0.0.1:1/farm", "doctor", "--json");
        assertThat(ran.code()).isEqualTo(Exit.FAILED);
        assertThat(ran.out()).contains("\"grade\":\"wrong\"").contains("is AQUE_BROKER right");
    }
}
