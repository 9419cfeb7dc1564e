package aque.process;

import static aque.process.Commands.NOWHERE;
import static aque.process.Commands.alive;
import static aque.process.Commands.marked;
import static aque.process.Commands.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.task.TaskId;
import aque.testing.Repeated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A worker that is replaced while its tasks run on.
@Timeout(60)
final class HandOverTest {

    @Repeated
    void nextWorkerGetsTheRestOfTheOutputAndTheExit(@TempDir Path folder) throws Exception {
        Captured before = new Captured();
        Captured after = new Captured();
        Processes old = Processes.start("worker");
        String wait = "while [ ! -e '%s' ]; do sleep 0.01; done;".formatted(folder.resolve("go"));
        ChildProcess child = old.start(shell(before, "echo one; " + wait + " echo two; exit 9"));
        await().until(() -> before.stdout().equals("one\n"));

        Path keeper = old.handOver();
        Files.createFile(folder.resolve("go"));
        try (Processes next = Processes.takeOver("worker", keeper, (task, attempt) -> after)) {
            assertThat(next.inherited()).singleElement().satisfies(adopted -> {
                assertThat(adopted.task()).isEqualTo(new TaskId(7));
                assertThat(adopted.attempt()).isEqualTo(2);
                assertThat(adopted.pid()).isEqualTo(child.pid());
            });
            ChildProcess adopted = next.inherited().getFirst();
            assertThat(adopted.exit().get(10, TimeUnit.SECONDS).code()).hasValue(9);
            assertThat(next.start(shell(after, "echo new"))
                            .exit()
                            .get(10, TimeUnit.SECONDS)
                            .code())
                    .hasValue(0);
        }

        assertThat(before.stdout()).isEqualTo("one\n");
        assertThat(after.stdout()).isEqualTo("two\nnew\n");
        assertThat(child.exit()).isNotDone();
    }

    @Repeated
    void whatEndedMeanwhileIsToldWithItsOutput(@TempDir Path folder) throws Exception {
        Captured after = new Captured();
        Processes old = Processes.start("worker");
        String wait = "while [ ! -e '%s' ]; do sleep 0.01; done;".formatted(folder.resolve("go"));
        ChildProcess child = old.start(shell(NOWHERE, wait + " echo late; echo too late >&2; kill -USR1 $$"));

        Path keeper = old.handOver();
        Files.createFile(folder.resolve("go"));
        await().until(() -> ProcessHandle.of(child.pid()).isEmpty());

        try (Processes next = Processes.takeOver("worker", keeper, (task, attempt) -> after)) {
            Exit exit = next.inherited().getFirst().exit().get(10, TimeUnit.SECONDS);
            assertThat(exit.signal()).hasValue(10);
        }
        assertThat(after.stdout()).isEqualTo("late\n");
        assertThat(after.stderr()).isEqualTo("too late\n");
    }

    @Repeated
    void nextWorkerKillsTheWholeTreeOfWhatItTookOver() throws Exception {
        String mark = UUID.randomUUID().toString();
        Processes old = Processes.start("worker");
        old.start(marked(shell(NOWHERE, "setsid sleep 999 & setsid -f sleep 999; sleep 999"), mark));
        await().until(() -> alive(mark).size() == 4);

        try (Processes next = Processes.takeOver("worker", old.handOver(), (task, attempt) -> NOWHERE)) {
            ChildProcess child = next.inherited().getFirst();
            child.kill(Duration.ofSeconds(10)).get(10, TimeUnit.SECONDS);

            assertThat(alive(mark)).isEmpty();
            assertThat(child.exit().get(10, TimeUnit.SECONDS).signal()).hasValue(15);
        }
    }
}
