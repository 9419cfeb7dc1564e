package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Why;
import aque.submit.Submission;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A disk that is full, stale or away.
final class VolumeTest {
    private static TaskId submit(TestFarm farm, String cwd) {
        return farm.broker
                .submit(Submission.of("job", "ann", Path.of(cwd), List.of(TestFarm.command("a", -1))))
                .id();
    }

    @Test
    void whatWorksThereWaitsUntilAWorkerCouldWriteThereAndNothingElseDoes() {
        try (var farm = new TestFarm()) {
            var worker = farm.worker("node");
            var ill = submit(farm, "/show/boat");
            var other = submit(farm, "/show2/boat");
            var claim = farm.acquire(worker, 1).getFirst();
            farm.broker.complete(worker, List.of(Outcome.givenBack(ill, claim.attempt(), "no_volume")));
            assertThat(farm.broker.volumeAway(worker, Path.of("/show"), "No space left on device"))
                    .containsExactly(ill);
            assertThat(farm.broker.volumeAway(worker, Path.of("/show"), "No space left on device"))
                    .isEmpty();
            assertThat(farm.state(ill)).isEqualTo(TaskState.WAITING);
            assertThat(new Why(farm.database).reasons(farm.farm.task(ill).orElseThrow()))
                    .contains("its volume /show is full, stale or away: waits until a worker could write there");
            assertThat(farm.acquire(worker, 9)).extracting(Claim::task).containsExactly(other);
            farm.sql("SELECT files_seen(ARRAY['/show/.'], ARRAY['well'], '0 s')");
            farm.sql("SELECT files_seen(ARRAY['/show/.'], ARRAY['well'], '0 s')");
            assertThat(farm.state(ill)).isEqualTo(TaskState.PENDING);
            assertThat(farm.farm.task(ill).orElseThrow().attempt()).isEqualTo(1);
        }
    }
}
