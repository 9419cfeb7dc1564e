package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.TaskId;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SickWorkerTest {
    private final TestFarm farm = new TestFarm();
    private final WorkerSession well = farm.worker("well");
    private final WorkerSession sick = farm.worker("sick");

    @AfterEach
    void close() {
        farm.close();
    }

    /// Jobs of two tasks: one fails at the sick worker, the other succeeds elsewhere if so wanted.
    private List<TaskId> jobs(int count, boolean elsewhere) {
        var out = new ArrayList<TaskId>();
        for (var i = 0; i < count; i++) {
            out.add(farm.submit(TestFarm.group("job", -1), TestFarm.command("a", 0), TestFarm.command("b", 0)));
            farm.fail(sick, farm.acquire(sick, 1).getFirst());
            var other = farm.acquire(well, 1).getFirst();
            if (elsewhere) {
                farm.succeed(well, other);
            } else {
                farm.fail(well, other);
            }
        }
        return out;
    }

    private String state(WorkerSession worker) {
        return farm.farm.workers().stream()
                .filter(w -> w.id() == worker.id())
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void whoseTasksSucceedElsewhereIsSetAsideWithANote() {
        assertThat(farm.broker.asideWhenSick(sick, jobs(3, true), "exit 1")).isEqualTo(Broker.Sickness.ASIDE);
        assertThat(state(sick)).isEqualTo("draining");
        assertThat(farm.farm.workers().stream()
                        .filter(w -> w.id() == sick.id())
                        .findFirst()
                        .orElseThrow()
                        .aside()
                        .orElseThrow()
                        .note())
                .contains("3 jobs", "exit 1");
    }

    @Test
    void whoseTasksFailEverywhereGoesOn() {
        assertThat(farm.broker.asideWhenSick(sick, jobs(3, false), "exit 1")).isEqualTo(Broker.Sickness.NONE);
        assertThat(state(sick)).isEqualTo("up");
    }

    @Test
    void theLastOneGoesOnWithAnAlarmOnce() {
        var jobs = jobs(3, true);
        farm.broker.drain(List.of(well.id()));
        assertThat(farm.broker.asideWhenSick(sick, jobs, "exit 1")).isEqualTo(Broker.Sickness.ALARM);
        assertThat(farm.broker.asideWhenSick(sick, jobs, "exit 1")).isEqualTo(Broker.Sickness.NONE);
        assertThat(state(sick)).isEqualTo("up");
    }

    @Test
    void ofASmallFarmOneAnHourIsSetAside() {
        farm.worker("third");
        farm.worker("fourth");
        var jobs = jobs(3, true);
        assertThat(farm.broker.asideWhenSick(sick, jobs, "exit 1")).isEqualTo(Broker.Sickness.ASIDE);
        var next = farm.worker("next");
        assertThat(farm.broker.asideWhenSick(next, jobs, "exit 1")).isEqualTo(Broker.Sickness.ALARM);
        assertThat(state(next)).isEqualTo("up");
    }
}
