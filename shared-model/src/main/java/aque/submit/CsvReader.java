package aque.submit;

import java.util.ArrayList;
import java.util.List;

/// Reads a table of comma-separated values as RFC 4180 and spreadsheets write it: quotes around a cell hold it
/// together, commas, line ends and blanks at its edges included, and are doubled inside; elsewhere a quote is a letter
/// like any other. A line of names without a comma may have `;` or tabs between them. Pure.
final class CsvReader {
    private static final String SEPARATORS = ",;\t";

    /// @param line where it starts, from 1
    record Row(int line, List<String> cells) {
        private boolean isBlank() {
            return cells.size() == 1 && cells.getFirst().isEmpty();
        }
    }

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    private CsvReader(String text) {
        this.text = text;
        separator = separator(text.lines().findFirst().orElse(""));
    }

    private static char separator(String names) {
        return (char) SEPARATORS
                .chars()
                .filter(s -> names.indexOf(s) >= 0)
                .findFirst()
                .orElse(',');
    }

    /// All rows that are not blank.
    ///
    /// @throws SubmitException `LINE: what is wrong` for a quote that does not end
    static List<Row> rows(String text) {
        var reader = new CsvReader(text);
        var out = new ArrayList<Row>();
        while (reader.at < text.length()) {
            var row = reader.row();
            if (!row.isBlank()) {
                out.add(row);
            }
        }
        return out;
    }

    private Row row() {
        var start = line;
        var cells = new ArrayList<String>();
        cells.add(cell());
        while (isNext(separator)) {
            at++;
            cells.add(cell());
        }
        endLine();
        return new Row(start, cells);
    }

    private String cell() {
        var start = at;
        while (isNext(' ')) {
            at++;
        }
        if (isNext('"')) {
            return quoted() + plain(at);
        }
        return plain(start);
    }

    private String quoted() {
        var opened = line;
        var out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '"' && !isDoubled()) {
                at++;
                return out.toString();
            }
            at += c == '"' ? 1 : 0;
            line += c == '\n' ? 1 : 0;
            out.append(c);
        }
        throw new SubmitException(opened + ": a quote does not end");
    }

    private boolean isDoubled() {
        return at + 1 < text.length() && text.charAt(at + 1) == '"';
    }

    private String plain(int from) {
        while (at < text.length() && !isNext(separator) && !isNext('\n') && !isNext('\r')) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private boolean isNext(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /// `\n`, `\r\n`, or `\r` alone as old spreadsheets have it.
    private void endLine() {
        at += isNext('\r') ? 1 : 0;
        at += isNext('\n') ? 1 : 0;
        line++;
    }
}
