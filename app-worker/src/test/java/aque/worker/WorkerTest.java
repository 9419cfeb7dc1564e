package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.farm.Why;
import aque.log.Channel;
import aque.posix.Proc;
import aque.posix.ProcStat;
import aque.posix.ProcessId;
import aque.posix.Signal;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import aque.usage.UsageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class WorkerTest {
    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    @TempDir
    private Path folder;

    private static NewTask shell(String script, int parent, TaskOptions options) {
        return new NewTask(
                "sh", new Work.Command(List.of("sh", "-c", script)), parent, List.of(), Needs.ONE_CPU, 0, options);
    }

    private TaskId submit(String script) {
        return farm.submit(shell(script, -1, TaskOptions.NONE));
    }

    private static TaskOptions timeout(long seconds, int grace) {
        return TaskOptions.NONE.withGrace(Duration.ofSeconds(grace)).withTimeout(Duration.ofSeconds(seconds));
    }

    @Repeated
    void aTaskRunsWithItsEnvironmentAndItsBytesAndCodeAreKept() {
        var id = submit(
                "printf 'out\\000\\377'; echo err >&2; echo $AQUE_TID.$AQUE_JOB.$AQUE_ATTEMPT.$AQUE_WORKER.$A; cat; pwd; exit 3");
        var end = worker.ended(id);
        assertThat(end.state()).isEqualTo(TaskState.ERROR);
        assertThat(end.exitCode()).hasValue(3);
        assertThat(end.reason()).isEqualTo("exit");
        assertThat(end.worker()).isEqualTo("node1");
        assertThat(worker.text(id, Channel.STDERR)).isEqualTo("err\n");
        var out = worker.bytes(id, Channel.STDOUT);
        assertThat(out).startsWith('o', 'u', 't', 0, 0xff);
        assertThat(worker.text(id, Channel.STDOUT)).endsWith(id + "." + id + ".1.node1.1\n/tmp\n");
    }

    @Repeated
    void ofShortTasksNoMoreRunAtOnceThanThereIsRoomFor() {
        var script = "mkdir " + folder + "/$AQUE_TID; ls " + folder + " | wc -l; rmdir " + folder + "/$AQUE_TID";
        var tasks = new ArrayList<NewTask>(Collections.nCopies(60, shell(script, 0, TaskOptions.NONE)));
        tasks.addFirst(TestFarm.group("short", -1));
        var job = farm.submit(tasks.toArray(NewTask[]::new));
        assertThat(worker.ended(job).state()).isEqualTo(TaskState.SUCCESS);
        for (var task : farm.farm.tasksOfJob(job)) {
            if (!task.id().equals(job)) {
                assertThat(Integer.parseInt(
                                worker.text(task.id(), Channel.STDOUT).strip()))
                        .isBetween(1, 4);
            }
        }
    }

    @Test
    void aProgramThatIsNotThereIsANamedError() {
        var id = farm.submit(new NewTask(
                "x",
                new Work.Command(List.of("no-such-program-4711")),
                -1,
                List.of(),
                Needs.ONE_CPU,
                0,
                TaskOptions.NONE));
        assertThat(worker.ended(id).reason()).isEqualTo("no_program");
        assertThat(worker.text(id, Channel.LOG)).contains("no-such-program-4711");
    }

    @Test
    void aWordWithANulByteIsANamedError() {
        var id = farm.submit(new NewTask(
                "x", new Work.Command(List.of("echo", "a\0b")), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE));
        assertThat(worker.ended(id).reason()).isEqualTo("nul_byte");
    }

    @Test
    void aJobWhoseFolderNobodySeesWaitsForIt() {
        var task = shell("true", -1, TaskOptions.NONE);
        var id = farm.broker
                .submit(Submission.of("job", "ann", Path.of("/no/such/folder"), List.of(task)))
                .id();
        await("its wait")
                .atMost(Duration.ofSeconds(30))
                .until(() -> new Why(farm.database)
                        .reasons(farm.farm.task(id).orElseThrow())
                        .contains("no worker sees its folder /no/such/folder: waits until one does"));
        assertThat(worker.text(id, Channel.LOG)).contains("there is no folder /no/such/folder here");
    }

    @Test
    void aLineOfAHundredMillionBytesIsKeptExactly() {
        var id = submit("head -c 100000000 /dev/zero | tr '\\0' x; printf '\\377\\n'");
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
        var bytes = worker.bytes(id, Channel.STDOUT);
        assertThat(bytes).hasSize(100_000_002).endsWith('x', 0xff, '\n');
    }

    @Repeated
    void killedTaskLeavesNoChildProcess() {
        var mark = "98" + ProcessHandle.current().pid();
        var id = submit("sleep " + mark + " & setsid sleep " + mark + " & sleep " + mark);
        worker.running(id);
        await().atMost(Duration.ofSeconds(20)).until(() -> processes("sleep " + mark) == 3);
        farm.broker.kill(List.of(id));
        var end = worker.ended(id);
        assertThat(end.state()).isEqualTo(TaskState.KILLED);
        assertThat(end.signal()).hasValue(15);
        assertThat(processes("sleep " + mark)).isZero();
    }

    private static long processes(String commandLine) {
        return processes(commandLine::equals).size();
    }

    private static List<Path> processes(Predicate<String> commandLine) {
        try (var all = Files.list(Path.of("/proc"))) {
            return all.filter(p -> p.getFileName().toString().matches("[0-9]+"))
                    .filter(p -> commandLine.test(commandLine(p)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Repeated
    void aTaskThatAnOperatorSuspendsStandsStillUntilItIsResumed() {
        var id = submit("echo up; while :; do sleep 0.02; echo on; done");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> worker.text(id, Channel.STDOUT).contains("on\n"));
        assertThat(farm.broker.suspend(List.of(id))).containsExactly(id);
        await().atMost(Duration.ofSeconds(20)).until(() -> farm.state(id) == TaskState.SUSPENDED);
        farm.broker.resume(List.of(id));
        worker.running(id);
        var before = worker.bytes(id, Channel.STDOUT).length;
        await().atMost(Duration.ofSeconds(20)).until(() -> worker.bytes(id, Channel.STDOUT).length > before);
        farm.broker.kill(List.of(id));
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.KILLED);
    }

    /// A folder on a server that is dead holds up a start for hours; here a keeper that stands still does.
    @Test
    void aStartThatHangsHoldsUpNoBeatAndIsStoppedOnceItIsThrough() {
        var keeper = keeper();
        keeper.forEach(p -> Signal.send(p, Signal.STOP));
        try {
            var id = submit("sleep 999");
            worker.running(id);
            var killed = Instant.now();
            farm.broker.kill(List.of(id));
            await("a beat after the one that brought the kill")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Instant.now()
                            .minus(farm.farm.workers().getFirst().silent())
                            .isAfter(killed.plusSeconds(1)));
            assertThat(farm.state(id)).isEqualTo(TaskState.STOPPING);
            keeper.forEach(p -> Signal.send(p, Signal.CONT));
            assertThat(worker.ended(id).state()).isEqualTo(TaskState.KILLED);
        } finally {
            keeper.forEach(p -> Signal.send(p, Signal.CONT));
        }
    }

    @Repeated
    void aSignalThatComesWhileATaskIsBeingStartedReachesItOnceItIsThere() {
        var mark = "97" + ProcessHandle.current().pid();
        var keeper = keeper();
        keeper.forEach(p -> Signal.send(p, Signal.STOP));
        try {
            var id = submit("sleep " + mark);
            worker.running(id);
            farm.broker.suspend(List.of(id));
            await().atMost(Duration.ofSeconds(20)).until(() -> farm.state(id) == TaskState.SUSPENDED);
            keeper.forEach(p -> Signal.send(p, Signal.CONT));
            await("it stands still").atMost(Duration.ofSeconds(20)).until(() -> {
                var process = processes(line -> line.endsWith("sleep " + mark));
                return !process.isEmpty()
                        && Files.readString(process.getFirst().resolve("status"))
                                .contains("State:\tT");
            });
            farm.broker.kill(List.of(id));
            assertThat(worker.ended(id).state()).isEqualTo(TaskState.KILLED);
        } finally {
            keeper.forEach(p -> Signal.send(p, Signal.CONT));
        }
    }

    private static List<ProcessId> keeper() {
        return ProcessHandle.current()
                .children()
                .filter(p -> p.info().commandLine().orElse("").contains("aque.keeper.KeeperMain"))
                .flatMap(p -> Proc.of(p.pid()).stream())
                .map(ProcStat::id)
                .toList();
    }

    @Test
    void aTaskOverItsTimeLimitIsStoppedAndSaysSo() {
        var id = farm.submit(shell("trap '' TERM; while :; do sleep 0.1; done", -1, timeout(1, 1)));
        var end = worker.ended(id);
        assertThat(end.state()).isEqualTo(TaskState.ERROR);
        assertThat(end.reason()).isEqualTo("timeout");
        assertThat(end.signal()).hasValue(9);
    }

    @Test
    void aRequeuedTaskRunsAgainAsTheSameTask() throws IOException {
        var once = folder.resolve("once");
        var id = submit("if [ -e " + once + " ]; then exit 0; fi; touch " + once + "; sleep 999");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(once));
        farm.broker.requeue(List.of(id));
        assertThat(worker.ended(id).attempt()).isEqualTo(2);
        assertThat(farm.state(id)).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void progressAndStatusAreShownAndStayAfterAFailure() {
        var id = submit("echo 'openjd_progress: 42'; echo 'openjd_status: half way'; sleep 2; exit 1");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> farm.farm.task(id).orElseThrow().progress() == 42);
        var end = worker.ended(id);
        assertThat(end.progress()).isEqualTo(42);
        assertThat(end.status()).isEqualTo("half way");
    }

    @Test
    void usageIsKept() {
        var id = submit("i=0; end=$(($(date +%s) + 5)); while [ $(date +%s) -lt $end ]; do i=$((i+1)); done");
        worker.ended(id);
        var samples = new UsageStore(farm.database).read(id, 1, Instant.EPOCH);
        assertThat(samples).isNotEmpty();
        assertThat(samples).anyMatch(s -> s.cpuMilli() > 50 && s.memory() > 100_000 && s.processes() >= 1);
        assertThat(farm.farm
                        .details(id)
                        .orElseThrow()
                        .attempts()
                        .getFirst()
                        .cpuMillis()
                        .orElse(0))
                .isPositive();
    }

    @Repeated
    void threeWorkersRunEachTaskOnce() throws Exception {
        var ledger = folder.resolve("ledger");
        var tasks = new ArrayList<NewTask>();
        tasks.add(TestFarm.group("all", -1));
        for (var i = 0; i < 60; i++) {
            tasks.add(shell("echo $AQUE_TID >> " + ledger, 0, TaskOptions.NONE));
        }
        try (var two = new RunningWorker(farm, "node2", 2, WorkerOptions.Mode.FOREVER);
                var three = new RunningWorker(farm, "node3", 2, WorkerOptions.Mode.TO_END)) {
            var id = farm.submit(tasks.toArray(NewTask[]::new));
            assertThat(two.ended(id).state()).isEqualTo(TaskState.SUCCESS);
            three.join();
        }
        assertThat(Files.readAllLines(ledger)).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void aDrainingWorkerEndsWhatItRunsAndTakesNoMore() throws Exception {
        var id = submit("sleep 1");
        worker.running(id);
        worker.worker.drain();
        var later = submit("true");
        worker.join();
        assertThat(worker.works()).isFalse();
        assertThat(farm.state(id)).isEqualTo(TaskState.SUCCESS);
        assertThat(farm.state(later)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void aReleasedWorkerGivesItsTasksBackWithoutSpendingARetry() throws Exception {
        var id = submit("sleep 999");
        worker.running(id);
        worker.worker.release();
        worker.join();
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        assertThat(farm.farm.details(id).orElseThrow().attempts().getFirst().end())
                .isEqualTo("requeued");
    }

    @Test
    void aWorkerThatWasGivenUpEndsItsTasksAndStartsAfresh() {
        var id = submit("sleep 999");
        worker.running(id);
        farm.sql("DO $$ BEGIN UPDATE worker SET last_seen = last_seen - interval '1 hour';"
                + " PERFORM reap(interval '1 second'); END $$");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> farm.farm.task(id).orElseThrow().attempt() == 2 && farm.state(id) == TaskState.RUNNING);
        farm.broker.kill(List.of(id));
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.KILLED);
    }

    private TaskId openJd(String template, Map<String, String> values) throws IOException {
        var file =
                Files.writeString(folder.resolve("job.yaml"), "specificationVersion: jobtemplate-2023-09\n" + template);
        var submission = Offers.of(file).submission(Offer.Values.of(values, folder, "ann"));
        return farm.broker.submit(submission).id();
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        new java.util.Random(length).nextBytes(bytes);
        return bytes;
    }

    @Repeated
    void aTaskReadsItsValueItsFileOrAnotherTasksOutput() throws IOException {
        var bytes = random(300_000);
        var value = farm.submit(shell("cat", -1, TaskOptions.NONE.withStdinBytes(bytes)));
        var file = Files.write(folder.resolve("input"), bytes);
        var fromFile = farm.submit(shell("cat", -1, TaskOptions.NONE.withStdinFile(file.toString())));
        worker.ended(value);
        var piped = farm.submit(shell("cat", -1, TaskOptions.NONE.withPipeFrom(value.value())));
        assertThat(worker.ended(piped).state()).isEqualTo(TaskState.SUCCESS);
        assertThat(worker.ended(fromFile).state()).isEqualTo(TaskState.SUCCESS);
        for (var id : List.of(value, fromFile, piped)) {
            assertThat(worker.bytes(id, Channel.STDOUT)).isEqualTo(bytes);
        }
    }

    @Test
    void aTaskWithoutItsInputSaysSo() {
        var id = farm.submit(shell("cat", -1, TaskOptions.NONE.withStdinFile("/no/such/file")));
        assertThat(worker.ended(id).reason()).isEqualTo("no_stdin");
        assertThat(worker.text(id, Channel.LOG)).contains("/no/such/file");
    }

    @Repeated
    void outputGoesToItsFilesAndToTheLog() throws IOException {
        Files.write(folder.resolve("in"), random(2_000_000));
        var options = TaskOptions.NONE
                .withStdout(folder.resolve("out").toString())
                .withStderr(folder.resolve("err").toString());
        var id = farm.submit(shell("cat " + folder.resolve("in") + "; echo no >&2", -1, options));
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
        assertThat(folder.resolve("out")).hasSameBinaryContentAs(folder.resolve("in"));
        assertThat(folder.resolve("err")).hasContent("no\n");
        assertThat(worker.bytes(id, Channel.STDOUT)).isEqualTo(random(2_000_000));
        assertThat(worker.text(id, Channel.STDERR)).isEqualTo("no\n");
    }

    @Test
    void aFullDiskUnderTheOutputFileFailsTheTask() {
        var id = farm.submit(shell("echo much", -1, TaskOptions.NONE.withStdout("/dev/full")));
        assertThat(worker.ended(id).reason()).isEqualTo("output_file");
        assertThat(worker.text(id, Channel.LOG)).contains("/dev/full");
        assertThat(worker.text(id, Channel.STDOUT)).isEqualTo("much\n");
    }

    @Test
    void aToolThatExitsWithZeroFailsByItsErrorLine() {
        var id = submit(
                "echo 'Blender 3.4.1'; echo 'Fra:1 Mem:1M | Scene | Sample 8/16'; echo 'Error: Python: Traceback (x):'; exit 0");
        var end = worker.ended(id);
        assertThat(end.state()).isEqualTo(TaskState.ERROR);
        assertThat(end.reason()).isEqualTo("error_line");
        assertThat(end.exitCode()).hasValue(0);
        assertThat(end.status()).isEqualTo("Error: Python: Traceback (x):");
        assertThat(end.progress()).isEqualTo(50);
    }

    private static final String COUNTED = """
            name: Counted
            parameterDefinitions:
            - {name: Folder, type: STRING, default: x}
            jobEnvironments:
            - name: Counting
              script:
                actions:
                  onEnter: {command: sh, args: ['-c', 'echo enter >> {{Param.Folder}}/ledger']}
                  onExit: {command: sh, args: ['-c', 'echo exit >> {{Param.Folder}}/ledger']}
            steps:
            - name: Many
              parameterSpace:
                taskParameterDefinitions:
                - {name: N, type: INT, range: 1-5}
              hostRequirements: {amounts: [{name: amount.worker.vcpu, min: 4}]}
              script:
                actions:
                  onRun: {command: sh, args: ['-c', 'echo {{Task.Param.N}} >> {{Param.Folder}}/ledger; CODE']}
            """;

    @Repeated
    void theTasksOfAStepShareOneSession() throws IOException {
        var id = openJd(COUNTED.replace("CODE", "exit 0"), Map.of("Folder", folder.toString()));
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
        assertThat(Files.readAllLines(folder.resolve("ledger")))
                .containsExactly("enter", "1", "2", "3", "4", "5", "exit");
    }

    @Repeated
    void aFailureEndsTheSessionAndTheNextTaskHasItsOwn() throws IOException {
        var id = openJd(COUNTED.replace("CODE", "test {{Task.Param.N}} != 2"), Map.of("Folder", folder.toString()));
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.ERROR);
        assertThat(Files.readAllLines(folder.resolve("ledger")))
                .containsExactly("enter", "1", "2", "exit", "enter", "3", "4", "5", "exit");
    }

    @Repeated
    void aRedactedValueShowsNowhereInTheLog() throws IOException {
        var id = openJd("""
                name: Secret
                extensions: [REDACTED_ENV_VARS]
                jobEnvironments:
                - name: Login
                  script:
                    actions:
                      onEnter: {command: sh, args: ['-c', 'echo "openjd_redacted_env: TOKEN=swordfish"']}
                steps:
                - name: Use
                  script:
                    actions:
                      onRun: {command: sh, args: ['-c', 'printf "it is sword"; sleep 0.2; echo "fish, $TOKEN"; echo "openjd_status: $TOKEN"; printf %s "$TOKEN" >&2']}
                """, Map.of());
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
        var use = farm.named(id, "Use");
        assertThat(worker.text(use, Channel.STDOUT))
                .isEqualTo("openjd_redacted_env: TOKEN=********\nit is ********, ********\nopenjd_status: ********\n");
        assertThat(worker.text(use, Channel.STDERR)).isEqualTo("********");
        assertThat(worker.text(use, Channel.STATUS)).isEqualTo("********\n");
    }

    @Test
    void anOpenJdJobRunsItsStepsInOrderInsideItsEnvironments() throws IOException {
        var template = Files.writeString(folder.resolve("job.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: Two steps
                parameterDefinitions:
                - {name: Word, type: STRING, default: hello}
                jobEnvironments:
                - name: Outer
                  variables: {OUTER: 'yes'}
                  script:
                    actions:
                      onEnter: {command: sh, args: ['-c', 'echo enter; echo "openjd_env: INNER=set"']}
                      onExit: {command: sh, args: ['-c', 'echo exit']}
                steps:
                - name: Second
                  dependencies: [{dependsOn: First}]
                  script:
                    actions:
                      onRun: {command: sh, args: ['-c', 'echo second']}
                - name: First
                  parameterSpace:
                    taskParameterDefinitions:
                    - {name: N, type: INT, range: 1-3}
                  script:
                    actions:
                      onRun: {command: sh, args: ['{{Task.File.Run}}']}
                    embeddedFiles:
                    - {name: Run, type: TEXT, data: 'echo {{Param.Word}} {{Task.Param.N}} $OUTER $INNER'}
                """);
        var submission = Offers.of(template).submission(Offer.Values.of(Map.of("Word", "ahoy"), folder, "ann"));
        var id = farm.broker.submit(submission).id();
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
        var second = farm.named(id, "Second");
        assertThat(worker.text(farm.named(id, "N=2"), Channel.STDOUT)).contains("ahoy 2 yes set\n");
        assertThat(worker.text(second, Channel.STDOUT)).contains("second");
        var first = farm.farm.task(farm.named(id, "First")).orElseThrow();
        assertThat(farm.farm.task(second).orElseThrow().started().orElseThrow())
                .isAfterOrEqualTo(first.ended().orElseThrow());
    }
}
