package aque.desktop.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Terminal colours in a line: spans with a class name each; every other escape sequence is left out. Pure.
final class AnsiText {
    private static final Pattern ESCAPE = Pattern.compile(
            "\u001b(?:\\[([0-9;]*)m|\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|.)");
    private static final String[] COLOURS = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};

    private AnsiText() {}

    /// Text in one colour; `style` is "" for the usual one.
    record Span(String text, String style) {}

    static String plain(String raw) {
        return raw.indexOf('\u001b') < 0 ? raw : ESCAPE.matcher(raw).replaceAll("");
    }

    static List<Span> spans(String raw) {
        if (raw.indexOf('\u001b') < 0) {
            return List.of(new Span(raw, ""));
        }
        var spans = new ArrayList<Span>();
        var style = "";
        int from = 0;
        var escape = ESCAPE.matcher(raw);
        while (escape.find()) {
            if (escape.start() > from) {
                spans.add(new Span(raw.substring(from, escape.start()), style));
            }
            if (escape.group(1) != null) {
                style = style(escape.group(1), style);
            }
            from = escape.end();
        }
        if (from < raw.length()) {
            spans.add(new Span(raw.substring(from), style));
        }
        return spans;
    }

    private static String style(String codes, String before) {
        var style = before;
        for (var code : codes.isEmpty() ? new String[] {"0"} : codes.split(";")) {
            int number = code.isEmpty() || code.length() > 3 ? 0 : Integer.parseInt(code);
            if (number == 0 || number == 39) {
                style = "";
            } else if (number >= 30 && number <= 37) {
                style = "ansi-" + COLOURS[number - 30];
            } else if (number >= 90 && number <= 97) {
                style = "ansi-" + COLOURS[number - 90];
            }
        }
        return style;
    }
}
