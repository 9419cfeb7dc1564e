package aque.broker;

import static aque.testing.TestFarm.command;
import static aque.testing.TestFarm.group;
import static aque.testing.TestFarm.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.submit.NewTask;
import aque.submit.SubmitException;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BrokerTest {
    /// So many that wait for so many are more edges than go with one call.
    private static final int WIDE = 201;

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
    void aLoneTaskIsItsOwnJobAndRuns() {
        var id = farm.submit(command("hello", -1));
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        var claim = farm.acquire(worker, 9).getFirst();
        assertThat(claim.task()).isEqualTo(id);
        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(farm.state(id)).isEqualTo(TaskState.RUNNING);
        farm.succeed(worker, claim);
        assertThat(farm.state(id)).isEqualTo(TaskState.SUCCESS);
        assertThat(farm.farm.jobs().getFirst().success()).isEqualTo(1);
    }

    @Test
    void aDiamondIsStoredOnceAndRunsInOrder() {
        var id = farm.submit(
                group("job", -1), command("d", 0, 2, 3), command("b", 0, 4), command("c", 0, 4), command("a", 0));
        assertThat(farm.farm.tasksOfJob(id)).hasSize(5);
        for (var expected : List.of(List.of("a"), List.of("b", "c"), List.of("d"))) {
            var claims = farm.acquire(worker, 9);
            assertThat(claims.stream().map(Claim::name)).containsExactlyInAnyOrderElementsOf(expected);
            claims.forEach(c -> farm.succeed(worker, c));
        }
        assertThat(farm.state(id)).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void aStepGatedByAStepStartsWhenTheLastOfItHasSucceeded() {
        var id = farm.submit(
                group("job", -1),
                group("render", 0),
                command("1", 1),
                command("2", 1),
                group("movie", 0, 1),
                command("join", 4));
        assertThat(farm.count("gate")).isEqualTo(1);
        var claims = farm.acquire(worker, 9);
        assertThat(claims).hasSize(2);
        farm.succeed(worker, claims.get(0));
        assertThat(farm.state(farm.named(id, "join"))).isEqualTo(TaskState.WAITING);
        farm.succeed(worker, claims.get(1));
        assertThat(farm.state(farm.named(id, "render"))).isEqualTo(TaskState.SUCCESS);
        assertThat(farm.state(farm.named(id, "join"))).isEqualTo(TaskState.PENDING);
        farm.succeed(worker, farm.acquire(worker, 9).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void aStepThatWaitsForOneTaskStartsAtItsSuccessThoughOthersOfItsLaneGoOn() {
        var id = farm.submit(
                group("job", -1), command("sky", 0), group("frames", 0, 1), command("1", 2), command("other", 0));
        var claims = farm.acquire(worker, 9);
        assertThat(claims.stream().map(Claim::name)).containsExactlyInAnyOrder("sky", "other");
        claims.stream().filter(c -> c.name().equals("sky")).forEach(c -> farm.succeed(worker, c));
        assertThat(farm.state(farm.named(id, "1"))).isEqualTo(TaskState.PENDING);
    }

    @Test
    void failureSettlesTheWholeChainInOneCommitAndRetryRearmsIt() {
        var id = farm.submit(
                group("job", -1),
                command("a", 0),
                command("b", 0, 1),
                command("c", 0, 2),
                group("last", 0, 5),
                group("mid", 0, 3),
                command("m", 5),
                command("z", 4));
        var claim = farm.acquire(worker, 9).getFirst();
        farm.fail(worker, claim);
        assertThat(farm.states(id)).isEqualTo("a=error b=error c=error m=error mid=error z=error last=error job=error");
        assertThat(farm.farm.task(farm.named(id, "c")).orElseThrow().cause()).contains(claim.task());
        assertThat(farm.farm.task(farm.named(id, "z")).orElseThrow().blocked()).isTrue();
        assertThat(farm.farm.jobs().getFirst().error()).isEqualTo(1);
        assertThat(farm.farm.jobs().getFirst().blocked()).isEqualTo(4);

        assertThat(farm.broker.retry(List.of(id))).containsExactly(claim.task());
        assertThat(farm.states(id))
                .isEqualTo("a=pending b=waiting c=waiting m=waiting mid=waiting z=waiting last=waiting job=pending");
        for (var name : List.of("a", "b", "c", "m", "z")) {
            var next = farm.acquire(worker, 9);
            assertThat(next.stream().map(Claim::name)).containsExactly(name);
            farm.succeed(worker, next.getFirst());
        }
        assertThat(farm.state(id)).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void twoFailedUpstreamsMustBothBeMendedBeforeTheirDependentIsRearmed() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0), command("c", 0, 1, 2));
        var claims = farm.acquire(worker, 9);
        claims.forEach(c -> farm.fail(worker, c));
        farm.broker.retry(List.of(claims.get(0).task()));
        assertThat(farm.state(farm.named(id, "c"))).isEqualTo(TaskState.ERROR);
        farm.broker.retry(List.of(claims.get(1).task()));
        assertThat(farm.state(farm.named(id, "c"))).isEqualTo(TaskState.WAITING);
    }

    @Test
    void aTaskThatDependsOnAFailedOneIsBlockedFromTheStartAndFreedByItsRetry() {
        var first = farm.submit(command("first", -1));
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        var second = farm.broker
                .submit(job(command("second", -1)).withAfter(List.of(first)))
                .id();
        assertThat(farm.farm.task(second).orElseThrow().blocked()).isTrue();
        farm.broker.retry(List.of(first));
        assertThat(farm.state(second)).isEqualTo(TaskState.WAITING);
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(second)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void aDependencyOnASucceededTaskCountsAsMet() {
        var first = farm.submit(command("first", -1));
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        var second = farm.broker
                .submit(job(command("second", -1)).withAfter(List.of(first)))
                .id();
        assertThat(farm.state(second)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void cyclesAndUnknownDependenciesAreRefusedAndLeaveNoRow() {
        assertThatThrownBy(() -> farm.submit(group("job", -1), command("a", 0, 2), command("b", 0, 1)))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("cycle")
                .hasMessageContaining("a")
                .hasMessageContaining("b");
        assertThatThrownBy(() -> farm.submit(
                        group("job", -1), group("x", 0, 2), group("y", 0, 1), command("a", 1), command("b", 2)))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("cycle");
        assertThatThrownBy(() -> farm.broker.submit(job(command("a", -1)).withAfter(List.of(new TaskId(4711)))))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("4711");
        assertThat(farm.count("task") + farm.count("job") + farm.count("change WHERE kind = 'S'"))
                .isZero();
    }

    @Test
    void anEmptyGroupEndsWithoutAnyWorker() {
        var id = farm.submit(group("job", -1), group("nothing", 0), group("after", 0, 1));
        assertThat(farm.states(id)).isEqualTo("nothing=success after=success job=success");
    }

    /// The last part of it has edges alone.
    @Test
    void anEmptyGroupEndsAlsoInAJobThatComesInParts() {
        var tasks = new ArrayList<>(List.of(group("job", -1), group("nothing", 0)));
        var ups = IntStream.range(2, 2 + WIDE).boxed().toArray(Integer[]::new);
        IntStream.range(0, WIDE).forEach(i -> tasks.add(command("up " + i, 0)));
        IntStream.range(0, WIDE).forEach(i -> tasks.add(command("down " + i, 0, ups)));

        var id = farm.submit(tasks.toArray(NewTask[]::new));

        assertThat(farm.state(farm.named(id, "nothing"))).isEqualTo(TaskState.SUCCESS);
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void theSameKeySubmitsOnce() {
        var a = farm.broker.submit(job(command("a", -1)).withKey("k"));
        var b = farm.broker.submit(job(command("a", -1)).withKey("k"));
        assertThat(b).isEqualTo(new Broker.Submitted(a.id(), true));
        assertThat(farm.count("job")).isEqualTo(1);
    }

    @Test
    void aLateReportOfALostAttemptChangesNothing() {
        var id = farm.submit(command("a", -1));
        var claim = farm.acquire(worker, 1).getFirst();
        farm.sql("UPDATE worker SET last_seen = last_seen - interval '1 hour' WHERE worker_id = " + worker.id());
        farm.sql("SELECT reap(interval '0 s')");
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        var other = farm.worker("node2");
        var again = farm.acquire(other, 1).getFirst();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(farm.broker.complete(worker, List.of(Outcome.success(claim.task(), claim.attempt()))))
                .isEmpty();
        assertThat(farm.state(id)).isEqualTo(TaskState.RUNNING);
        assertThat(farm.broker.beat(worker, List.of()).fenced()).isTrue();
        farm.succeed(other, again);
        assertThat(farm.farm.details(id).orElseThrow().attempts().stream().map(a -> a.end()))
                .containsExactly("lost", "success");
    }

    @Test
    void aLeaseThatItsWorkerForgotIsPutBack() {
        var id = farm.submit(command("a", -1));
        farm.acquire(worker, 1);
        assertThat(farm.broker.reapForgotten(worker, List.of())).isZero();
        farm.sql("UPDATE lease SET acquired_at = acquired_at - interval '2 minutes'");
        assertThat(farm.broker.reapForgotten(worker, List.of(id))).isZero();
        assertThat(farm.broker.reapForgotten(worker, List.of())).isEqualTo(1);
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
    }

    @Test
    void killStopsWhatRunsAndCancelsWhatDoesNot() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0), command("c", 0, 1));
        var claim = farm.acquire(worker, 1).getFirst();
        var stopped = farm.broker.kill(List.of(id));
        assertThat(stopped.stopping()).containsExactly(claim.task());
        assertThat(stopped.cancelled()).hasSize(2);
        assertThat(farm.states(id)).isEqualTo("a=stopping b=cancelled c=cancelled job=running");
        var beat = farm.broker.beat(worker, List.of(new Progress(claim.task(), 1, -1, "")));
        assertThat(beat.stops()).containsEntry(claim.task(), Beat.Stop.KILL);
        farm.broker.complete(
                worker,
                List.of(new Outcome(
                        claim.task(),
                        1,
                        Outcome.End.KILLED,
                        "signal",
                        java.util.OptionalInt.empty(),
                        java.util.OptionalInt.of(15),
                        java.util.OptionalLong.empty(),
                        java.util.OptionalLong.empty())));
        assertThat(farm.states(id)).isEqualTo("a=killed b=cancelled c=cancelled job=killed");
        assertThat(farm.acquire(worker, 9)).isEmpty();
        assertThat(farm.broker.kill(List.of(id)).nothing()).isTrue();

        assertThat(farm.broker.retry(List.of(id))).hasSize(3);
        assertThat(farm.states(id)).isEqualTo("a=pending b=pending c=waiting job=pending");
    }

    @Test
    void aRecursiveKillGoesUpstreamAndSparesWhatOthersNeed() {
        var id = farm.submit(
                group("job", -1),
                command("shared", 0),
                command("own", 0),
                group("step", 0, 2),
                command("s1", 3),
                command("mine", 0, 1, 3),
                command("other", 0, 1));
        var all = farm.broker.withUpstream(List.of(farm.named(id, "mine")));
        farm.broker.kill(all);
        assertThat(farm.farm.tasksOfJob(id).stream()
                        .filter(t -> t.state() == TaskState.CANCELLED && t.kind() != aque.task.TaskKind.GROUP)
                        .map(t -> t.name()))
                .containsExactlyInAnyOrder("own", "s1", "mine");
        assertThat(farm.state(farm.named(id, "other"))).isEqualTo(TaskState.WAITING);
    }

    @Test
    void cancelLeavesWhatRuns() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0));
        var claim = farm.acquire(worker, 1).getFirst();
        assertThat(farm.broker.cancel(List.of(id)).stopping()).isEmpty();
        assertThat(farm.states(id)).isEqualTo("a=running b=cancelled job=running");
        farm.succeed(worker, claim);
        assertThat(farm.state(id)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void requeueGivesTheSameTaskAnotherAttemptAndSpendsNoRetry() {
        var id = farm.submit(command("a", -1));
        var claim = farm.acquire(worker, 1).getFirst();
        assertThat(farm.broker.requeue(List.of(id))).containsExactly(id);
        assertThat(farm.state(id)).isEqualTo(TaskState.STOPPING);
        farm.broker.complete(
                worker,
                List.of(new Outcome(
                        id,
                        claim.attempt(),
                        Outcome.End.KILLED,
                        "signal",
                        java.util.OptionalInt.empty(),
                        java.util.OptionalInt.of(15),
                        java.util.OptionalLong.empty(),
                        java.util.OptionalLong.empty())));
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        assertThat(farm.acquire(worker, 1).getFirst().attempt()).isEqualTo(2);
    }

    @Test
    void heldTasksDoNotStartAndPriorityDecidesWhoIsNext() {
        var low = farm.submit(group("low", -1), command("l1", 0), command("l2", 0), command("l3", 0));
        var high = farm.submit(command("high", -1));
        farm.broker.priority(2000, List.of(high));
        assertThat(farm.acquire(worker, 1).getFirst().name()).isEqualTo("high");
        farm.broker.hold(List.of(low));
        assertThat(farm.state(farm.named(low, "l1"))).isEqualTo(TaskState.HELD);
        assertThat(farm.acquire(worker, 9)).isEmpty();
        farm.broker.release(List.of(low));
        farm.broker.priority(3000, List.of(farm.named(low, "l3")));
        farm.broker.hold(List.of(farm.named(low, "l1")));
        assertThat(farm.acquire(worker, 9).stream().map(Claim::name)).containsExactly("l3", "l2");
        farm.broker.release(List.of(farm.named(low, "l1")));
        farm.acquire(worker, 9);
        farm.farm.tasksOfJob(low).stream()
                .filter(t -> !t.isJob())
                .forEach(t -> farm.broker.complete(worker, List.of(Outcome.success(t.id(), 1))));
        assertThat(farm.state(low)).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void aFailureWithRetriesLeftGoesBackToPending() {
        var options = aque.submit.TaskOptions.NONE.withRetries(1);
        var id = farm.submit(new aque.submit.NewTask(
                "a",
                new aque.submit.Work.Command(List.of("false")),
                -1,
                List.of(),
                aque.schedule.Needs.ONE_CPU,
                0,
                options));
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.ERROR);
    }

    @Test
    void aWorkerTakesOnlyWhatFitsIntoWhatIsFree() {
        farm.submit(new aque.submit.NewTask(
                "big",
                new aque.submit.Work.Command(List.of("true")),
                -1,
                List.of(),
                aque.schedule.Needs.ONE_CPU.withCpu(3000),
                0,
                aque.submit.TaskOptions.NONE));
        farm.submit(command("small", -1));
        farm.submit(command("small", -1));
        farm.submit(new aque.submit.NewTask(
                "huge",
                new aque.submit.Work.Command(List.of("true")),
                -1,
                List.of(),
                aque.schedule.Needs.ONE_CPU.withMemory(1L << 50),
                0,
                aque.submit.TaskOptions.NONE));
        assertThat(farm.acquire(worker, 9).stream().map(Claim::name)).containsExactly("big", "small");
    }

    @Test
    void onlyEndedJobsAreRemovedAndTheirIdsAreNotUsedAgain() {
        var id = farm.submit(command("a", -1));
        assertThat(farm.broker.remove(List.of(id))).isEmpty();
        farm.broker.cancel(List.of(id));
        assertThat(farm.broker.remove(List.of(id))).containsExactly(id);
        assertThat(farm.farm.task(id)).isEmpty();
        assertThat(farm.submit(command("b", -1))).isGreaterThan(id);
    }
}
