package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Audit;
import aque.farm.Why;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Failures that are not the task's own: of a host, of a licence.
final class ElsewhereTest {
    private TestFarm farm;
    private WorkerSession one;
    private WorkerSession two;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
        one = farm.worker("node1");
        two = farm.worker("node2");
    }

    @AfterEach
    void close() {
        assertThat(Audit.faults(farm.database)).isEmpty();
        farm.close();
    }

    @Test
    void aTaskHasFailedWhenItFailedOnSoManyHosts() {
        var id = submit(TaskOptions.NONE.withFailOn(2));
        farm.fail(one, farm.acquire(one, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        assertThat(farm.acquire(one, 1)).isEmpty();
        assertThat(why(id).getFirst())
                .startsWith("failed on node1 and goes to another host, until that is forgiven at");
        farm.fail(two, farm.acquire(two, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.ERROR);
    }

    @Test
    void aHostIsForgivenAfterAWhile() {
        submit(TaskOptions.NONE.withFailOn(2));
        farm.fail(one, farm.acquire(one, 1).getFirst());
        farm.sql("UPDATE ready SET avoid_until = avoid_until - interval '5 minutes'");
        assertThat(farm.acquire(one, 1)).hasSize(1);
    }

    @Test
    void theOnlyHostIsForgivenAtOnceAndTriedSoOftenThatItCounts() {
        farm.broker.bye(two);
        var id = submit(TaskOptions.NONE.withFailOn(2));
        for (var i = 0; i < 5; i++) {
            farm.fail(one, farm.acquire(one, 1).getFirst());
            assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        }
        farm.fail(one, farm.acquire(one, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.ERROR);
    }

    @Test
    void aShortLicenceDelaysAndSpendsNoRetry() {
        var id = submit(TaskOptions.NONE);
        var claim = farm.acquire(one, 1).getFirst();
        farm.broker.complete(one, List.of(Outcome.givenBack(claim.task(), claim.attempt(), "no_licence")));
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        assertThat(farm.acquire(two, 1)).isEmpty();
        assertThat(why(id).getFirst()).startsWith("its licence was short, it is tried again at");
        farm.sql("UPDATE ready SET not_before = not_before - interval '1 minute'");
        farm.fail(two, farm.acquire(two, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.ERROR);
    }

    private List<String> why(TaskId task) {
        return new Why(farm.database).reasons(farm.farm.task(task).orElseThrow());
    }

    private TaskId submit(TaskOptions options) {
        return farm.submit(
                new NewTask("render", new Work.Command(List.of("true")), -1, List.of(), Needs.ONE_CPU, 0, options));
    }
}
