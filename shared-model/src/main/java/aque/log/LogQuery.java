package aque.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What somebody looks for in logs: a regular expression, held against one line at a time. A pattern without capitals
/// means capitals too. Immutable.
public final class LogQuery {
    private final Pattern pattern;
    private final List<Needle> needles;

    /// Where in a line, in characters, `to` not included.
    public record Span(int from, int to) {}

    private LogQuery(Pattern pattern, List<Needle> needles) {
        this.pattern = pattern;
        this.needles = needles;
    }

    /// @throws PatternSyntaxException with a sentence for the person when it is no regular expression
    public static LogQuery of(String regex) {
        boolean exact = regex.codePoints().anyMatch(Character::isUpperCase);
        var pattern = Pattern.compile(regex, exact ? 0 : Pattern.CASE_INSENSITIVE);
        return new LogQuery(
                pattern,
                Literals.of(regex).stream()
                        .map(literal -> new Needle(literal, exact))
                        .toList());
    }

    /// The expression as it was typed.
    public String text() {
        return pattern.pattern();
    }

    /// Is there a match in this line, which holds no escape sequences?
    public boolean matches(String line) {
        return pattern.matcher(line).find();
    }

    /// All matches in this line that are not empty.
    public List<Span> spans(String line) {
        var spans = new ArrayList<Span>();
        var matcher = pattern.matcher(line);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                spans.add(new Span(matcher.start(), matcher.end()));
            }
        }
        return spans;
    }

    /// Byte strings of which one is in every line that matches; empty when nothing is certain.
    List<Needle> needles() {
        return needles;
    }

    Matcher matcher(CharSequence text) {
        return pattern.matcher(text);
    }
}
