package aque.process;

import static aque.process.Commands.launch;
import static aque.process.Commands.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.task.TaskId;
import aque.testing.Repeated;
import aque.usage.UsageSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What trees of processes are said to use.
@Timeout(60)
final class UsageTest {
    private static Processes processes;

    @BeforeAll
    static void startKeeper() throws IOException {
        processes = Processes.start("measured");
    }

    @AfterAll
    static void close() {
        processes.close();
    }

    @Repeated
    void twoBusyProcessesInSessionsOfTheirOwnAreBothCounted() throws Exception {
        String busy = "sh -c 'ulimit -t 1; while :; do :; done'";
        ChildProcess child = processes.start(
                shell(Commands.NOWHERE, "setsid " + busy + " & setsid -f " + busy + "; wait; exec sleep 999"));
        await().until(() -> child.sample().processes() == 3);

        List<Integer> cpu = new ArrayList<>();
        await().atMost(Duration.ofSeconds(50)).until(() -> {
            UsageSample sample = child.sample();
            cpu.add(sample.cpuMilli());
            return sample.processes() == 1;
        });
        child.kill(Duration.ZERO).get(5, TimeUnit.SECONDS);

        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(cpu)
                .allSatisfy(milli -> assertThat(milli).isBetween(0, 1500 * cores))
                .anyMatch(milli -> milli > 0);
        assertThat(child.exit().get(5, TimeUnit.SECONDS).cpuMillis())
                .as("one second of a child, and of nobody's child what was seen of its second before it died")
                .isBetween(1100L, 3000L);
    }

    @Repeated
    void sampleTellsTaskMemoryAndStorage(@TempDir Path folder) throws Exception {
        Captured output = new Captured();
        ChildProcess child = processes.start(shell(
                output,
                "dd if=/dev/zero of='%s' bs=1M count=20 2>/dev/null; echo done; sleep 999"
                        .formatted(folder.resolve("f"))));
        await().until(() -> output.stdout().equals("done\n"));

        UsageSample sample = child.sample();

        assertThat(sample.task()).isEqualTo(new TaskId(7));
        assertThat(sample.attempt()).isEqualTo(2);
        assertThat(sample.processes()).isBetween(1, 2);
        assertThat(sample.memory()).isBetween(100_000L, 100_000_000L);
        assertThat(sample.detail().threads()).isEqualTo(sample.processes());
        assertThat(sample.detail().share()).isBetween(10_000L, 100_000_000L);
        assertThat(sample.writeBytes()).isBetween(19L << 20, 22L << 20);
        child.kill(Duration.ZERO).get(5, TimeUnit.SECONDS);
    }

    @Repeated
    void processorTimeOfAChildThatNobodySampledIsKnownAtTheEnd() throws Exception {
        ChildProcess child =
                processes.start(launch(Commands.NOWHERE, "sh", "-c", "timeout 0.5 sh -c 'while :; do :; done'; :"));

        assertThat(child.exit().get(20, TimeUnit.SECONDS).cpuMillis()).isBetween(50L, 2000L);
    }

    @Repeated
    void peakIsTheLargeProcessesAndNotTheKeepers() throws Exception {
        ChildProcess large =
                processes.start(shell(Commands.NOWHERE, "head -c 200M /dev/zero | tail -c 200M >/dev/null"));
        ChildProcess small = processes.start(launch(Commands.NOWHERE, "true"));

        assertThat(large.exit().get(30, TimeUnit.SECONDS).peakMemory()).isBetween(190L << 20, 400L << 20);
        assertThat(small.exit().get(30, TimeUnit.SECONDS).peakMemory()).isLessThan(20L << 20);
    }
}
