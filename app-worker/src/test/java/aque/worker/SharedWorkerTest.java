package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Broker;
import aque.db.Database;
import aque.db.SharedFarm;
import aque.event.Hints;
import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A real worker whose login has no right to any table, for an artist who may write none.
final class SharedWorkerTest {
    private static NewTask shell(String script, TaskOptions options) {
        return new NewTask(
                "sh", new Work.Command(List.of("sh", "-c", script)), -1, List.of(), Needs.ONE_CPU, 0, options);
    }

    private static TaskId submit(Database who, NewTask task) {
        return new Broker(who, Hints.direct(who), "ann")
                .submit(Submission.of("job", "ann", Path.of("/tmp"), List.of(task)))
                .id();
    }

    @Test
    void aWorkerWithoutRightsRunsWhatAnArtistSubmits() throws IOException {
        try (var farm = new TestFarm()) {
            SharedFarm.make(farm.address, List.of());
            try (var ann = Database.pooled(farm.login("ann", "aque_artist"), "aque-test", 2);
                    var worker = RunningWorker.as(farm, farm.login("node", "aque_worker"))) {
                var first = submit(ann, shell("echo hello; exit 0", TaskOptions.NONE));
                assertThat(worker.ended(first).state()).isEqualTo(TaskState.SUCCESS);
                assertThat(worker.text(first, Channel.STDOUT)).isEqualTo("hello\n");
                var second = submit(ann, shell("cat; exit 3", TaskOptions.NONE.withPipeFrom(first.value())));
                assertThat(worker.ended(second).exitCode()).hasValue(3);
                assertThat(worker.text(second, Channel.STDOUT)).isEqualTo("hello\n");
                var third = submit(ann, shell("sleep 60", TaskOptions.NONE));
                worker.running(third);
                new Broker(ann, Hints.direct(ann), "ann").kill(List.of(third));
                assertThat(worker.ended(third).state()).isEqualTo(TaskState.KILLED);
            }
        }
    }
}
