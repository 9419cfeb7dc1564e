package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.farm.Audit;
import aque.farm.Why;
import aque.openjd.Frames;
import aque.schedule.Needs;
import aque.submit.ByFrame;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.SubmitException;
import aque.submit.TaskFrames;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.Edge;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who waits for whom across jobs: frame by frame, added and dropped while they live, and for files.
final class DependenciesTest {
    private TestFarm farm;
    private WorkerSession worker;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
        worker = farm.worker("node1");
    }

    @AfterEach
    void close() {
        assertThat(Audit.faults(farm.database)).isEmpty();
        farm.close();
    }

    @Test
    void aTaskWaitsForExactlyTheTasksThatHoldItsFrames() {
        var up = farm.submit(frames("1-4", "5-8", "9-12"));
        var down = after(ByFrame.of(up, 0, 0), "1-3", "4-6", "7-12");
        assertThat(upstream(down)).containsExactly("1-3<1-4", "4-6<1-4,5-8", "7-12<5-8,9-12");
        succeed("1-4");
        assertThat(farm.states(down)).isEqualTo("1-3=pending 4-6=waiting 7-12=waiting job=pending");
        succeed("5-8");
        assertThat(farm.states(down)).isEqualTo("1-3=pending 4-6=pending 7-12=waiting job=pending");
        assertThat(new Why(farm.database)
                        .reasons(farm.farm.task(farm.named(down, "7-12")).orElseThrow()))
                .containsExactly("waits for 9-12 (" + farm.named(up, "9-12") + "), which is pending");
    }

    @Test
    void anOffsetAndAWindowReachForOtherFrames() {
        var up = farm.submit(frames("1", "2", "3", "4", "5"));
        assertThat(upstream(after(ByFrame.of(up, 1, 0), "1", "2"))).containsExactly("1<2", "2<3");
        assertThat(upstream(after(ByFrame.of(up, 0, 1), "1", "3"))).containsExactly("1<1,2", "3<2,3,4");
    }

    @Test
    void aFrameThatNobodyRendersIsNotWaitedForButAWhollyOtherRangeIsAMistake() {
        var up = farm.submit(frames("1-4", "5-8"));
        assertThat(upstream(after(ByFrame.of(up, 0, 0), "1-4", "20"))).containsExactly("1-4<1-4", "20<");
        assertThatThrownBy(() -> after(ByFrame.of(up, 0, 0), "101-104")).isInstanceOf(SubmitException.class);
    }

    @Test
    void aTaskWithoutFramesWaitsForAllOfThem() {
        var up = farm.submit(frames("1", "2"));
        var movie = new ArrayList<>(List.of(frames("1")));
        movie.add(TestFarm.command("movie", 0));
        var down = farm.broker
                .submit(TestFarm.job(movie.toArray(NewTask[]::new))
                        .withRules(JobRules.NONE.withByFrame(List.of(ByFrame.of(up, 0, 0)))))
                .id();
        succeed("1");
        assertThat(farm.states(down)).isEqualTo("1=pending movie=waiting job=pending");
        succeed("2");
        assertThat(farm.states(down)).isEqualTo("1=pending movie=pending job=pending");
    }

    @Test
    void aFailedFrameBlocksTheTasksThatNeedItAlone() {
        var up = farm.submit(frames("1", "2"));
        var down = after(ByFrame.of(up, 0, 0), "1", "2");
        var claims = farm.acquire(worker, 2);
        farm.fail(worker, claims.getFirst());
        assertThat(farm.states(down)).isEqualTo("1=error 2=waiting job=waiting");
        farm.broker.retry(List.of(farm.named(up, "1")));
        assertThat(farm.states(down)).isEqualTo("1=waiting 2=waiting job=waiting");
    }

    @Test
    void frameDependenciesAreAddedToAJobThatIsThere() {
        var up = farm.submit(frames("1-2", "3-4"));
        var down = farm.submit(frames("1", "2", "3", "4"));
        var running = farm.acquire(worker, 3).getLast();
        assertThat(running.job()).isEqualTo(down);
        var waits = farm.broker.addDependencies(ByFrame.of(up, 0, 0), List.of(down));
        assertThat(waits).hasSize(3).doesNotContain(running.task());
        assertThat(farm.states(down)).isEqualTo("1=running 2=waiting 3=waiting 4=waiting job=running");
    }

    @Test
    void aGroupWaitsAsAWholeForWhatIsAddedAndGoesOnWhenItIsDropped() {
        var up = farm.submit(TestFarm.command("sim", -1));
        var down = farm.submit(TestFarm.group("job", -1), TestFarm.command("a", 0), TestFarm.command("b", 0, 1));
        assertThat(farm.broker.addDependencies(List.of(new Edge(up, down)))).containsExactly(down);
        assertThat(farm.states(down)).isEqualTo("a=waiting b=waiting job=waiting");
        assertThat(farm.acquire(worker, 9)).extracting(Claim::task).containsExactly(up);
        assertThat(farm.broker.dropDependencies(List.of(down), List.of(up))).hasSize(2);
        assertThat(farm.states(down)).isEqualTo("a=pending b=waiting job=pending");
        assertThat(farm.state(up)).isEqualTo(TaskState.RUNNING);
        assertThat(farm.count("job_link")).isZero();
    }

    @Test
    void oneDependencyIsDroppedAndTheOthersStay() {
        var one = farm.submit(TestFarm.command("one", -1));
        var two = farm.submit(TestFarm.command("two", -1));
        var down = farm.broker
                .submit(TestFarm.job(TestFarm.command("down", -1)).withAfter(List.of(one, two)))
                .id();
        farm.broker.dropDependencies(List.of(down), List.of(one));
        assertThat(farm.farm.upstream(down)).containsExactly(two);
        assertThat(farm.farm.downstream(one, 9)).isEmpty();
        assertThat(farm.farm.downstream(two, 9)).containsExactly(down);
        assertThat(farm.state(down)).isEqualTo(TaskState.WAITING);
        assertThat(farm.state(one)).isEqualTo(TaskState.PENDING);
        farm.broker.dropDependencies(List.of(down), List.of(two));
        assertThat(farm.state(down)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void whatWouldWaitForItselfIsRefusedAndNothingChanges() {
        var up = farm.submit(TestFarm.command("up", -1));
        var down = farm.broker
                .submit(TestFarm.job(TestFarm.group("job", -1), TestFarm.command("down", 0))
                        .withAfter(List.of(up)))
                .id();
        assertThatThrownBy(() -> farm.broker.addDependencies(List.of(new Edge(down, up))))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("wait for themselves");
        assertThat(farm.state(up)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void framesOfOneStepMayWaitForTheFrameBefore() {
        var job = farm.submit(frames("1", "2", "3"));
        farm.broker.addDependencies(ByFrame.of(job, -1, 0), List.of(job));
        assertThat(farm.states(job)).isEqualTo("1=pending 2=waiting 3=waiting job=pending");
        assertThatThrownBy(() -> farm.broker.addDependencies(ByFrame.of(job, 1, 0), List.of(job)))
                .isInstanceOf(SubmitException.class);
    }

    @Test
    void waitingForSomethingThatHasFailedBlocksAtOnce() {
        var up = farm.submit(TestFarm.command("up", -1));
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        var down = farm.submit(TestFarm.command("down", -1));
        farm.broker.addDependencies(List.of(new Edge(up, down)));
        assertThat(farm.state(down)).isEqualTo(TaskState.ERROR);
        farm.broker.dropDependencies(List.of(down), List.of(up));
        assertThat(farm.state(down)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void aJobStartsWhenAWorkerHasSeenItsFileTwiceTheSame() {
        var file = Path.of("/plates/a.exr");
        var job = farm.broker
                .submit(TestFarm.job(TestFarm.command("comp", -1)).withRules(JobRules.NONE.withFiles(List.of(file))))
                .id();
        assertThat(farm.acquire(worker, 1)).isEmpty();
        assertThat(why(job)).containsExactly("waits for the file /plates/a.exr, which no worker has looked for yet");
        see(file, "");
        assertThat(why(job)).containsExactly("waits for the file /plates/a.exr, which is not there");
        see(file, "10 bytes");
        see(file, "20 bytes");
        assertThat(farm.state(job)).isEqualTo(TaskState.WAITING);
        see(file, "20 bytes");
        assertThat(farm.state(job)).isEqualTo(TaskState.PENDING);
        assertThat(farm.acquire(worker, 1)).hasSize(1);
    }

    @Test
    void oneWorkerLooksForAFileAtATimeAndOnlyOneThatCouldRunTheJob() {
        var job = farm.broker
                .submit(TestFarm.job(TestFarm.command("comp", -1))
                        .withRules(JobRules.NONE.withFiles(List.of(Path.of("/a")))))
                .id();
        var classes = farm.broker.classes(0).keySet();
        assertThat(farm.broker.filesToSee(List.of(999))).isEmpty();
        assertThat(farm.broker.filesToSee(classes)).containsExactly(Path.of("/a"));
        assertThat(farm.broker.filesToSee(classes)).isEmpty();
        assertThat(farm.broker.dropFile(Path.of("/a"), List.of(job))).containsExactly(job);
        assertThat(farm.state(job)).isEqualTo(TaskState.PENDING);
    }

    private void see(Path file, String look) {
        farm.sql(
                "UPDATE file_wait SET looked_at = looked_at - interval '1 minute', since = since - interval '1 minute'");
        assertThat(farm.broker.filesToSee(farm.broker.classes(0).keySet())).containsExactly(file);
        farm.broker.filesSeen(Map.of(file, look));
    }

    private List<String> why(TaskId task) {
        return new Why(farm.database).reasons(farm.farm.task(task).orElseThrow());
    }

    private TaskId after(ByFrame wait, String... chunks) {
        return farm.broker
                .submit(TestFarm.job(frames(chunks)).withRules(JobRules.NONE.withByFrame(List.of(wait))))
                .id();
    }

    /// `task<upstream,upstream` by their names, in order.
    private List<String> upstream(TaskId job) {
        return farm.farm.tasksOfJob(job).stream()
                .filter(t -> !t.isJob())
                .map(t -> t.name() + "<"
                        + farm.farm.tasks(farm.farm.upstream(t.id())).stream()
                                .map(u -> u.name())
                                .collect(Collectors.joining(",")))
                .toList();
    }

    private void succeed(String name) {
        for (var claim : farm.acquire(worker, 9)) {
            if (claim.name().equals(name)) {
                farm.succeed(worker, claim);
            } else {
                farm.broker.complete(worker, List.of(Outcome.givenBack(claim.task(), claim.attempt(), "not yet")));
            }
        }
    }

    private static NewTask[] frames(String... chunks) {
        var out = new ArrayList<>(List.of(TestFarm.group("job", -1)));
        for (var chunk : chunks) {
            var env = Map.of(TaskFrames.VARIABLE, Frames.parse(chunk).toString());
            out.add(new NewTask(
                    chunk,
                    new Work.Command(List.of("true")),
                    0,
                    List.of(),
                    Needs.ONE_CPU,
                    0,
                    TaskOptions.NONE.withEnv(env)));
        }
        return out.toArray(NewTask[]::new);
    }
}
