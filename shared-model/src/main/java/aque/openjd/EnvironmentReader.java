package aque.openjd;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads environments: of a job, of a step, of an environment template.
final class EnvironmentReader {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,255}");
    private static final int LONGEST_VALUE = 2048;

    private final Dialect dialect;
    private final Scope onWorker;
    private final ActionReader actions;

    EnvironmentReader(Dialect dialect, Scope onWorker, ActionReader actions) {
        this.dialect = dialect;
        this.onWorker = onWorker;
        this.actions = actions;
    }

    /// @param outer names of the environments around these, which must not come again
    List<Environment> all(Fields parent, String key, Set<String> outer) {
        var taken = new HashSet<>(outer);
        return parent.items(key).stream()
                .flatMap(place -> one(place)
                        .filter(environment -> {
                            if (!taken.add(environment.name())) {
                                place.problem(
                                        "there is another environment with the name '" + environment.name() + "'");
                            }
                            return true;
                        })
                        .stream())
                .toList();
    }

    Optional<Environment> one(Place place) {
        return place.fields().flatMap(this::environment);
    }

    private Optional<Environment> environment(Fields fields) {
        var name = fields.required("name").flatMap(place -> Words.line(place, dialect.name()));
        var description = Words.description(fields);
        var script = fields.get("script").flatMap(Place::fields);
        var scope = script.map(s -> onWorker.with("Env.File.", ActionReader.fileNames(s)))
                .orElse(onWorker);
        var variables = fields.get("variables").map(place -> variables(place, scope));
        if (script.isEmpty() && variables.isEmpty()) {
            fields.place().problem("an environment needs 'script' or 'variables'");
        }
        var enter = script.flatMap(s -> action(s, "onEnter", scope));
        var exit = script.flatMap(s -> action(s, "onExit", scope));
        var files = script.map(s -> actions.files(s, scope)).orElse(List.of());
        script.ifPresent(EnvironmentReader::finish);
        fields.refuseOthers();
        return name.map(n -> new Environment(n, description, variables.orElse(Map.of()), enter, exit, files));
    }

    private Optional<ScriptAction> action(Fields script, String key, Scope scope) {
        return script.get("actions")
                .flatMap(Place::fields)
                .flatMap(fields -> fields.get(key))
                .flatMap(place -> actions.action(place, scope));
    }

    private static void finish(Fields script) {
        script.required("actions").flatMap(Place::fields).ifPresent(fields -> {
            var exit = fields.get("onExit");
            if (fields.get("onEnter").isEmpty() && exit.isEmpty()) {
                fields.place().problem("'onEnter' is missing");
            }
            fields.keys().stream().filter(key -> key.startsWith("onWrap")).forEach(key -> {
                fields.get(key);
                fields.problem(key, "needs the extension WRAP_ACTIONS, which Aque lacks");
            });
            fields.refuseOthers();
        });
        script.refuseOthers();
    }

    private static Map<String, FormatString> variables(Place place, Scope scope) {
        var variables = new LinkedHashMap<String, FormatString>();
        place.fields().ifPresent(fields -> {
            if (fields.keys().isEmpty()) {
                place.problem("there is no variable in it");
            }
            for (var name : fields.keys()) {
                if (!VARIABLE.matcher(name).matches()) {
                    fields.problem(
                            name,
                            "'" + name + "' cannot be the name of a variable: letters, digits and _ only,"
                                    + " no digit first, at most 256");
                }
                fields.required(name)
                        .filter(value -> Words.sized(value, 0, LONGEST_VALUE).isPresent())
                        .flatMap(scope::format)
                        .ifPresent(value -> variables.put(name, value));
            }
        });
        return variables;
    }
}
