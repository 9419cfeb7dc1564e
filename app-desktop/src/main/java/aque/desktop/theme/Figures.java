package aque.desktop.theme;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Figures as people read them. Pure.
public final class Figures {
    /// What stands where there is no figure.
    public static final String NONE = "—";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    private Figures() {}

    /// A duration as `m:ss` or `h:mm:ss`.
    public static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 3600) {
            return "%d:%02d".formatted(seconds / 60, seconds % 60);
        }
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /// An age in its largest unit: `4 s`, `12 m`, `3 h`, `9 d`.
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " m";
        }
        return seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    /// Bytes in powers of 1024 with one decimal.
    public static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        var number = unit == 0 || size == Math.rint(size) ? "%.0f" : "%.1f";
        return (number + " %s").formatted(size, UNITS[unit]);
    }

    /// Thousandths of a core as cores: `8`, `0.5`, `2.25`.
    public static String cores(int cpuMilli) {
        return new java.math.BigDecimal(cpuMilli)
                .movePointLeft(3)
                .stripTrailingZeros()
                .toPlainString();
    }

    /// A count with its thousands apart.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// Percent without decimals; 100 only when it is all.
    public static String percent(double percent) {
        return (int) Math.floor(percent) + " %";
    }

    /// The time of day, in this machine's zone.
    public static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /// The time of day without its seconds, in this machine's zone.
    public static String minute(Instant at) {
        return MINUTE.format(at.atZone(ZoneId.systemDefault()));
    }

    /// The day alone, in this machine's zone: `21 Nov`.
    public static String day(Instant at) {
        return DAY.format(at.atZone(ZoneId.systemDefault()));
    }

    /// When, no longer than needed: the time of day for today, else the day and the minute.
    public static String moment(Instant at, Instant now) {
        return day(at).equals(day(now)) ? clock(at) : day(at) + " " + minute(at);
    }

    /// Date and time, in this machine's zone.
    public static String exact(Instant at) {
        return EXACT.format(at.atZone(ZoneId.systemDefault()));
    }
}
