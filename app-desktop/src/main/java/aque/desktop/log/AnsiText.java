package aque.desktop.log;

import aque.log.Ansi;
import java.util.ArrayList;
import java.util.List;

/// Terminal colours in a line: spans of one colour each; every other escape sequence is left out. Pure.
final class AnsiText {
    /// No colour of its own.
    static final int USUAL = -1;

    /// Added to a colour that is given by red, green and blue.
    static final int EXACT = 1 << 24;

    private static final int[] STEPS = {0, 95, 135, 175, 215, 255};

    private AnsiText() {}

    /// Text in one colour: `USUAL`, 0 to 15 as terminals number them, or `EXACT` plus 0xRRGGBB.
    record Span(String text, int colour, boolean strong) {}

    static List<Span> spans(String raw) {
        if (raw.indexOf('\u001b') < 0) {
            return List.of(new Span(raw, USUAL, false));
        }
        var spans = new ArrayList<Span>();
        var pen = new Pen(USUAL, false);
        int from = 0;
        var escape = Ansi.ESCAPE.matcher(raw);
        while (escape.find()) {
            if (escape.start() > from) {
                spans.add(new Span(raw.substring(from, escape.start()), pen.colour(), pen.strong()));
            }
            if (escape.group(1) != null) {
                pen = pen.after(numbers(escape.group(1)));
            }
            from = escape.end();
        }
        if (from < raw.length()) {
            spans.add(new Span(raw.substring(from), pen.colour(), pen.strong()));
        }
        return spans;
    }

    private static int[] numbers(String codes) {
        return java.util.Arrays.stream(codes.split("[;:]", -1))
                .mapToInt(code -> code.isEmpty() || code.length() > 3 ? 0 : Integer.parseInt(code))
                .toArray();
    }

    private record Pen(int colour, boolean strong) {

        Pen after(int[] codes) {
            var pen = this;
            for (int i = 0; i < codes.length; i++) {
                int code = codes[i];
                if ((code == 38 || code == 48) && i + 1 < codes.length) {
                    int length = codes[i + 1] == 5 ? 2 : 4;
                    pen = code == 38 ? pen.in(exact(codes, i)) : pen;
                    i += length;
                } else {
                    pen = pen.after(code);
                }
            }
            return pen;
        }

        private Pen after(int code) {
            if (code == 0) {
                return new Pen(USUAL, false);
            }
            if (code == 1 || code == 22) {
                return new Pen(colour, code == 1);
            }
            if (code >= 30 && code <= 37) {
                return in(code - 30);
            }
            if (code >= 90 && code <= 97) {
                return in(code - 90 + 8);
            }
            return code == 39 ? in(USUAL) : this;
        }

        private Pen in(int now) {
            return new Pen(now, strong);
        }

        /// `38;5;N` or `38;2;R;G;B` at `i`.
        private int exact(int[] codes, int i) {
            if (codes[i + 1] == 5 && i + 2 < codes.length) {
                return indexed(codes[i + 2] & 0xff);
            }
            if (codes[i + 1] == 2 && i + 4 < codes.length) {
                return EXACT + ((codes[i + 2] & 0xff) << 16) + ((codes[i + 3] & 0xff) << 8) + (codes[i + 4] & 0xff);
            }
            return colour;
        }

        private static int indexed(int index) {
            if (index < 16) {
                return index;
            }
            if (index >= 232) {
                int grey = 8 + 10 * (index - 232);
                return EXACT + (grey << 16) + (grey << 8) + grey;
            }
            int cube = index - 16;
            return EXACT + (STEPS[cube / 36] << 16) + (STEPS[cube / 6 % 6] << 8) + STEPS[cube % 6];
        }
    }
}
