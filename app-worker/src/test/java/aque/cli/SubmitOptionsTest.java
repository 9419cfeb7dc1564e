package aque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.broker.Outcome;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What submit, retry, wait and rm take, seen in what a worker would be given.
final class SubmitOptionsTest {
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

    private Map<TaskId, Claim> claims() {
        return farm.acquire(farm.worker("w"), 100).stream().collect(Collectors.toMap(Claim::task, Function.identity()));
    }

    @Test
    void streamsAreTakenAsTheyAreAndPipedBytesExactly() {
        var piped = new byte[] {0, 'a', (byte) 0xff, '\n'};
        var before = System.in;
        System.setIn(new ByteArrayInputStream(piped));
        TaskId bytes;
        try {
            bytes = aque("submit", "--stdin", "-", "--", "cat").id();
        } finally {
            System.setIn(before);
        }
        var file = aque("submit", "--stdin", "in.txt", "--stdout", "o", "--stderr", "e", "--", "cat")
                .id();
        var claims = claims();
        assertThat(Objects.requireNonNull(claims.get(bytes))
                        .options()
                        .stdinBytes()
                        .orElseThrow())
                .isEqualTo(piped);
        var options = Objects.requireNonNull(claims.get(file)).options();
        assertThat(List.of(options.stdin(), options.stdout(), options.stderr())).containsExactly("in.txt", "o", "e");
        assertThat(aque("submit", "--stdin", "x", "--pipe-from", "" + file, "--", "cat")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aPipeWaitsForWhatItReads() {
        var first = aque("echo", "hello").id();
        var second = aque("--pipe-from", "" + first, "md5sum").id();
        assertThat(farm.state(second)).isEqualTo(TaskState.WAITING);
        var worker = farm.worker("w");
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        var claim = farm.acquire(worker, 9).getFirst();
        assertThat(claim.task()).isEqualTo(second);
        assertThat(claim.options().pipeFrom()).isEqualTo(first.value());
    }

    @Test
    void resultsAreTheTasksOutputAndItsExitCode() {
        var id = aque("echo", "hello").id();
        var worker = farm.worker("w");
        var claim = farm.acquire(worker, 1).getFirst();
        var now = Instant.now();
        new LogStore(farm.database)
                .append(List.of(
                        new LogChunk(id, 1, Channel.STDOUT, 0, now, "hello\n".getBytes(StandardCharsets.UTF_8)),
                        new LogChunk(id, 1, Channel.STDERR, 0, now, "oh\n".getBytes(StandardCharsets.UTF_8))));
        farm.broker.complete(
                worker,
                List.of(new Outcome(
                        claim.task(),
                        claim.attempt(),
                        Outcome.End.ERROR,
                        "exit",
                        OptionalInt.of(3),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty())));
        assertThat(aque("--wait", "--results", "" + id)).isEqualTo(new Ran(3, "hello\n", "oh\n"));
        assertThat(aque("wait", "--results", "" + id).code()).isEqualTo(3);
        assertThat(aque("wait", "" + id).code()).isEqualTo(1);
    }

    @Test
    void aRangeIsATaskForEachChunk() {
        var job = aque(
                        "submit",
                        "--range",
                        "1-10x2,21",
                        "--chunk",
                        "2",
                        "--",
                        "r",
                        "{start}-{end}",
                        "f.####.exr",
                        "{frames}")
                .id();
        var words = farm.acquire(farm.worker("w"), 9).stream()
                .map(c -> String.join(" ", ((Work.Command) c.work()).argv()))
                .toList();
        assertThat(words)
                .containsExactlyInAnyOrder("r 1-3 f.0001.exr 1,3", "r 5-7 f.0005.exr 5,7", "r 9-21 f.0009.exr 9,21");
        assertThat(farm.farm.tasksOfJob(job)).hasSize(4);
        assertThat(aque("submit", "--range", "1-x", "--", "r").code()).isEqualTo(2);
    }

    @Test
    void aSecondSubmissionWithTheKeyMakesNothingAndGroupsKeepKeysApart() {
        var first = aque("submit", "--key", "shot-7", "--", "true");
        assertThat(aque("submit", "--key", "shot-7", "--", "true").code()).isEqualTo(3);
        assertThat(aque("submit", "--key", "shot-7", "--", "true").id()).isEqualTo(first.id());
        assertThat(aque("submit", "--group", "lighting", "--key", "shot-7", "--", "true")
                        .code())
                .isZero();
        assertThat(farm.count("job")).isEqualTo(2);
    }

    @Test
    void aTaskJoinsAGroupWhateverHasBecomeOfIt() {
        var job = farm.submit(TestFarm.group("all", -1), TestFarm.command("a", 0));
        var worker = farm.worker("w");
        assertThat(aque("submit", "--parent", "" + job, "--name", "b", "--", "true")
                        .code())
                .isZero();
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        assertThat(farm.state(job)).isEqualTo(TaskState.SUCCESS);

        var late = aque("submit", "--parent", "" + job, "--name", "c", "--env", "K=v", "--", "false")
                .id();
        assertThat(farm.state(job)).isEqualTo(TaskState.PENDING);
        var claim = farm.acquire(worker, 9).getFirst();
        assertThat(claim.task()).isEqualTo(late);
        assertThat(claim.environment()).containsEntry("K", "v");
        farm.fail(worker, claim);
        assertThat(farm.state(job)).isEqualTo(TaskState.ERROR);
        farm.broker.retry(List.of(late));
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        assertThat(farm.states(job)).isEqualTo("a=success all=success b=success c=success");
        assertThat(farm.farm.jobs().getFirst().total()).isEqualTo(3);
        assertThat(aque("submit", "--parent", "" + late, "--", "true").code()).isEqualTo(2);
    }

    @Test
    void framesOfAChunkAreRetriedAsANewTaskOfTheStep() throws IOException {
        var file = Files.writeString(folder.resolve("t.yaml"), """
            specificationVersion: jobtemplate-2023-09
            extensions: [TASK_CHUNKING]
            name: shot
            steps:
            - name: beauty
              parameterSpace:
                taskParameterDefinitions:
                - name: Frame
                  type: CHUNK[INT]
                  range: 1001-1030
                  chunks: {defaultTaskCount: 10, rangeConstraint: CONTIGUOUS}
              script: {actions: {onRun: {command: render, args: ["{{Task.Param.Frame}}"]}}}
            - name: after
              dependencies: [{dependsOn: beauty}]
              script: {actions: {onRun: {command: done}}}
            """);
        var job = aque("submit", file.toString()).id();
        var worker = farm.worker("w");
        for (var i = 0; i < 2; i++) {
            farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        }
        assertThat(farm.state(job)).isEqualTo(TaskState.SUCCESS);

        var ran = aque("retry", job + "/beauty:1013,1020-1025");
        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines()).hasSize(3);
        assertThat(farm.acquire(worker, 9).stream()
                        .map(c -> ((Work.OpenJd) c.work()).parameters())
                        .toList())
                .hasSize(3)
                .anyMatch(p -> p.contains("\"1013\""))
                .anyMatch(p -> p.contains("\"1020\""))
                .anyMatch(p -> p.contains("\"1021-1025\""));
        assertThat(farm.state(job)).isEqualTo(TaskState.RUNNING);
        assertThat(aque("retry", job + "/beauty:1001-1010").out()).endsWith(" retried\n");
        assertThat(aque("retry", job + "/nothing:1").code()).isEqualTo(2);
        assertThat(aque("retry", job + "/beauty:7").code()).isEqualTo(1);
        assertThat(aque("report", "--json", "" + job).out().lines().findFirst().orElse(""))
                .contains("\"tasks\":6", "\"frames\":30");
    }

    @Test
    void framesOfACommandAreRetriedByTheirChunk() {
        var job = aque("submit", "--range", "1-9", "--chunk", "3", "--", "render", "{start}", "{end}")
                .id();
        var worker = farm.worker("w");
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));

