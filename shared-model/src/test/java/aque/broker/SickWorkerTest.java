package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.ActionStore;
import aque.schedule.Capabilities;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private WorkerSession inPool(String name, String pool) {
        var of = new Capabilities(
                name, "linux", "ann", 4000, 4L << 30, Map.of(), Map.of("attr.worker.pool", Set.of(pool)));
        return farm.broker.hello(name, of, "test");
    }

    @Test
    void theLastOfAPoolGoesOnThoughTheFarmHasOthersAndEachPoolHasItsOwnTenth() {
        var jobs = jobs(3, true);
        var alone = inPool("gpu1", "gpu");
        assertThat(farm.broker.asideWhenSick(alone, jobs, "exit 1; no driver")).isEqualTo(Broker.Sickness.ALARM);
        assertThat(new ActionStore(farm.database).latest(1).getFirst().args()).contains("gpu1", "no driver");
        inPool("gpu2", "gpu");
        assertThat(farm.broker.asideWhenSick(sick, jobs, "exit 1")).isEqualTo(Broker.Sickness.ASIDE);
        assertThat(farm.broker.asideWhenSick(alone, jobs, "exit 1")).isEqualTo(Broker.Sickness.ASIDE);
    }
}
