package aque.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProcStatTest {
    private static ProcStat parse(String line) {
        var bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return ProcStat.parse(bytes, bytes.length);
    }

    @Test
    void aNameMayHoldWhateverALineOfTheKernelsHolds() {
        var stat =
                parse("4711 (a) Z 1 2 (b 7) S 10 20 30 34816 -1 4194304 1 2 3 4 500 60 7000 800 20 0 12 0 999 1 3 9\n");

        assertThat(stat)
                .isEqualTo(
                        new ProcStat(new ProcessId(4711, 999), false, 10, 20, 30, 560, 7800, 3 * Proc.pageSize(), 12));
    }

    @Test
    void oneThatHasEndedAndWasNotWaitedForIsAZombie() {
        assertThat(parse("5 (x) Z 1 5 5 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 7 0 0\n")
                        .zombie())
                .isTrue();
    }

    @Test
    void whatThisProcessIsIsWhatTheJdkSays() {
        var self = ProcessHandle.current();
        var stat = Proc.of(self.pid()).orElseThrow();

        assertThat(stat.id()).isEqualTo(Proc.self());
        assertThat((long) stat.parent())
                .isEqualTo(self.parent().map(ProcessHandle::pid).orElse(0L));
        assertThat(stat.memory()).isBetween(20L << 20, 8L << 30);
    }
}
