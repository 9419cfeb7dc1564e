package aque.process;

import static aque.process.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import aque.posix.Proc;
import aque.posix.ProcStat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a worker does while its tasks do nothing.
@Timeout(120)
final class IdleTest {

    @Test
    void childLivesOnForAMinuteWhileTheKeeperSleeps() throws Exception {
        try (Processes processes = Processes.start("idle")) {
            ChildProcess child = processes.start(launch(Commands.NOWHERE, "sleep", "999"));
            ProcStat main = Proc.of(child.pid()).orElseThrow();
            long before = Proc.of(main.parent()).orElseThrow().ticks();

            TimeUnit.SECONDS.sleep(61);

            assertThat(Proc.alive(main.id())).isTrue();
            assertThat(child.exit()).isNotDone();
            assertThat(Proc.of(main.parent()).orElseThrow().ticks() - before)
                    .as("hundredths of a second of the keeper in a minute")
                    .isLessThan(30);
        }
    }

    @Test
    void sixtyFourChildrenNeedNoMoreThreadsThanOne() throws Exception {
        try (Processes processes = Processes.start("wide")) {
            List<ChildProcess> children =
                    new ArrayList<>(List.of(processes.start(launch(Commands.NOWHERE, "sleep", "999"))));
            long few = platformThreads();
            for (int i = 0; i < 63; i++) {
                children.add(processes.start(launch(Commands.NOWHERE, "sleep", "999")));
            }

            assertThat(processes.running()).hasSize(64);
            assertThat(platformThreads()).isEqualTo(few);
            for (ChildProcess child : children) {
                child.kill(Duration.ZERO).get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static long platformThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("aque-"))
                .count();
    }
}
