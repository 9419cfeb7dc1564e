package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.event.Hint;
import aque.event.Hints;
import aque.event.Listener;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;

/// A log that somebody looks at is told of when it grows, one that nobody looks at is not.
final class LogWatchTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Repeated
    void onlyWatchedLogsAreToldOf(@TempDir Path folder) throws Exception {
        try (var farm = new TestFarm();
                var worker = RunningWorker.of(farm);
                var ear = listen(farm)) {
            var watched = submit(farm, waitsFor(folder.resolve("one")));
            var other = submit(farm, waitsFor(folder.resolve("two")));
            worker.running(watched);
            worker.running(other);

            go(folder.resolve("two"));
            worker.ended(other);
            await("a hint").atMost(Duration.ofSeconds(20)).until(() -> {
                Hints.direct(farm.database).send(Hint.watch(watched));
                return heard.contains(watched.toString());
            });
            go(folder.resolve("one"));
            worker.ended(watched);
            assertThat(heard).contains(watched.toString()).doesNotContain(other.toString());
        }
    }

    private static String waitsFor(Path file) {
        return "until [ -e " + file + " ]; do echo line; sleep 0.05; done; echo last";
    }

    private static void go(Path file) throws IOException {
        Files.writeString(file, "go");
    }

    private Listener listen(TestFarm farm) throws InterruptedException {
        var up = new CountDownLatch(1);
        var ear = new Listener(farm.address, Set.of(Hint.Topic.LOG), hint -> heard.add(hint.detail()), up::countDown)
                .start();
        up.await();
        return ear;
    }

    private static TaskId submit(TestFarm farm, String script) {
        return farm.submit(new NewTask(
                "sh",
                new Work.Command(List.of("sh", "-c", script)),
                -1,
                List.of(),
                Needs.ONE_CPU,
                0,
                TaskOptions.NONE));
    }
}
