package aque.desktop.query;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Times as people type them: `90s`, `5m`, `1h`, `2d`, `1w` ago, a clock `02:00` (the last one), a day `2026-11-20`.
final class Times {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})\\s*([smhdw])");

    private Times() {}

    static Optional<Duration> ago(String value) {
        var match = AGO.matcher(value.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return Optional.empty();
        }
        long n = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "s" -> Duration.ofSeconds(n);
                    case "m" -> Duration.ofMinutes(n);
                    case "h" -> Duration.ofHours(n);
                    case "d" -> Duration.ofDays(n);
                    default -> Duration.ofDays(7 * n);
                });
    }

    /// The moment that a clock time or a day means; a clock that has not struck yet today struck yesterday.
    static Optional<Instant> moment(String value, Instant now, ZoneId zone) {
        try {
            if (value.contains(":")) {
                var clock = LocalTime.parse(value.indexOf(':') == 1 ? "0" + value : value);
                var today = now.atZone(zone).with(clock);
                return Optional.of((today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant());
            }
            return Optional.of(LocalDate.parse(value).atStartOfDay(zone).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
