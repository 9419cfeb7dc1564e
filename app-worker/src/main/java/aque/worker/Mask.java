package aque.worker;

import aque.session.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Lets one channel's bytes through without the secrets in them. While there are none every byte passes at once, but
/// for the beginning of a line that may name one; after that what passes is whole lines. One thread.
final class Mask {
    static final int LONGEST_LINE = 256 << 10;
    private static final String NAMES_ONE = "openjd_redacted_env";
    private static final byte[] TOO_LONG = (NAMES_ONE + ": ********").getBytes(StandardCharsets.UTF_8);

    private Secrets secrets = new Secrets();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    /// The beginning of the line is in `held`, or there is none yet.
    private boolean whole = true;
    /// The rest of the line names a secret that is too long to be understood.
    private boolean swallowing;

    /// From now on these are hidden.
    void hide(Secrets these) {
        secrets = these;
    }

    /// Takes a piece whose whole lines have been looked at for secrets.
    ///
    /// @return what may be shown now
    byte[] pass(byte[] piece) {
        if (held.size() == 0 && !swallowing && secrets.longest() == 0 && passesWhole(piece)) {
            return piece;
        }
        var out = new ByteArrayOutputStream();
        var from = 0;
        if (swallowing) {
            from = firstEnd(piece);
            swallowing = from == piece.length;
        }
        var rest = lastEnd(piece, from);
        if (rest > from) {
            held.write(piece, from, rest - from);
            out.writeBytes(secrets.hide(held.toByteArray()));
            held.reset();
            whole = true;
        }
        held.write(piece, rest, piece.length - rest);
        passUnfinished(out);
        return out.toByteArray();
    }

    /// Nothing is secret, and what begins its last line does not name a secret either.
    private boolean passesWhole(byte[] piece) {
        var rest = lastEnd(piece, 0);
        var begins = whole || rest > 0;
        if (begins && rest < piece.length && mayName(piece, rest)) {
            return false;
        }
        whole = begins && rest == piece.length;
        return true;
    }

    private void passUnfinished(ByteArrayOutputStream out) {
        if (held.size() == 0) {
            return;
        }
        var line = held.toByteArray();
        if (whole && mayName(line, 0)) {
            if (line.length > LONGEST_LINE) {
                out.writeBytes(TOO_LONG);
                held.reset();
                swallowing = true;
            }
        } else if (secrets.longest() == 0) {
            out.writeBytes(line);
            held.reset();
            whole = false;
        } else if (line.length > LONGEST_LINE) {
            passAllButTheLast(line, out);
        }
    }

    /// What may be the beginning of a secret is kept.
    private void passAllButTheLast(byte[] line, ByteArrayOutputStream out) {
        var shown = secrets.hide(line);
        var kept = Math.min(secrets.longest() - 1, shown.length);
        out.write(shown, 0, shown.length - kept);
        held.reset();
        held.write(shown, shown.length - kept, kept);
        whole = false;
    }

    /// What was taken and did not pass.
    byte[] held() {
        return held.toByteArray();
    }

    /// Whether what is held begins a line.
    boolean isWhole() {
        return whole;
    }

    /// Goes on where another one was.
    void restore(byte[] bytes, boolean beginsLine) {
        held.writeBytes(bytes);
        whole = beginsLine;
    }

    /// The last line has ended without a line break.
    byte[] end() {
        var out = secrets.hide(held.toByteArray());
        held.reset();
        whole = true;
        swallowing = false;
        return out;
    }

    private static boolean mayName(byte[] piece, int from) {
        var start = new String(piece, from, Math.min(piece.length - from, 256), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return start.startsWith(NAMES_ONE) || NAMES_ONE.startsWith(start);
    }

    private static boolean isEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    private static int firstEnd(byte[] piece) {
        var at = 0;
        while (at < piece.length && !isEnd(piece[at])) {
            at++;
        }
        return at;
    }

    /// After the last line end, `from` when there is none.
    private static int lastEnd(byte[] piece, int from) {
        var at = piece.length;
        while (at > from && !isEnd(piece[at - 1])) {
            at--;
        }
        return at;
    }
}
