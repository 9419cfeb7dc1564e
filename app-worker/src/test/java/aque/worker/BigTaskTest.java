package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// It takes a beat of five seconds: a worker looks no sooner whether it lets something big pass.
final class BigTaskTest {
    private static final int FLOOD = 60;

    @Test
    void aTaskOfTheWholeMachineHasItsTurnAmongAStreamOfSmallOnes() throws IOException {
        try (var farm = new TestFarm("aque.patience=0");
                var worker = new RunningWorker(farm, "node1", 2, WorkerOptions.Mode.FOREVER)) {
            worker.running(farm.submit(sleeper("first", "0.7", -1)));
            worker.running(farm.submit(sleeper("second", "1", -1)));
            var big = farm.submit(sleeper("big", "0", -1).withNeeds(Needs.ONE_CPU.withCpu(2000)));
            var flood = new ArrayList<>(List.of(TestFarm.group("flood", -1)));
            for (var i = 0; i < FLOOD; i++) {
                flood.add(sleeper("small " + i, "0.4", 0));
            }
            var job = farm.submit(flood.toArray(NewTask[]::new));
            assertThat(worker.ended(big).state()).isEqualTo(TaskState.SUCCESS);
            assertThat(farm.state(job).ended()).as("the flood has not gone by").isFalse();
        }
    }

    private static NewTask sleeper(String name, String seconds, int parent) {
        var work = new Work.Command(List.of("sleep", seconds));
        return new NewTask(name, work, parent, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE);
    }
}
