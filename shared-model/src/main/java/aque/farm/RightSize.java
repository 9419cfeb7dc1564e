package aque.farm;

import aque.schedule.Fit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// What the tasks of one step have asked for, and what those that succeeded have used. Pure.
///
/// @param step whose tasks they are
/// @param cpuMilli asked for, thousandths of a core; `memory` in bytes
/// @param peak the most memory that one has used, bytes
/// @param busyMilli cores that they kept busy on average, thousandths
/// @param tasks how many were looked at
record RightSize(String step, int cpuMilli, long memory, long peak, int busyMilli, int tasks) {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    /// Memory that is less than this beyond what is used holds nobody up.
    private static final long SPARE = 512 * MIB;
    /// What is suggested is so much more than the most that was used, rounded up.
    private static final double MARGIN = 1.2;

    private static final long ROUND = 256 * MIB;

    /// A sentence when they ask for much more than they use, or for less.
    Optional<String> hint() {
        var parts = new ArrayList<String>();
        var wish = (long) Math.ceil(peak * MARGIN / ROUND) * ROUND;
        if (memory > 0 && (memory >= 2 * wish && memory - wish > SPARE || peak > memory)) {
            parts.add(
                    "asked for " + size(memory) + " and used " + size(peak) + " at most: --memory " + wish / MIB + "M");
        }
        if (cpuMilli >= 2000 && busyMilli > 0 && 2 * busyMilli <= cpuMilli) {
            var cores = Math.max(1, (busyMilli + 999) / 1000);
            parts.add("asked for " + Fit.cpus(cpuMilli) + " cpus and kept "
                    + String.format(Locale.ROOT, "%.1f", busyMilli / 1000.0) + " busy: --cpus " + cores);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(step + " " + String.join("; ", parts));
    }

    private static String size(long bytes) {
        return bytes >= GIB
                ? String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB).replace(".0 ", " ")
                : bytes / MIB + " MiB";
    }
}
