package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.farm.Audit;
import aque.farm.Why;
import aque.submit.JobRules;
import aque.submit.SubmitException;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs that start at the end of others, whichever it is (W22).
final class AnyEndTest {
    private TestFarm farm;
    private WorkerSession worker;

    @BeforeEach
    void farm() {
        farm = new TestFarm("aque.cut_from=3");
        worker = farm.worker("node");
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private TaskId one() {
        return farm.submit(TestFarm.command("a", -1));
    }

    private TaskId group(int members) {
        var tasks = new ArrayList<>(List.of(TestFarm.group("g", -1)));
        for (var i = 0; i < members; i++) {
            tasks.add(TestFarm.command("m" + i, 0));
        }
        return farm.submit(tasks.toArray(aque.submit.NewTask[]::new));
    }

    private TaskId report(TaskId... after) {
        return farm.broker
                .submit(TestFarm.job(TestFarm.command("report", -1))
                        .withAfter(List.of(after))
                        .withRules(JobRules.NONE.withAnyEnd()))
                .id();
    }

    private void failAll(int most) {
        farm.acquire(worker, most).forEach(c -> farm.fail(worker, c));
    }

    @Test
    void itStartsWhenWhatItWaitsForHasFailedAndWaitsAgainWhenThatIsRetried() {
        var bad = one();
        var good = one();
        var report = report(bad, good);
        failAll(1);
        assertThat(farm.state(bad)).isEqualTo(TaskState.ERROR);
        assertThat(farm.state(report)).isEqualTo(TaskState.WAITING);
        assertThat(new Why(farm.database).reasons(farm.farm.task(report).orElseThrow()))
                .containsExactly("waits for a (" + good + "), which is pending");
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(report)).isEqualTo(TaskState.PENDING);
        farm.broker.retry(List.of(bad));
        assertThat(farm.state(report)).isEqualTo(TaskState.WAITING);
        assertThat(Audit.faults(farm.database)).isEmpty();
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(report)).isEqualTo(TaskState.PENDING);
        assertThat(Audit.faults(farm.database)).isEmpty();
    }

    @Test
    void whatHasEndedOrIsBlockedOrCancelledWhenItIsSubmittedKeepsItFromNothing() {
        var bad = one();
        var blocked = farm.broker
                .submit(TestFarm.job(TestFarm.group("g", -1), TestFarm.command("b", 0))
                        .withAfter(List.of(bad)))
                .id();
        failAll(1);
        assertThat(farm.state(blocked)).isEqualTo(TaskState.ERROR);
        var cancelled = group(5);
        farm.broker.cancel(List.of(cancelled));
        var report = report(bad, blocked, cancelled);
        assertThat(farm.state(report)).isEqualTo(TaskState.PENDING);
        assertThat(Audit.faults(farm.database)).isEmpty();
        farm.broker.retry(List.of(cancelled));
        assertThat(farm.state(report)).isEqualTo(TaskState.WAITING);
        farm.broker.dropDependencies(List.of(report), List.of(cancelled));
        assertThat(farm.state(report)).isEqualTo(TaskState.PENDING);
        assertThat(Audit.faults(farm.database)).isEmpty();
    }

    /// W6.
    @Test
    void whoWaitsForATaskThatGoesOnAsAnotherWaitsForThatOneToo() {
        var first = one();
        var waits = farm.broker
                .submit(TestFarm.job(TestFarm.group("g", -1), TestFarm.command("b", 0))
                        .withAfter(List.of(first)))
                .id();
        var claim = farm.acquire(worker, 1).getFirst();
        var next = one();
        assertThat(farm.broker.continueAs(first, next)).containsExactly(waits);
        assertThat(farm.farm.chain(List.of(first))).containsExactly(first, next);
        farm.succeed(worker, claim);
        assertThat(farm.state(waits)).isEqualTo(TaskState.WAITING);
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(waits)).isEqualTo(TaskState.PENDING);
        assertThatThrownBy(() -> farm.broker.continueAs(first, waits)).isInstanceOf(SubmitException.class);
        assertThat(Audit.faults(farm.database)).isEmpty();
    }

    /// Whatever is done to what they wait for, the counters say what the rows say.
    @Test
    void theCountersHoldThroughAnyEndsRetriesAndCancels() {
        var random = new Random(7);
        var ups = new ArrayList<>(List.of(one(), group(2), group(5), one(), group(4)));
        var reports = new ArrayList<TaskId>();
        for (var i = 0; i < 6; i++) {
            reports.add(report(ups.get(random.nextInt(5)), ups.get(random.nextInt(5))));
        }
        ups.addAll(reports);
        for (var turn = 0; turn < 60; turn++) {
            var id = List.of(ups.get(random.nextInt(ups.size())));
            switch (random.nextInt(5)) {
                case 0 -> farm.acquire(worker, 2).forEach(c -> farm.succeed(worker, c));
                case 1 -> failAll(2);
                case 2 -> farm.broker.retry(id);
                case 3 -> farm.broker.cancel(id);
                default -> farm.broker.markDone(id);
            }
            assertThat(Audit.faults(farm.database)).as("turn " + turn).isEmpty();
        }
    }
}
