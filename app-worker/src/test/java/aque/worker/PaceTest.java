package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.TaskId;
import aque.usage.UsageSample;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static UsageSample sample(int cpuMilli, long memory, long written) {
        return new UsageSample(new TaskId(1), 1, Instant.EPOCH, cpuMilli, memory, 0, written, 1);
    }

    private static final UsageSample ASLEEP = sample(0, 1000, 0);

    private static Pace after(UsageSample... samples) {
        var pace = Pace.FIRST;
        for (var sample : samples) {
            pace = pace.after(sample);
        }
        return pace;
    }

    private static long looks(Pace pace) {
        return LongStream.range(0, 8).filter(pace::isDue).count();
    }

    @Test
    void aTaskThatSleepsIsLookedAtLessAndLess() {
        assertThat(looks(after(ASLEEP))).isEqualTo(8);
        assertThat(looks(after(ASLEEP, ASLEEP))).isEqualTo(4);
        assertThat(looks(after(ASLEEP, ASLEEP, ASLEEP))).isEqualTo(2);
        assertThat(looks(after(ASLEEP, ASLEEP, ASLEEP, ASLEEP, ASLEEP))).isEqualTo(2);
    }

    @Test
    void aTaskThatDoesAnythingIsLookedAtInEveryRoundAgain() {
        for (var awake : new UsageSample[] {sample(500, 1000, 0), sample(0, 2000, 0), sample(0, 1000, 1)}) {
            assertThat(looks(after(ASLEEP, ASLEEP, ASLEEP, awake))).isEqualTo(8);
        }
    }
}
