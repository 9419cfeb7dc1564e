package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Why;
import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds tasks back though a machine has room for them: limits of the farm and of a job, times, failures.
final class LimitsTest {
    private TestFarm farm;
    private WorkerSession worker;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
        worker = farm.worker("node1");
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aLicenceCountsTheTasksOfTheWholeFarm() {
        farm.broker.limit("nuke", 3, false);
        farm.submit(licensed(4, 1));
        var other = farm.submit(licensed(2, 1));
        var first = farm.acquire(worker, 9);
        assertThat(first).hasSize(3);
        assertThat(farm.acquire(farm.worker("node2"), 9)).isEmpty();
        assertThat(why(other)).contains("the limit nuke: 3 of 3 are in use");
        farm.succeed(worker, first.getFirst());
        assertThat(farm.acquire(worker, 9)).hasSize(1);
    }

    @Test
    void aTaskMayTakeSeveralOfALimit() {
        farm.broker.limit("nuke", 5, false);
        farm.submit(licensed(4, 2));
        assertThat(farm.acquire(worker, 9)).hasSize(2);
    }

    @Test
    void aLicencePerHostIsSharedByTheTasksOfAHost() {
        farm.broker.limit("nuke", 1, true);
        farm.submit(licensed(4, 1));
        assertThat(farm.acquire(worker, 2)).hasSize(2);
        assertThat(farm.acquire(farm.worker("node2"), 1)).isEmpty();
        assertThat(farm.acquire(worker, 1)).hasSize(1);
    }

    @Test
    void aLimitThatTheFarmDoesNotHaveLetsNothingStart() {
        var job = farm.submit(licensed(1, 1));
        assertThat(farm.acquire(worker, 1)).isEmpty();
        assertThat(why(job))
                .contains("needs the limit nuke, which this farm does not have: `aque limit nuke N` sets it");
    }

    @Test
    void whatTakesNoLimitGoesPastWhatWaitsForOne() {
        farm.submit(licensed(1, 1));
        farm.submit(TestFarm.command("free", -1));
        assertThat(farm.acquire(worker, 9).stream().map(Claim::name)).containsExactly("free");
    }

    @Test
    void aJobRunsAsManyAtOnceAsItSays() {
        var job = farm.broker
                .submit(TestFarm.job(plain(5)).withRules(JobRules.NONE.withMaxParallel(2)))
                .id();
        var first = farm.acquire(worker, 9);
        assertThat(first).hasSize(2);
        assertThat(farm.acquire(farm.worker("node2"), 9)).isEmpty();
        assertThat(why(farm.named(job, "t5")))
                .anyMatch(r -> r.endsWith("2 tasks of this job run, which is all that it may have at once"));
        first.forEach(c -> farm.succeed(worker, c));
        assertThat(farm.acquire(worker, 9)).hasSize(2);
    }

    @Test
    void nothingStartsBeforeItsTime() {
        var job = farm.broker
                .submit(TestFarm.job(plain(2))
                        .withRules(JobRules.NONE.withNotBefore(Instant.now().plus(Duration.ofHours(1)))))
                .id();
        assertThat(farm.acquire(worker, 9)).isEmpty();
        assertThat(why(job)).anyMatch(r -> r.contains("starts after "));
        farm.sql("UPDATE lane SET not_before = now() - interval '1 s'");
        assertThat(farm.acquire(worker, 9)).hasSize(2);
    }

