package aque.process;

import static aque.process.Commands.alive;
import static aque.process.Commands.marked;
import static aque.process.Commands.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import aque.keeper.Descendants;
import aque.posix.Proc;
import aque.posix.ProcStat;
import aque.posix.ProcessId;
import aque.posix.Signal;
import aque.testing.Repeated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// Workers and keepers that are killed without warning.
@Timeout(60)
final class DeathTest {
    /// Per child: the shell and three sleeps.
    private static final int STARTED = 3 * 4;

    private final String mark = UUID.randomUUID().toString();

    @AfterEach
    void leaveNothing() {
        Proc.all().stream().filter(this::isMarked).forEach(process -> Signal.send(process.id(), Signal.KILL));
    }

    @Repeated
    void childrenDieWithTheirWorker() throws Exception {
        Process worker = worker();
        ProcessId keeper = keeperOf(worker);

        worker.destroyForcibly();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(alive(mark)).isEmpty();
            assertThat(Proc.alive(keeper)).isFalse();
        });
    }

    @Repeated
    void whatOutlivedWorkerAndKeeperIsEndedByTheNextWorker() throws Exception {
        Process worker = worker();
        ProcessId keeper = keeperOf(worker);
        Signal.send(
                new ProcessId(
                        (int) worker.pid(),
                        Proc.of(worker.pid()).orElseThrow().id().start()),
                Signal.STOP);
        await().until(() -> isStopped(worker.pid()));
        Signal.send(keeper, Signal.KILL);
        worker.destroyForcibly().waitFor();
        await().until(() -> !Proc.alive(keeper));
        // A worker that begins on this machine just now, of another test, has been the next one already.
        assumeThat(alive(mark)).hasSize(STARTED);

        Processes.start("next").close();

        assertThat(alive(mark)).isEmpty();
    }

    /// Every thread of it: one that is not yet would see its keeper die, and end what that kept.
    private static boolean isStopped(long pid) throws IOException {
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var thread : threads) {
                if (!Files.readString(thread.resolve("stat")).contains(") T ")) {
                    return false;
                }
            }
            return true;
        }
    }

    @Repeated
    void childrenDieWithTheirKeeperAndTheNextStartBringsAnother() throws Exception {
        try (Processes processes = Processes.start("worker")) {
            Captured output = new Captured();
            ChildProcess child = processes.start(marked(
                    shell(output, "trap '' TERM; setsid sleep 999 & setsid -f sleep 999; echo up; sleep 999; :"),
                    mark));
            await().until(() -> output.stdout().equals("up\n"));
            ProcessId keeper = Proc.of(Proc.of(child.pid()).orElseThrow().parent())
                    .orElseThrow()
                    .id();

            Signal.send(keeper, Signal.KILL);

            Exit exit = child.exit().get(10, TimeUnit.SECONDS);
            assertThat(exit.keeperLost()).isTrue();
            assertThat(exit.code()).isEmpty();
            assertThat(exit.signal()).isEmpty();
            assertThat(alive(mark)).isEmpty();
            assertThat(processes
                            .start(shell(output, "echo again"))
                            .exit()
                            .get(10, TimeUnit.SECONDS)
                            .code())
                    .hasValue(0);
            assertThat(output.stdout()).isEqualTo("up\nagain\n");
        }
    }

    @Repeated
    void closingKillsEverything() throws Exception {
        Processes processes = Processes.start("worker");
        ChildProcess child = processes.start(marked(shell(Commands.NOWHERE, "setsid sleep 999 & sleep 999"), mark));

        processes.close();

        assertThat(alive(mark)).isEmpty();
        assertThat(child.exit().get(1, TimeUnit.SECONDS).signal()).isPresent();
        assertThat(processes.running()).isEmpty();
    }

    private boolean isMarked(ProcStat process) {
        return Proc.variable(process.pid(), "MARK").filter(mark::equals).isPresent();
    }

    private Process worker() throws IOException {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedWorker.class.getName(),
                        mark)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(worker.inputReader().readLine()).isEqualTo("started");
        await().until(() -> alive(mark).size() == STARTED);
        return worker;
    }

    private static ProcessId keeperOf(Process worker) {
        List<ProcStat> all = Proc.all();
        return Descendants.of((int) worker.pid(), all).getFirst().id();
    }
}
