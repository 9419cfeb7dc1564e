package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.TaskId;
import aque.testing.TestFarm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueuePlaceTest {
    private final TestFarm farm = new TestFarm();

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void whatWaitsForABusyMachineIsToldHowManyGoBeforeItAndThatTheyGetFewer() {
        var worker = farm.broker.hello("node14", TestFarm.machine("node14", 1), "test");
        farm.submit(TestFarm.command("first", -1));
        var running = farm.acquire(worker, 1).getFirst();
        farm.submit(TestFarm.command("second", -1));
        var last = farm.submit(TestFarm.command("last", -1));
        var urgent = farm.submit(TestFarm.command("urgent", -1));
        farm.broker.priority(2000, List.of(urgent));
        assertThat(place(last)).isEqualTo("2 tasks go before it");
        assertThat(place(urgent)).isEqualTo("no task goes before it");

        farm.succeed(worker, running);
        assertThat(farm.acquire(worker, 1).getFirst().task()).isEqualTo(urgent);
        assertThat(place(last)).isEqualTo("1 task goes before it");
    }

    private String place(TaskId task) {
        return new Why(farm.database)
                .reasons(farm.farm.task(task).orElseThrow())
                .getLast();
    }
}
