package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.db.Database;
import aque.log.Channel;
import aque.log.LogStore;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tasks that are functions of this JVM.
final class CurrentTaskTest {
    private final TestFarm farm = new TestFarm();

    @AfterEach
    void close() {
        farm.close();
    }

    private TaskId submit(String... words) {
        return farm.submit(new NewTask(
                words[0],
                new Work.Command(List.of(words)),
                -1,
                List.of(),
                InProcessWorker.needs(words[0]),
                0,
                TaskOptions.NONE));
    }

    private TaskState ended(TaskId id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> farm.state(id).ended());
        return farm.state(id);
    }

    private String text(TaskId id, Channel channel) {
        return new LogStore(farm.database)
                .read(id, 1, 0, 1 << 20).chunks().stream()
                        .filter(c -> c.channel() == channel)
                        .map(c -> new String(c.data(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
    }

    private InProcessWorker worker(Database database, InProcessWorker.Function function) {
        return new InProcessWorker(database, "jvm", 2, Map.of("greet", function));
    }

    @Repeated
    void twoThatPrintAtOnceHaveEachItsOwnOutput() {
        var both = new CyclicBarrier(2);
        var one = submit("greet", "one");
        var two = submit("greet", "two");
        try (var database = Database.pooled(farm.address, "test", 4);
                var worker = worker(database, claim -> {
                    var task = CurrentTask.get();
                    for (var i = 0; i < 100; i++) {
                        if (i % 50 == 0) {
                            both.await();
                        }
                        task.out().println(task.words().getFirst() + " " + i);
                    }
                    task.progress(50);
                    task.result(task.words().getFirst());
                })) {
            assertThat(worker.name()).isEqualTo("jvm");
            for (var id : List.of(one, two)) {
                assertThat(ended(id)).isEqualTo(TaskState.SUCCESS);
            }
        }
        for (var pair : Map.of("one", one, "two", two).entrySet()) {
            assertThat(text(pair.getValue(), Channel.STDOUT).lines())
                    .hasSize(100)
                    .allMatch(l -> l.startsWith(pair.getKey()));
            assertThat(text(pair.getValue(), Channel.RESULT)).isEqualTo(pair.getKey() + "\n");
            assertThat(text(pair.getValue(), Channel.PROGRESS)).isEqualTo("50.0\n");
        }
    }

    @Test
    void whatItThrowsIsInItsOutputAndOutsideOfATaskThereIsNone() {
        var id = submit("greet", "nobody");
        try (var database = Database.pooled(farm.address, "test", 4);
                var worker = worker(database, claim -> {
                    throw new BrokenBarrierException("no " + CurrentTask.get().words());
                })) {
            assertThat(worker.name()).isEqualTo("jvm");
            assertThat(ended(id)).isEqualTo(TaskState.ERROR);
        }
        assertThat(text(id, Channel.STDERR)).contains("BrokenBarrierException: no [nobody]", "\tat ");
        assertThat(farm.farm.task(id).orElseThrow().reason()).isEqualTo("exception");
        assertThat(CurrentTask.find()).isEmpty();
    }
}