    @Test
    void aFailedTaskRestsTwiceAsLongEachTime() {
        var job = farm.submit(TestFarm.command("flaky", -1)
                .withOptions(TaskOptions.NONE.withRetries(3).withRetryDelay(Duration.ofMinutes(10))));
        for (var minutes : List.of(10, 20, 40)) {
            farm.fail(worker, farm.acquire(worker, 1).getFirst());
            assertThat(farm.acquire(worker, 1)).isEmpty();
            assertThat(why(job)).anyMatch(r -> r.startsWith("rests after a failure until "));
            assertThat(farm.count("ready WHERE not_before BETWEEN now() + interval '" + (minutes - 1)
                            + " min' AND now() + interval '" + minutes + " min'"))
                    .isEqualTo(1);
            farm.sql("UPDATE ready SET not_before = now()");
        }
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(job)).isEqualTo(TaskState.ERROR);
    }

    @Test
    void tooManyErrorsHoldTheJobUntilSomebodyReleasesIt() {
        var job = farm.broker
                .submit(TestFarm.job(plain(9)).withRules(JobRules.NONE.withTooMany(3)))
                .id();
        for (var i = 0; i < 3; i++) {
            farm.fail(worker, farm.acquire(worker, 1).getFirst());
        }
        var view = farm.farm.task(job).orElseThrow();
        assertThat(view.state()).isEqualTo(TaskState.HELD);
        assertThat(view.reason()).isEqualTo("too_many_errors");
        assertThat(farm.acquire(worker, 1)).isEmpty();
        assertThat(why(job)).anyMatch(r -> r.contains("too many of its tasks failed"));
        farm.broker.release(List.of(job));
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(job)).isEqualTo(TaskState.PENDING);
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(job)).isEqualTo(TaskState.HELD);
    }

    @Test
    void twentyErrorsAreTooManyUnlessTheJobSaysOtherwise() {
        var job = farm.submit(plain(40));
        for (var i = 0; i < 19; i++) {
            farm.fail(worker, farm.acquire(worker, 1).getFirst());
        }
        assertThat(farm.state(job)).isEqualTo(TaskState.PENDING);
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(job)).isEqualTo(TaskState.HELD);
    }

    @Test
    void tasksThatAreLostForGoodAreErrorsToo() {
        var task = TestFarm.command("a", 0).withOptions(TaskOptions.NONE.withOnLost("fail"));
        var job = farm.broker
                .submit(TestFarm.job(TestFarm.group("job", -1), task, TestFarm.command("b", 0))
                        .withRules(JobRules.NONE.withTooMany(1)))
                .id();
        farm.acquire(worker, 1);
        farm.broker.bye(worker);
        assertThat(farm.states(job)).isEqualTo("a=error b=held job=held");
    }

    @Test
    void tenInAHundredCountsWhatWasAppended() {
        var job = farm.submit(TestFarm.group("job", -1), TestFarm.command("a", 0));
        farm.broker.append(job, Collections.nCopies(299, TestFarm.command("more", 0)), true, List.of());
        for (var i = 0; i < 29; i++) {
            farm.fail(worker, farm.acquire(worker, 1).getFirst());
        }
        assertThat(farm.state(job)).isEqualTo(TaskState.PENDING);
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(job)).isEqualTo(TaskState.HELD);
    }

    @Test
    void aWorkerWithAnExclusiveTaskIsNotGivenUpBeforeItsWholeLease() {
        var plain = farm.submit(TestFarm.command("plain", -1));
        farm.acquire(worker, 1);
        var careful = farm.worker("node2");
        var exclusive = farm.submit(TestFarm.command("only", -1).withOptions(TaskOptions.NONE.withExclusive()));
        farm.acquire(careful, 1);
        // Nobody is given up before the server itself is up for a lease.
        Awaitility.await().until(() -> {
            farm.sql("UPDATE worker SET last_seen = clock_timestamp() - interval '2.5 s' WHERE state = 'up'");
            farm.sql("SELECT reap('3 s', '1 s')");
            return farm.state(plain) == TaskState.PENDING;
        });
        assertThat(farm.state(exclusive)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aLargeJobIsCancelledAndRetriedAsAWhole() {
        var job = farm.submit(plain(1500));
        var running = farm.acquire(worker, 2);
        var stopped = farm.broker.cancel(List.of(job));
        assertThat(stopped.cancelled()).containsExactly(job);
        assertThat(stopped.tasks()).isEqualTo(1498);
        assertThat(farm.acquire(worker, 9)).isEmpty();
        assertThat(farm.count("task_view WHERE kind <> 'G' AND state = 'cancelled'"))
                .isEqualTo(1498);
        var summary = farm.farm.jobs().getFirst();
        assertThat(List.of(summary.running(), summary.stopped(), summary.pending()))
                .containsExactly(2, 1498, 0);
        running.forEach(c -> farm.succeed(worker, c));
        assertThat(farm.state(job)).isEqualTo(TaskState.CANCELLED);
        assertThat(farm.broker.retry(List.of(job))).containsExactly(job);
        assertThat(farm.state(job)).isEqualTo(TaskState.PENDING);
        assertThat(farm.acquire(worker, 4)).hasSize(4);
    }

    @Test
    void aKilledLargeJobStopsWhatRuns() {
        var job = farm.submit(plain(1500));
        var running = farm.acquire(worker, 2);
        assertThat(farm.broker.kill(List.of(job)).stopping())
                .containsExactlyInAnyOrderElementsOf(
                        running.stream().map(Claim::task).toList());
        assertThat(farm.broker.beat(worker, List.of()).stops())
                .containsOnlyKeys(running.stream().map(Claim::task).toList());
    }

    private List<String> why(TaskId id) {
        return new Why(farm.database)
                .reasons(farm.farm.task(id).orElseThrow()).stream()
                        .map(r -> r.replaceFirst("^\\w+: ", ""))
                        .toList();
    }

    private static NewTask[] plain(int n) {
        return IntStream.rangeClosed(0, n)
                .mapToObj(i -> i == 0 ? TestFarm.group("job", -1) : TestFarm.command("t" + i, 0))
                .toArray(NewTask[]::new);
    }

    private static NewTask[] licensed(int n, int each) {
        var needs = Needs.ONE_CPU.withLimits(Map.of("nuke", each));
        return IntStream.rangeClosed(0, n)
                .mapToObj(i -> i == 0
                        ? TestFarm.group("job", -1)
                        : new NewTask(
                                "t" + i, new Work.Command(List.of("true")), 0, List.of(), needs, 0, TaskOptions.NONE))
                .toArray(NewTask[]::new);
    }
}
