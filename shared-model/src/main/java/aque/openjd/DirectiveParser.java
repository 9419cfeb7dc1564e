package aque.openjd;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/// Parses lines. See `Directive`.
final class DirectiveParser {

    private static final Directive PLAIN = new Directive.Plain();
    private static final String BEGINNING = "openjd_";
    private static final Pattern DIRECTIVE = Pattern.compile(
            "openjd_(progress|status|fail|env|redacted_env|unset_env|session_runtime_loglevel): (.+)", Pattern.DOTALL);
    private static final Pattern NEARLY = Pattern.compile(
            "\\s*openjd_(?:env|unset_env|redacted_env)(?:[: ].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    private DirectiveParser() {}

    static Directive parse(String line) {
        if (isPlain(line)) {
            return PLAIN;
        }
        var exact = DIRECTIVE.matcher(line);
        if (!exact.matches()) {
            return NEARLY.matcher(line).matches()
                    ? new Directive.Malformed("badly formed: " + line.strip(), Optional.empty(), true)
                    : PLAIN;
        }
        var text = exact.group(2);
        return switch (exact.group(1)) {
            case "progress" -> progress(text);
            case "status" -> new Directive.Status(text);
            case "fail" -> new Directive.Fail(text);
            case "env" -> assignment(text, false);
            case "redacted_env" -> assignment(text, true);
            case "unset_env" -> unset(text.stripLeading());
            default -> level(text.strip());
        };
    }

    /// Of all that tools print, almost everything, at a look: a flood has hundreds of thousands of lines a second.
    private static boolean isPlain(String line) {
        var at = 0;
        while (at < line.length() && line.charAt(at) <= ' ') {
            at++;
        }
        return !line.regionMatches(true, at, BEGINNING, 0, BEGINNING.length());
    }

    private static Directive progress(String text) {
        return Numbers.decimal(text)
                .map(Number::doubleValue)
                .filter(percent -> percent >= 0 && percent <= 100)
                .<Directive>map(Directive.Progress::new)
                .orElseGet(
                        () -> new Directive.Malformed("progress is a number from 0 to 100", Optional.empty(), false));
    }

    private static Directive assignment(String text, boolean secret) {
        var stripped = text.stripLeading();
        var decoded = stripped.startsWith("\"") ? unquoted(stripped) : Optional.of(stripped);
        var matcher = ASSIGNMENT.matcher(decoded.orElse(""));
        if (!matcher.matches()) {
            var value = stripped.substring(stripped.indexOf('=') + 1);
            return new Directive.Malformed(
                    "a variable is set by NAME=VALUE, the name of letters, digits and _",
                    secret ? Optional.of(value) : Optional.empty(),
                    true);
        }
        return secret
                ? new Directive.RedactedEnv(matcher.group(1), matcher.group(2))
                : new Directive.Env(matcher.group(1), matcher.group(2));
    }

    /// `"NAME=several\nlines"`: a JSON string.
    private static Optional<String> unquoted(String json) {
        try {
            return Optional.of(Json.MAPPER.readValue(json, String.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Directive unset(String name) {
        return Words.IDENTIFIER.matcher(name).matches()
                ? new Directive.UnsetEnv(name)
                : new Directive.Malformed("'" + name + "' is no name of a variable", Optional.empty(), true);
    }

    private static Directive level(String text) {
        for (var level : Directive.Level.values()) {
            if (level.name().equalsIgnoreCase(text)) {
                return new Directive.LogLevel(level);
            }
        }
        return PLAIN;
    }
}
