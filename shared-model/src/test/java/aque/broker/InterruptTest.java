package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What runs of an interruptible job gives way to a higher priority.
final class InterruptTest {
    private TestFarm farm;
    private WorkerSession worker;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
        worker = farm.worker("node");
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private TaskId submit(int priority, int cpus, JobRules rules) {
        var task = TestFarm.command("a", -1).withNeeds(Needs.ONE_CPU.withCpu(1000 * cpus));
        return farm.broker
                .submit(TestFarm.job(task).withPriority(priority).withRules(rules))
                .id();
    }

    /// Of a machine of four cpus so many are free.
    private Room free(int cpus) {
        return new Room(farm.broker.classes(0).keySet(), 4000, 1000 * cpus, 8L << 30, 1);
    }

    @Test
    void asFewAsAreEnoughGoBackTheLeastFirstAndNoRetryIsSpent() {
        var least = submit(500, 1, JobRules.NONE.withInterruptible());
        var middle = submit(600, 2, JobRules.NONE.withInterruptible());
        var firm = submit(400, 1, JobRules.NONE);
        assertThat(farm.acquire(worker, 9)).hasSize(3);
        assertThat(farm.broker.makeRoom(worker, free(0))).isEmpty();
        var urgent = submit(900, 1, JobRules.NONE);
        assertThat(farm.broker.makeRoom(worker, free(0))).containsExactly(least);
        assertThat(farm.broker.makeRoom(worker, free(0)))
                .as("one is on its way out")
                .isEmpty();
        submit(900, 3, JobRules.NONE);
        assertThat(farm.broker.makeRoom(worker, free(0))).containsExactly(middle);
        assertThat(farm.state(firm)).isEqualTo(aque.task.TaskState.RUNNING);
        farm.broker.complete(worker, java.util.List.of(Outcome.error(least, 1, "signal")));
        assertThat(farm.state(least)).isEqualTo(aque.task.TaskState.PENDING);
        assertThat(farm.acquire(worker, 1)).extracting(Claim::task).containsExactly(urgent);
    }

    @Test
    void aLicenceThatOneOfThemHoldsIsFreedAndNoOtherGoes() {
        farm.broker.limit("nuke", 1, false);
        submit(500, 1, JobRules.NONE.withInterruptible());
        var holder = licensed(600, JobRules.NONE.withInterruptible());
        assertThat(farm.acquire(worker, 9)).hasSize(2);
        licensed(600, JobRules.NONE);
        assertThat(farm.broker.makeRoom(worker, free(2))).isEmpty();
        licensed(900, JobRules.NONE);
        assertThat(farm.broker.makeRoom(worker, free(2))).containsExactly(holder);
        assertThat(farm.broker.makeRoom(worker, free(2)))
                .as("one is on its way out")
                .isEmpty();
    }

    private TaskId licensed(int priority, JobRules rules) {
        var task = TestFarm.command("l", -1).withNeeds(Needs.ONE_CPU.withLimits(Map.of("nuke", 1)));
        return farm.broker
                .submit(TestFarm.job(task).withPriority(priority).withRules(rules))
                .id();
    }

    @Test
    void whatItsShareKeepsFromStartingInterruptsNothing() {
        submit(500, 4, JobRules.NONE.withInterruptible());
        assertThat(farm.acquire(worker, 9)).hasSize(1);
        farm.broker.share("comp", OptionalInt.empty(), OptionalInt.of(0), OptionalInt.empty());
        submit(900, 1, JobRules.NONE.withShare("comp"));
        assertThat(farm.broker.makeRoom(worker, free(0))).isEmpty();
    }

    @Test
    void whatCouldNotStartForAllThatInterruptsNothing() {
        submit(500, 4, JobRules.NONE.withInterruptible());
        assertThat(farm.acquire(worker, 9)).hasSize(1);
        submit(500, 1, JobRules.NONE);
        submit(900, 8, JobRules.NONE);
        farm.broker.hold(java.util.List.of(submit(900, 1, JobRules.NONE)));
        var licensed = TestFarm.command("l", -1).withNeeds(Needs.ONE_CPU.withLimits(Map.of("nuke", 1)));
        farm.broker.submit(TestFarm.job(licensed).withPriority(900));
        assertThat(farm.broker.makeRoom(worker, free(0))).isEmpty();
        submit(900, 2, JobRules.NONE);
        assertThat(farm.broker.makeRoom(worker, free(0))).hasSize(1);
    }
}
