package aque.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Texts of which every match of a regular expression holds one: the longest literal of each of its alternatives.
/// Looking for these is many times quicker than trying the expression at every character. Where it is not sure it
/// finds nothing, and every line is tried. Pure.
final class Literals {
    private static final int SHORTEST = 3;
    private static final String CLASSES = "dDsSwWbBhHvVRAZzG";

    private final String regex;
    private final List<String> found = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int at;

    private Literals(String regex) {
        this.regex = regex;
    }

    /// One text for each alternative; empty when some alternative has none.
    static List<String> of(String regex) {
        return new Literals(regex).all().orElse(List.of());
    }

    private Optional<List<String>> all() {
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            boolean sure = switch (c) {
                case '\\' -> escaped();
                case '[' -> endRun() && skipClass();
                case '(' -> endRun() && skipGroup();
                case '|' -> endAlternative();
                case '.', '^', '$', '+' -> endRun();
                case '*', '?' -> optional();
                case '{' -> optional() && skipTo('}');
                case ')' -> false;
                default -> literal(c);
            };
            if (!sure) {
                return Optional.empty();
            }
        }
        return endAlternative() ? Optional.of(found) : Optional.empty();
    }

    private boolean literal(char c) {
        run.append(c);
        return !Character.isSurrogate(c);
    }

    private boolean escaped() {
        if (at == regex.length()) {
            return false;
        }
        char c = regex.charAt(at++);
        if (CLASSES.indexOf(c) >= 0) {
            return endRun();
        }
        return !Character.isLetterOrDigit(c) && literal(c);
    }

    /// The character before need not be there.
    private boolean optional() {
        if (!run.isEmpty()) {
            run.setLength(run.length() - 1);
        }
        return endRun();
    }

    private boolean endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
        return true;
    }

    private boolean endAlternative() {
        endRun();
        found.add(longest);
        boolean sure = longest.length() >= SHORTEST;
        longest = "";
        return sure;
    }

    private boolean skipTo(char end) {
        at = regex.indexOf(end, at) + 1;
        return at > 0;
    }

    /// After `[`. Classes inside classes and quoting are left to the expression itself.
    private boolean skipClass() {
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        if (at < regex.length() && regex.charAt(at) == ']') {
            return false;
        }
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            if (c == ']') {
                return true;
            }
            if (c == '[' || (c == '\\' && at < regex.length() && regex.charAt(at++) == 'Q')) {
                return false;
            }
        }
        return false;
    }

    /// After `(`. What is inside is not looked at; flags could change what follows.
    private boolean skipGroup() {
        if (regex.startsWith("?", at) && !regex.startsWith("?:", at) && !regex.startsWith("?<", at)) {
            return false;
        }
        for (int depth = 1; at < regex.length(); ) {
            char c = regex.charAt(at++);
            if (c == '\\') {
                if (at < regex.length() && regex.charAt(at++) == 'Q') {
                    return false;
                }
            } else if (c == '[') {
                if (!skipClass()) {
                    return false;
                }
            } else if (c == '(') {
                if (regex.startsWith("?", at) && !regex.startsWith("?:", at)) {
                    return false;
                }
                depth++;
            } else if (c == ')' && --depth == 0) {
                return true;
            }
        }
        return false;
    }
}
