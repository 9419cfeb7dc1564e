package aque.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalTime;

/// Hours of each day, by a machine's own clock; over midnight when they end before they begin. Pure.
public record Hours(LocalTime from, LocalTime to) {
    /// `19:00-08:00`.
    ///
    /// @throws IllegalArgumentException with a sentence
    @JsonCreator
    public static Hours parse(String text) {
        var part = text.split("-", -1);
        try {
            if (part.length == 2) {
                return new Hours(LocalTime.parse(part[0].strip()), LocalTime.parse(part[1].strip()));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("hours are like 19:00-08:00, not " + text, e);
        }
        throw new IllegalArgumentException("hours are like 19:00-08:00, not " + text);
    }

    public boolean contains(LocalTime time) {
        var after = !time.isBefore(from);
        var before = time.isBefore(to);
        return from.isBefore(to) ? after && before : after || before;
    }

    @Override
    @JsonValue
    public String toString() {
        return from + "-" + to;
    }
}
