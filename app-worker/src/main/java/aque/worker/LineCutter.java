package aque.worker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Cuts bytes into lines at LF, CR and CRLF. A line longer than the limit is passed over, for no directive is that
/// long.
/// One thread.
final class LineCutter {
    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    LineCutter(int limit) {
        this.limit = limit;
    }

    void add(byte[] piece, Consumer<String> onLine) {
        var from = 0;
        for (var i = 0; i < piece.length; i++) {
            if (piece[i] == '\n' || piece[i] == '\r') {
                keep(piece, from, i);
                end(onLine);
                from = i + 1;
            }
        }
        keep(piece, from, piece.length);
    }

    /// The beginning of a line whose end has not come.
    byte[] rest() {
        return line.toByteArray();
    }

    private void keep(byte[] piece, int from, int to) {
        if (tooLong || line.size() + to - from > limit) {
            tooLong = true;
            line.reset();
            return;
        }
        line.write(piece, from, to - from);
    }

    void end(Consumer<String> onLine) {
        if (line.size() > 0) {
            onLine.accept(line.toString(StandardCharsets.UTF_8));
        }
        line.reset();
        tooLong = false;
    }
}
