package aque.progress;

/// Finds text that every match of a regular expression must contain, so that most lines need no matching.
final class Literal {
    private static final String SPECIAL = "()[]{}^$.?*+|\\";

    private final String regex;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int depth;

    private Literal(String regex) {
        this.regex = regex;
    }

    /// The longest run of plain characters outside all groups; empty when there is none, or an alternative to it.
    static String of(String regex) {
        return regex.contains("(?i") || regex.contains("\\Q") ? "" : new Literal(regex).find();
    }

    private String find() {
        for (var i = 0; i < regex.length(); i++) {
            var c = regex.charAt(i);
            if (c == '|' && depth == 0) {
                return "";
            } else if (c == '[') {
                end();
                i = endOfClass(i);
            } else if (c == '(') {
                end();
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (depth > 0) {
                i += c == '\\' ? 1 : 0;
            } else if (c == '\\' && i + 1 < regex.length()) {
                add(escaped(regex.charAt(++i)));
            } else if (c == '?' || c == '*' || c == '{') {
                run.setLength(Math.max(0, run.length() - 1));
                end();
                i = c == '{' ? regex.indexOf('}', i) : i;
            } else {
                add(SPECIAL.indexOf(c) < 0 ? c : 0);
            }
        }
        end();
        return longest;
    }

    private int endOfClass(int from) {
        var i = from + 1;
        while (i < regex.length() - 1 && regex.charAt(i) != ']') {
            i += regex.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /// Letters after a backslash are classes, all else is itself.
    private static char escaped(char c) {
        return Character.isLetterOrDigit(c) ? 0 : c;
    }

    private void add(char c) {
        if (c == 0) {
            end();
        } else {
            run.append(c);
        }
    }

    private void end() {
        longest = run.length() > longest.length() ? run.toString() : longest;
        run.setLength(0);
    }
}
