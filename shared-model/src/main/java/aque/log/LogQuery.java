package aque.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What somebody looks for in logs: a regular expression, held against one line at a time. A pattern without capitals
/// means capitals too. Immutable.
public final class LogQuery {
    private final Pattern pattern;
    private final List<Needle> needles;
    private final Optional<Sieve> sieve;

    /// Where in a line, in characters, `to` not included.
    public record Span(int from, int to) {}

    private LogQuery(Pattern pattern, List<Needle> needles, Optional<Sieve> sieve) {
        this.pattern = pattern;
        this.needles = needles;
        this.sieve = sieve;
    }

    /// @throws PatternSyntaxException with a sentence for the person when it is no regular expression
    public static LogQuery of(String regex) {
        boolean exact = regex.codePoints().anyMatch(Character::isUpperCase);
        var pattern = Pattern.compile(regex, exact ? 0 : Pattern.CASE_INSENSITIVE);
        return new LogQuery(
                pattern,
                Literals.of(regex).stream()
                        .map(literal -> new Needle(literal, exact))
                        .toList(),
                Sieve.of(regex, exact));
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

    /// What finds the lines that are worth a closer look, one of them for every line that matches; for one thread.
    /// Empty when every line must be tried.
    List<? extends Finder> finders() {
        return needles.isEmpty() ? sieve.map(Sieve::run).stream().toList() : needles;
    }

    Matcher matcher(CharSequence text) {
        return pattern.matcher(text);
    }
}
