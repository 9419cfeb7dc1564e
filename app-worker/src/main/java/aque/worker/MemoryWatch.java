package aque.worker;

import aque.usage.UsageSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.stream.Collectors;

/// The memory of one task over its life: whether it uses more than it has reserved, and whether the kernel ended it
/// because the machine, or the group that it is in, had none left. Any thread.
final class MemoryWatch {
    private static final Path COUNTERS = Path.of("/proc/vmstat");
    private static final String KILLS = "oom_kill ";
    private static final int KEPT = 12;

    private final long reserved;
    private final ArrayDeque<UsageSample> curve = new ArrayDeque<>();
    private Instant begun = Instant.now();
    private long killsBefore;
    private boolean over;

    /// @param reserved bytes; 0 when the task has said nothing
    MemoryWatch(long reserved) {
        this.reserved = reserved;
    }

    /// A process of it is about to start.
    synchronized void begin() {
        killsBefore = kills();
        curve.clear();
        begun = Instant.now();
    }

    /// Takes a sample.
    ///
    /// @return whether this is the first one that is over what was reserved
    synchronized boolean isNowOver(UsageSample sample) {
        if (curve.size() == KEPT) {
            curve.remove();
        }
        curve.add(sample);
        var first = reserved > 0 && sample.memory() > reserved && !over;
        over |= first;
        return first;
    }

    /// After an end by KILL that nobody here has sent: whether the kernel has killed for want of memory meanwhile.
    synchronized boolean wasTheKernel() {
        return kills() > killsBefore;
    }

    /// What it used lately, for a person.
    synchronized String curve() {
        return curve.isEmpty()
                ? "it lived too shortly to be measured"
                : curve.stream().map(this::point).collect(Collectors.joining(", "));
    }

    private String point(UsageSample sample) {
        return Duration.between(begun, sample.at()).toSeconds() + " s: " + size(sample.memory());
    }

    /// Bytes as people say them.
    static String size(long bytes) {
        return bytes < 1L << 30
                ? (bytes >> 20) + " MiB"
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }

    private static long kills() {
        try (var lines = Files.lines(COUNTERS)) {
            return lines.filter(l -> l.startsWith(KILLS))
                    .mapToLong(l -> Long.parseLong(l.substring(KILLS.length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
