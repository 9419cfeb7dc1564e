package aque.cli;

import java.time.Duration;

/// Text on its way to a terminal.
final class Text {
    private Text() {}

    /// Control characters, ANSI escapes among them, shown as `?` (P3).
    static String clean(String s) {
        return s.replaceAll("\\p{Cntrl}", "?");
    }

    /// At most so many characters, the end cut off.
    static String shorter(String s, int length) {
        return s.length() <= length ? s : s.substring(0, length - 1) + "…";
    }

    /// `1:02:03`: hours, minutes, seconds.
    static String clock(Duration d) {
        return String.format("%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
    }
}
