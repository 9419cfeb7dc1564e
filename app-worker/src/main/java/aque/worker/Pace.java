package aque.worker;

import aque.usage.UsageSample;
import java.util.Optional;

/// How often one task is looked at: in every round while it does something, in every second and then every fourth while
/// it sleeps. Immutable.
///
/// @param last the sample before
/// @param every in which rounds
record Pace(Optional<UsageSample> last, int every) {
    static final Pace FIRST = new Pace(Optional.empty(), 1);
    /// Eight seconds: no one waits longer to see a task awake, or to hear that it uses too much memory.
    private static final int SELDOM = 4;
    /// A hundredth of a core.
    private static final int QUIET_CPU = 10;
    /// A hundredth of its memory.
    private static final int QUIET_MEMORY = 100;

    boolean isDue(long round) {
        return round % every == 0;
    }

    Pace after(UsageSample now) {
        var quiet = last.filter(before -> isQuiet(before, now)).isPresent();
        return new Pace(Optional.of(now), quiet ? Math.min(2 * every, SELDOM) : 1);
    }

    private static boolean isQuiet(UsageSample before, UsageSample now) {
        return now.cpuMilli() < QUIET_CPU
                && Math.abs(now.memory() - before.memory()) <= before.memory() / QUIET_MEMORY
                && now.readBytes() == before.readBytes()
                && now.writeBytes() == before.writeBytes()
                && now.processes() == before.processes();
    }
}
