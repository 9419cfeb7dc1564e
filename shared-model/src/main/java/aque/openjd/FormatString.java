package aque.openjd;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text with `{{ Some.Name }}` in it, to be filled in later: some at submit, most on the worker.
public final class FormatString {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final int MOST_NAMES = 1000;

    private sealed interface Part {
        record Plain(String text) implements Part {}

        record Name(String name) implements Part {}
    }

    private final String text;
    private final List<Part> parts;

    private FormatString(String text) {
        this.text = text;
        this.parts = parse(text);
    }

    /// @throws IllegalArgumentException with a sentence, when the braces do not match or hold no dotted name
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FormatString of(String text) {
        return new FormatString(text);
    }

    /// The text as written.
    @JsonValue
    public String text() {
        return text;
    }

    /// The names it asks for, in order.
    public List<String> names() {
        return parts.stream()
                .filter(Part.Name.class::isInstance)
                .map(part -> ((Part.Name) part).name())
                .toList();
    }

    public boolean isPlain() {
        return names().isEmpty();
    }

    /// The text with every name replaced by its value.
    ///
    /// @throws IllegalArgumentException when a name has no value
    public String resolve(Map<String, String> values) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Part.Plain plain -> plain.text();
                    case Part.Name name -> value(values, name.name());
                })
                .collect(Collectors.joining());
    }

    /// The text with every name replaced that has a value; the others stay as they are written.
    public String fill(Map<String, String> values) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Part.Plain plain -> plain.text();
                    case Part.Name name -> values.getOrDefault(name.name(), "{{" + name.name() + "}}");
                })
                .collect(Collectors.joining());
    }

    private static String value(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("{{" + name + "}} has no value here");
        }
        return value;
    }

    private static List<Part> parse(String text) {
        var parts = new ArrayList<Part>();
        var at = 0;
        while (at < text.length()) {
            var open = text.indexOf("{{", at);
            var close = text.indexOf("}}", at);
            if (open < 0 && close < 0) {
                break;
            }
            if (open < 0 || close < open) {
                throw new IllegalArgumentException(open >= 0 && close < 0 ? "'{{' without '}}'" : "'}}' without '{{'");
            }
            parts.add(new Part.Plain(text.substring(at, open)));
            parts.add(new Part.Name(name(text.substring(open + 2, text.indexOf("}}", open)))));
            if (parts.size() > 2 * MOST_NAMES) {
                throw new IllegalArgumentException("more than " + MOST_NAMES + " names in one text");
            }
            at = text.indexOf("}}", open) + 2;
        }
        parts.add(new Part.Plain(text.substring(at)));
        return List.copyOf(parts);
    }

    private static String name(String inside) {
        var name = inside.strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("'{{ }}' holds no name");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'{{" + inside
                    + "}}' is not a dotted name (calculations need the extension EXPR, which Aque lacks)");
        }
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormatString that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
