package aque.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// What went wrong, so said that two failures with the same cause say the same: of a traceback its exception and the
/// functions it went through, else the first line that sounds like an error. Numbers, times, addresses, ids and the
/// folders of paths are left out. Pure.
///
/// @param key equal for failures of the same cause; short and stable
/// @param title the error as a person reads it, from this failure
/// @param detail what the key was made of, one part a line
public record Fingerprint(String key, String title, String detail) {
    private static final int LONGEST = 300;
    private static final String PYTHON = "Traceback (most recent call last):";
    private static final Pattern PYTHON_FRAME = Pattern.compile("\\s*File \"([^\"]*)\", line \\d+(?:, in (.+))?.*");
    private static final Pattern JAVA_FRAME = Pattern.compile("\\s*at ([\\w.$/<>]+)\\((?:[^()]*)\\)\\s*");
    private static final Pattern JAVA_HEAD =
            Pattern.compile(".*?((?:Caused by: )?(?:[a-z][\\w]*\\.)+[A-Z]\\w*(?:Exception|Error|Throwable)\\b.*)");
    private static final int FRAMES = 8;

    /// The fingerprint of a failed attempt.
    ///
    /// @param lines the end of what it wrote, without escape sequences
    /// @param reason how it ended as the farm knows it, for those that said nothing (`exit 3`, `signal 11`,
    /// `timeout`)
    public static Fingerprint of(List<String> lines, String reason) {
        return python(lines)
                .or(() -> java(lines))
                .or(() -> firstError(lines))
                .or(() -> lastWords(lines, reason))
                .orElseGet(() -> made(reason, List.of(reason)));
    }

    /// The last traceback: an exception that was raised while another was handled stands behind it.
    private static Optional<Fingerprint> python(List<String> lines) {
        for (int start = lines.size() - 1; start >= 0; start--) {
            int column = lines.get(start).indexOf(PYTHON);
            if (column >= 0) {
                return python(lines, start, column);
            }
        }
        return Optional.empty();
    }

    /// Renderers put their own words before each line: what stands before the first is taken from all.
    private static Optional<Fingerprint> python(List<String> lines, int start, int column) {
        var prefix = lines.get(start).substring(0, column);
        var parts = new ArrayList<String>();
        for (int i = start + 1; i < lines.size(); i++) {
            var line = without(prefix, lines.get(i));
            var frame = PYTHON_FRAME.matcher(line);
            if (frame.matches()) {
                var function = frame.group(2) == null ? "" : frame.group(2).strip();
                parts.add(normal(file(frame.group(1)) + " " + function));
            } else if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                parts.subList(0, Math.max(0, parts.size() - FRAMES)).clear();
                parts.add(normal(line));
                return Optional.of(made(line.strip(), parts));
            }
        }
        return Optional.empty();
    }

    private static String without(String prefix, String line) {
        if (!prefix.isEmpty() && line.startsWith(prefix)) {
            return line.substring(prefix.length());
        }
        return prefix.isBlank() ? line.substring(Math.min(prefix.length(), indent(line))) : unmarked(prefix, line);
    }

    /// A prefix with a clock in it differs from line to line; it is as long as the first.
    private static String unmarked(String prefix, String line) {
        boolean same = line.length() >= prefix.length()
                && normal(line.substring(0, prefix.length())).equals(normal(prefix));
        return same ? line.substring(prefix.length()) : line;
    }

    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /// The innermost cause of the last stack trace.
    private static Optional<Fingerprint> java(List<String> lines) {
        for (int i = lines.size() - 2; i >= 0; i--) {
            var head = JAVA_HEAD.matcher(lines.get(i));
            if (head.matches() && JAVA_FRAME.matcher(lines.get(i + 1)).matches()) {
                var parts = new ArrayList<String>();
                parts.add(normal(head.group(1)));
                lines.stream()
                        .skip(i + 1L)
                        .map(JAVA_FRAME::matcher)
                        .takeWhile(m -> m.matches())
                        .limit(FRAMES)
                        .forEach(frame -> parts.add(normal(frame.group(1))));
                return Optional.of(made(head.group(1), parts));
            }
        }
        return Optional.empty();
    }

    /// Those that follow are most often its consequences.
    private static Optional<Fingerprint> firstError(List<String> lines) {
        return lines.stream()
                .filter(line -> Trouble.of(line) == Trouble.ERROR)
                .findFirst()
                .map(line -> made(line.strip(), List.of(normal(line))));
    }

    private static Optional<Fingerprint> lastWords(List<String> lines, String reason) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(line -> made(reason + ": " + line.strip(), List.of(reason, normal(line))));
    }

    private static Fingerprint made(String title, List<String> parts) {
        var detail = String.join("\n", parts);
        var key = UUID.nameUUIDFromBytes(detail.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        return new Fingerprint(key, title.length() > LONGEST ? title.substring(0, LONGEST) : title, detail);
    }

    /// A line without what differs from one failure to the next.
    public static String normal(String line) {
        var text = line.length() > LONGEST * 4 ? line.substring(0, LONGEST * 4) : line;
        for (var rule : Rule.ALL) {
            text = rule.pattern().matcher(text).replaceAll(rule.by());
        }
        return text.strip();
    }

    private static String file(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /// What is put in the place of what differs, in this order.
    private record Rule(Pattern pattern, String by) {
        private static final List<Rule> ALL = Collections.unmodifiableList(List.of(
                rule(
                        "\\d{4}[-/.]\\d{2}[-/.]\\d{2}(?:[T ]\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d+)?(?:Z|[+-]\\d{2}:?\\d{2})?)?",
                        "<time>"),
                rule("\\b\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d+)?\\b", "<time>"),
                rule("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}", "<id>"),
                rule("\\b0[xX][0-9a-fA-F]+\\b", "<hex>"),
                rule("\\b(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\\b", "<hex>"),
                // Folders differ from host to host and shot to shot; the name at the end of a path is what counts.
                rule("(?:\\b[A-Za-z]:)?(?:[\\\\/]{1,2}[\\w.$@+~#%-]+)*[\\\\/]{1,2}(?=[\\w.$@+~#%-]+)", "/"),
                rule("#+", "<n>"),
                rule("(?<![A-Za-z<\\d])-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?:(?=[KMGT]i?B?\\b)[KMGT]i?B?)?", "<n>"),
                rule("\\d+", "<n>"),
                rule("\\s+", " ")));

        private static Rule rule(String regex, String by) {
            return new Rule(Pattern.compile(regex), by);
        }
    }
}
