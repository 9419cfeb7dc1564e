package aque.desktop.log;

import aque.desktop.log.LogSelection.Caret;
import aque.log.LogPlace;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Text that is selected in a log: from one character of one line to another of the same or another line. It stays
/// with its lines while the log is paged. Immutable.
///
/// @param anchor where it was begun; `head` where it is extended to
record LogSelection(Caret anchor, Caret head) {

    /// A place between two characters of a line.
    record Caret(LogPlace line, int column) implements Comparable<Caret> {
        private static final Comparator<Caret> ORDER =
                Comparator.comparing(Caret::line).thenComparingInt(Caret::column);

        @Override
        public int compareTo(Caret other) {
            return ORDER.compare(this, other);
        }
    }

    boolean isEmpty() {
        return anchor.equals(head);
    }

    /// The first selected column of a line.
    int from(LogLine line) {
        return first().line().equals(line.place()) ? first().column() : 0;
    }

    /// The column behind the last selected one, of a line of so many characters.
    int to(LogLine line, int length) {
        return last().line().equals(line.place()) ? Math.min(last().column(), length) : length;
    }

    boolean touches(LogLine line) {
        return line.place().compareTo(first().line()) >= 0 && line.place().compareTo(last().line()) <= 0;
    }

    /// What is selected, of the lines that are in memory.
    String text(List<LogLine> lines) {
        return lines.stream()
                .filter(this::touches)
                .map(line -> {
                    var text = line.text();
                    int from = Math.min(from(line), text.length());
                    return text.substring(from, Math.max(from, to(line, text.length())));
                })
                .collect(Collectors.joining("\n"));
    }

    private Caret first() {
        return anchor.compareTo(head) <= 0 ? anchor : head;
    }

    private Caret last() {
        return anchor.compareTo(head) <= 0 ? head : anchor;
    }
}
