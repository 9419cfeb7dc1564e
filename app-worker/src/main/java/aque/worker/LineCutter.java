package aque.worker;

import aque.progress.Words;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Cuts bytes into lines at LF, CR and CRLF, and gives on those that hold what is looked for. Of neighbours in one
/// piece
/// that only tell how far a tool is, and in the same words, it gives the last: a flood has hundreds of thousands a
/// second. A line longer than the limit is passed over, for no directive is that long. One thread.
final class LineCutter {
    private final int limit;
    /// The beginning of a line of which there is more to come.
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private boolean tooLong;
    private Words words = Words.NONE;
    private int state;
    private long found;

    LineCutter(int limit) {
        this.limit = limit;
    }

    /// A line within a piece.
    private record Span(int from, int to, long found) {
        private static final Span NONE = new Span(0, 0, 0);

        boolean saysNoMoreThan(Span after) {
            return found == after.found && (found & Words.ALWAYS) == 0;
        }

        void read(byte[] piece, Consumer<String> onLine) {
            if (to > from) {
                onLine.accept(new String(piece, from, to - from, StandardCharsets.UTF_8));
            }
        }
    }

    /// @param sought what a line holds that is worth giving
    void add(byte[] piece, Words sought, Consumer<String> onLine) {
        lookFor(sought);
        var last = Span.NONE;
        for (int from = 0, to; from < piece.length; from = to + 1) {
            to = scan(piece, from);
            if (to == piece.length || tooLong || line.size() > 0) {
                keep(piece, from, to);
                if (to < piece.length) {
                    end(onLine);
                }
            } else {
                if (found != 0) {
                    var span = new Span(from, to, found);
                    if (!last.saysNoMoreThan(span)) {
                        last.read(piece, onLine);
                    }
                    last = span;
                }
                begin();
            }
        }
        last.read(piece, onLine);
    }

    /// The beginning of a line whose end has not come.
    byte[] rest() {
        return line.toByteArray();
    }

    private void lookFor(Words sought) {
        if (sought != words) {
            words = sought;
            begin();
            scan(rest(), 0);
        }
    }

    private void begin() {
        state = 0;
        found = words.every();
    }

    /// Goes to the end of the line, or of the piece.
    private int scan(byte[] piece, int from) {
        var at = from;
        var now = state;
        var held = found;
        while (at < piece.length && piece[at] != '\n' && piece[at] != '\r') {
            now = words.step(now, piece[at++]);
            held |= words.at(now);
        }
        state = now;
        found = held;
        return at;
    }

    private void keep(byte[] piece, int from, int to) {
        if (tooLong || line.size() + to - from > limit) {
            tooLong = true;
            line.reset();
            return;
        }
        line.write(piece, from, to - from);
    }

    /// What has come is a line.
    void end(Consumer<String> onLine) {
        if (line.size() > 0 && found != 0) {
            onLine.accept(line.toString(StandardCharsets.UTF_8));
        }
        line.reset();
        tooLong = false;
        begin();
    }
}
