package aque.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads durations, sizes and cpu counts as people write them (A54, A55).
final class Units {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d+)?)s?)?");
    private static final Pattern SIZE =
            Pattern.compile("(\\d+(?:\\.\\d+)?)([kMGTPEZY]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);

    private Units() {}

    /// `90s`, `5m`, `1h30m`, `2d`; a bare number is seconds.
    static Duration duration(String text) {
        var m = DURATION.matcher(text);
        if (text.isEmpty() || !m.matches()) {
            throw new UsageException("not a duration (90s, 5m, 1h30m, 2d): " + text);
        }
        var seconds = number(m.group(1)) * 86400 + number(m.group(2)) * 3600 + number(m.group(3)) * 60;
        var rest = m.group(4) == null ? 0 : Double.parseDouble(m.group(4));
        return Duration.ofMillis(Math.round((seconds + rest) * 1000));
    }

    private static long number(String group) {
        return group == null ? 0 : Long.parseLong(group);
    }

    /// `8G`, `1.5GiB`, `512M`: powers of 1024, in bytes.
    static long size(String text) {
        var m = SIZE.matcher(text);
        if (!m.matches()) {
            throw new UsageException("not a size (512M, 8G, 1.5GiB): " + text);
        }
        var power = " kmgtpezy".indexOf(m.group(2).isEmpty() ? " " : m.group(2).toLowerCase(Locale.ROOT));
        return Math.round(Double.parseDouble(m.group(1)) * Math.pow(1024, power));
    }

    /// `2`, `0.5`, or `/4` for a quarter of the executing machine (answers -4).
    static int cpuMilli(String text) {
        try {
            if (text.startsWith("/")) {
                var parts = Integer.parseInt(text.substring(1));
                if (parts > 0) {
                    return -parts;
                }
            } else {
                var milli = Math.round(Double.parseDouble(text) * 1000);
                if (milli >= 0 && milli < 10_000_000) {
                    return (int) milli;
                }
            }
        } catch (NumberFormatException e) {
            throw new UsageException("not a number of cpus (2, 0.5, /4): " + text);
        }
        throw new UsageException("not a number of cpus (2, 0.5, /4): " + text);
    }

    static int number(String what, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException("not a number for " + what + ": " + text);
        }
    }
}
