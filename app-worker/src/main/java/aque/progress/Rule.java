package aque.progress;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One pattern of a tool, and what it means when a line matches.
///
/// @param literal text that every match contains: a line without it is passed over quickly; may be empty
/// @param first whether every match begins with it, at the beginning of the line
record Rule(Kind kind, Pattern pattern, String literal, boolean first) {

    /// The first word of a line in a file of patterns.
    enum Kind {
        /// In the command line: it is this tool.
        PROGRAM,
        /// In a line of output: it is this tool.
        SEEN,
        /// In the command line: the first, last and each n-th frame; how many frames; how many seconds.
        FIRST,
        LAST,
        BY,
        COUNT,
        LENGTH,
        /// How far it is: `percent`, `fraction`, `done` with or without `of`, `time`, `us`; `frame` alone says where.
        PROGRESS,
        /// The frame that was begun is done.
        DONE,
        /// One more item is done, of those that the command line names.
        ITEM,
        /// All is done.
        END,
        /// How much there is: `time` or `of`.
        TOTAL,
        /// `text` is shown.
        STATUS,
        /// Fails the task, when it is this tool.
        ERROR,
        /// A licence was short.
        LICENCE,
        /// A disk was full, stale or away.
        VOLUME
    }

    static Rule of(Kind kind, String regex) {
        var literal = Literal.of(regex);
        return new Rule(kind, Pattern.compile(regex), literal, isFirst(literal, regex));
    }

    /// Whether the expression begins with it, as it is: not as a part of something that may be missing or may repeat.
    private static boolean isFirst(String literal, String regex) {
        var after = literal.length() + 1;
        return regex.startsWith("^" + literal) && (after == regex.length() || "?*{".indexOf(regex.charAt(after)) < 0);
    }

    static Kind kind(String word) {
        return Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean isOfCommandLine() {
        return switch (kind) {
            case PROGRAM, FIRST, LAST, BY, COUNT, LENGTH -> true;
            default -> false;
        };
    }

    @Nullable
    Matcher find(String line) {
        if (first ? !line.startsWith(literal) : !line.contains(literal)) {
            return null;
        }
        var matcher = pattern.matcher(line);
        return matcher.find() ? matcher : null;
    }

    /// What a named group matched; null when the pattern has none of that name.
    @Nullable
    String group(Matcher match, String name) {
        return pattern.namedGroups().containsKey(name) ? match.group(name) : null;
    }
}
