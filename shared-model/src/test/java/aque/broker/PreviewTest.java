package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Why;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.TaskFrames;
import aque.submit.TaskOptions;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every n-th frame first, the rest when somebody has looked at these.
final class PreviewTest {
    private static NewTask frame(int number) {
        return TestFarm.command("f" + number, 0)
                .withOptions(TaskOptions.NONE.withEnv(Map.of(TaskFrames.VARIABLE, "" + number)));
    }

    @Test
    void everyFourthFrameGoesFirstTheRestAfterARelease() {
        try (var farm = new TestFarm()) {
            var tasks = new ArrayList<>(List.of(TestFarm.group("shot", -1), TestFarm.command("slate", 0)));
            for (var f = 1001; f <= 1010; f++) {
                tasks.add(frame(f));
            }
            var job = farm.broker
                    .submit(TestFarm.job(tasks.toArray(NewTask[]::new)).withRules(JobRules.NONE.withPreview(4)))
                    .id();
            var worker = farm.worker("node");
            var first = farm.acquire(worker, 20);
            assertThat(first).extracting(Claim::name).containsExactly("slate", "f1001", "f1005", "f1009");
            first.forEach(c -> farm.succeed(worker, c));
            assertThat(farm.acquire(worker, 20)).isEmpty();
            assertThat(farm.state(job)).isEqualTo(TaskState.HELD);
            assertThat(farm.farm.task(job).orElseThrow().reason()).isEqualTo("preview");
            var held = farm.farm.task(farm.named(job, "f1002")).orElseThrow();
            assertThat(new Why(farm.database).reasons(held))
                    .containsExactly(
                            "its job's previews are looked at first: `aque release " + held.id() + "` lets it start");
            farm.broker.release(List.of(job));
            assertThat(farm.acquire(worker, 20)).hasSize(4);
            assertThat(farm.farm.task(job).orElseThrow().reason()).isEmpty();
        }
    }
}
