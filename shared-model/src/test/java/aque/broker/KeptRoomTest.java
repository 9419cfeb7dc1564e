package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Why;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is first in line and too big for what is free is not passed by smaller ones for ever.
final class KeptRoomTest {
    private TestFarm farm;
    private WorkerSession worker;

    @BeforeEach
    void farm() {
        farm = new TestFarm("aque.patience=0");
        worker = farm.worker("node1");
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private static NewTask task(String name, int cpus) {
        return TestFarm.command(name, -1).withNeeds(Needs.ONE_CPU.withCpu(1000 * cpus));
    }

    /// Of a machine of four cpus so many are free.
    private Room free(int cpus) {
        return new Room(farm.broker.classes(0).keySet(), 4000, 1000 * cpus, 8L << 30, 9);
    }

    /// What a worker takes that asks as often as it should.
    private List<String> taken(WorkerSession who, int cpus) {
        var room = farm.broker.keepRoom(who, free(cpus)).orElse(free(cpus));
        return farm.broker.acquire(who, room).stream().map(Claim::name).toList();
    }

    private String why(TaskId task) {
        return String.join(
                "; ", new Why(farm.database).reasons(farm.farm.task(task).orElseThrow()));
    }

    @Test
    void theBigOneHasItsTurnThoughSmallerOnesFitAllTheTime() {
        farm.submit(task("small 1", 1));
        farm.submit(task("small 2", 1));
        var running = farm.acquire(worker, 9);
        var big = farm.submit(task("big", 4));
        var small = farm.submit(task("small 3", 1));
        assertThat(taken(worker, 2)).as("its room is kept").isEmpty();
        assertThat(why(big)).contains("node1 keeps what becomes free for it");
        assertThat(why(small)).contains("node1 keeps what becomes free for big (" + big + ")");
        assertThat(taken(farm.worker("node2"), 2)).as("one worker is enough").containsExactly("small 3");

        running.forEach(claim -> farm.succeed(worker, claim));
        assertThat(taken(worker, 4)).containsExactly("big");
        farm.submit(task("small 4", 1));
        assertThat(farm.broker.keepRoom(worker, free(1))).as("it has begun").isEmpty();
        assertThat(taken(worker, 1)).containsExactly("small 4");
    }

    @Test
    void whatGoesBeforeItComesFirstAndNothingAlongWithIt() {
        farm.submit(task("running", 1));
        farm.acquire(worker, 9);
        farm.submit(task("big", 4));
        farm.submit(task("small", 1));
        assertThat(taken(worker, 3)).isEmpty();
        var urgent = farm.submit(task("urgent", 1));
        farm.broker.priority(2000, List.of(urgent));
        assertThat(taken(worker, 3)).containsExactly("urgent");
        assertThat(taken(worker, 2)).isEmpty();
    }

    @Test
    void itIsGivenAWhileToComeInByItself() {
        farm.close();
        farm = new TestFarm("aque.patience=1h");
        worker = farm.worker("node1");
        farm.submit(task("running", 1));
        farm.acquire(worker, 9);
        farm.submit(task("big", 4));
        assertThat(farm.broker.keepRoom(worker, free(3))).isEmpty();
        assertThat(farm.broker.keepRoom(worker, free(3))).isEmpty();
        farm.sql("UPDATE kept_room SET since = since - interval '2 hours'");
        assertThat(farm.broker.keepRoom(worker, free(3))).isPresent();
    }

    @Test
    void noRoomIsKeptForWhatCouldNotStartInIt() {
        farm.submit(task("running", 1));
        farm.acquire(worker, 9);
        var big = farm.submit(task("big", 4));
        assertThat(farm.broker.keepRoom(worker, free(3))).isPresent();
        farm.broker.hold(List.of(big));
        farm.submit(task("small", 1));
        assertThat(farm.broker.keepRoom(worker, free(3))).isEmpty();
        assertThat(taken(worker, 3)).containsExactly("small");
    }
}