        var ran = aque("retry", job + ":5,7-9,20");
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(ran.err()).contains("runs all of its frames again: 4-6", "no task of this step has the frames 20");
        assertThat(farm.acquire(worker, 9).stream().map(c -> ((Work.Command) c.work()).argv()))
                .containsExactlyInAnyOrder(List.of("render", "4", "6"), List.of("render", "7", "9"));
    }

    @Test
    void jobsAreRemovedByHowTheyEnded() {
        var worker = farm.worker("w");
        var good = aque("true").id();
        farm.acquire(worker, 1).forEach(c -> farm.succeed(worker, c));
        var bad = aque("false").id();
        farm.acquire(worker, 1).forEach(c -> farm.fail(worker, c));
        var waiting = aque("sleep", "1").id();
        assertThat(aque("rm", "-s", "" + bad).out()).isEmpty(); // no more than was named
        assertThat(aque("rm", "-s").out()).isEqualTo(good + " removed\n");
        assertThat(aque("rm", "-s").code()).isEqualTo(1);
        assertThat(farm.farm.task(bad)).isPresent();
        assertThat(aque("rm", "-a").out().lines()).containsExactlyInAnyOrder(bad + " removed", waiting + " removed");
        assertThat(aque("rm").code()).isEqualTo(2);
    }
}
