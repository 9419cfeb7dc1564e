package aque.openjd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds every parameter's final value: the given one, else the default.
final class ParameterValues {

    private static final Pattern ABSOLUTE = Pattern.compile("(?s)/.*|[A-Za-z]:[\\\\/].*|\\\\\\\\.*");

    private final Problems problems;
    private final Path folder;
    private final Path cwd;

    /// @param folder of the job template
    ParameterValues(Problems problems, Path folder, Path cwd) {
        this.problems = problems;
        this.folder = folder;
        this.cwd = cwd;
    }

    List<JobParameter> resolve(List<ParameterDefinition> definitions, Map<String, String> given) {
        var known = definitions.stream().map(ParameterDefinition::name).collect(Collectors.toSet());
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> problem(name, "the templates have no such parameter" + Similar.hint(name, known)));
        var values = new ArrayList<JobParameter>();
        for (var definition : definitions) {
            value(definition, Optional.ofNullable(given.get(definition.name())))
                    .ifPresent(value -> values.add(new JobParameter(definition.name(), definition.type(), value)));
        }
        return values;
    }

    private Optional<String> value(ParameterDefinition definition, Optional<String> given) {
        if (given.isEmpty() && definition.defaultValue().isEmpty()) {
            problem(definition.name(), "needs a value: it has no default");
            return Optional.empty();
        }
        var value = definition.type() == ParameterType.PATH
                ? given.map(this::path).or(() -> defaultPath(definition))
                : given.or(definition::defaultValue).map(text -> spelled(definition, text));
        value.flatMap(definition::refusal).ifPresent(why -> problem(definition.name(), why));
        return value;
    }

    private static String spelled(ParameterDefinition definition, String text) {
        return switch (definition.type()) {
            case STRING, PATH -> text;
            case INT -> Numbers.whole(text).map(Object::toString).orElse(text);
            case FLOAT -> text.strip();
        };
    }

    private String path(String given) {
        return isRelative(given) ? cwd.resolve(given).toString() : given;
    }

    /// Whether a path starts nowhere, in the manner of any operating system.
    static boolean isRelative(String path) {
        return !path.isEmpty() && !ABSOLUTE.matcher(path).matches() && path.indexOf('\0') < 0;
    }

    /// Relative to the template's folder and inside of it.
    private Optional<String> defaultPath(ParameterDefinition definition) {
        var text = definition.defaultValue().orElse("");
        if (text.isEmpty()) {
            return Optional.of(text);
        }
        if (!isRelative(text)) {
            problem(definition.name(), "the default '" + text + "' must be relative to the template's folder");
            return Optional.empty();
        }
        var inside = folder.resolve(text).normalize();
        if (!inside.startsWith(folder)) {
            problem(definition.name(), "the default '" + text + "' leads out of the template's folder");
            return Optional.empty();
        }
        return Optional.of(inside.toString());
    }

    private void problem(String name, String message) {
        problems.add(0, "parameter " + name, message);
    }
}
