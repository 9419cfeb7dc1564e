package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Beat;
import aque.broker.Claim;
import aque.task.TaskView;
import aque.testing.TestFarm;
import aque.usage.UsageSample;
import aque.usage.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkersTest {
    private final TestFarm farm = new TestFarm();

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void whatIsSetAsideStaysSoWhenItIsStartedAnew() {
        var first = farm.worker("node14");
        farm.submit(TestFarm.command("render", -1));

        assertThat(farm.broker.setAside(List.of(first.id()), "fan is loud")).containsExactly(first.id());

        farm.broker.bye(first);
        var again = farm.worker("node14");
        assertThat(farm.acquire(again, 1)).isEmpty();
        assertThat(view(again.id()).aside().orElseThrow().note()).isEqualTo("fan is loud");
        assertThat(farm.broker.undrain(List.of(again.id()))).containsExactly(again.id());
        assertThat(farm.acquire(again, 1)).hasSize(1);
        assertThat(view(again.id()).aside()).isEmpty();
    }

    @Test
    void oneThatIsToStopLearnsItWithItsNextBeat() {
        var worker = farm.worker("node14");
        assertThat(farm.broker.beat(worker, List.of()).leaving()).isFalse();

        farm.broker.stopWorkers(List.of(worker.id()));

        var beat = farm.broker.beat(worker, List.of());
        assertThat(beat.leaving()).isTrue();
        assertThat(beat.draining()).isTrue();
    }

    @Test
    void whatStillRunsOnADrainedOneWhenItsTimeHasComeIsGivenBack() {
        var worker = farm.worker("node14");
        var task = farm.submit(TestFarm.command("render", -1));
        farm.acquire(worker, 1);
        farm.broker.drain(List.of(worker.id()));
        farm.broker.drainBy(List.of(worker.id()), Instant.now().plusSeconds(3600));
        assertThat(farm.broker.beat(worker, List.of()).stops()).isEmpty();
        assertThat(farm.farm.emptyAt(List.of(worker.id()))).isPresent();

        farm.broker.drainBy(List.of(worker.id()), Instant.now().minusSeconds(60));

        assertThat(farm.broker.beat(worker, List.of()).stops()).containsOnly(Map.entry(task, Beat.Stop.REQUEUE));
        farm.broker.undrain(List.of(worker.id()));
        assertThat(farm.broker.beat(worker, List.of()).draining()).isFalse();
    }

    @Test
    void workersThatAreGoneAreNotSteered() {
        var worker = farm.worker("node14");
        farm.broker.bye(worker);

        assertThat(farm.broker.drain(List.of(worker.id()))).isEmpty();
    }

    @Test
    void aGroupBeginsWithItsFirstMember() {
        var job = farm.submit(
                TestFarm.group("boat", -1),
                TestFarm.group("beauty", 0),
                TestFarm.command("0101", 1),
                TestFarm.command("0102", 1),
                TestFarm.group("comp", 0, 1),
                TestFarm.command("0101c", 4));
        assertThat(view(job, "boat").started()).isEmpty();
        var worker = farm.worker("node14");

        var claim = farm.acquire(worker, 1).getFirst();

        var begun = view(job, "boat").started();
        assertThat(begun).isPresent().isEqualTo(view(job, "beauty").started());
        assertThat(view(job, "comp").started()).isEmpty();
        farm.succeed(worker, claim);
        farm.acquire(worker, 1);
        assertThat(view(job, "boat").started()).isEqualTo(begun);
    }

    @Test
    void theTasksOfAWorkerAddUpAlsoAfterTheyEnded() {
        farm.submit(TestFarm.group("boat", -1), TestFarm.command("a", 0), TestFarm.command("b", 0));
        var worker = farm.worker("node14");
        var claims = farm.acquire(worker, 2);
        var now = Instant.now();
        var usage = new UsageStore(farm.database);
        usage.append(List.of(sample(claims.get(0), now, 500, 100), sample(claims.get(1), now, 1500, 300)));
        farm.succeed(worker, claims.get(0));

        var load = usage.ofWorker("node14", now.minusSeconds(60), Duration.ofMinutes(2));

        assertThat(load).hasSize(1);
        assertThat(load.getFirst().cpuMilli()).isEqualTo(2000);
        assertThat(load.getFirst().memory()).isEqualTo(400);
        assertThat(load.getFirst().tasks()).isEqualTo(2);
        assertThat(farm.farm.runningOn(worker.id()))
                .extracting(TaskView::id)
                .containsExactly(claims.get(1).task());
    }

    @Test
    void theFarmNotesHowBusyItIsAtMostEveryTenSeconds() {
        farm.submit(TestFarm.command("a", -1));
        var worker = farm.worker("node14");
        farm.acquire(worker, 1);
        farm.sql("SELECT reap()");
        farm.sql("SELECT reap()");

        var history = farm.farm.history(Instant.now().minusSeconds(60), Duration.ofSeconds(1));

        assertThat(history).hasSize(1);
        assertThat(history.getFirst())
                .returns(1, FarmSample::workers)
                .returns(4000L, FarmSample::cpuMilli)
                .returns(1000L, FarmSample::usedCpuMilli)
                .returns(1, FarmSample::running);
    }

    private static UsageSample sample(Claim claim, Instant at, int cpu, long memory) {
        return new UsageSample(claim.task(), claim.attempt(), at, cpu, memory, 0, 0, 1);
    }

    private TaskView view(aque.task.TaskId job, String name) {
        return farm.farm.task(farm.named(job, name)).orElseThrow();
    }

    private WorkerView view(int id) {
        return farm.farm.workers().stream()
                .filter(w -> w.id() == id)
                .findFirst()
                .orElseThrow();
    }
}
