package aque.openjd;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads files with parameter values, YAML or JSON.
public final class ValuesFile {

    private ValuesFile() {}

    /// `Name: value` pairs, as `-p file://F` gives them.
    ///
    /// @throws TemplateException with all problems of the file
    public static Map<String, String> read(Path file) {
        var problems = new Problems(file);
        var root = new Place(problems, "", YamlTree.read(problems));
        var values = new LinkedHashMap<String, String>();
        root.fields().ifPresent(fields -> {
            for (var name : fields.keys()) {
                fields.required(name).flatMap(ValuesFile::value).ifPresent(value -> values.put(name, value));
            }
        });
        problems.throwIfAny();
        return values;
    }

    /// The form of a bundle: `parameterValues: [{name, value}]`. Names with a colon are for other farms and skipped.
    static Map<String, String> readBundle(Path file) {
        var problems = new Problems(file);
        var root = new Place(problems, "", YamlTree.read(problems));
        var values = new LinkedHashMap<String, String>();
        root.fields().flatMap(fields -> fields.required("parameterValues")).ifPresent(list -> {
            if (list.node() instanceof Node.Items items && items.values().isEmpty()) {
                return;
            }
            for (var place : list.items()) {
                place.fields().ifPresent(pair -> {
                    var name = pair.required("name").flatMap(Place::text).filter(n -> n.indexOf(':') < 0);
                    var value = pair.required("value").flatMap(ValuesFile::value);
                    name.ifPresent(n -> value.ifPresent(v -> values.put(n, v)));
                });
            }
        });
        problems.throwIfAny();
        return values;
    }

    /// A word, a number, true or false: parameters take text.
    private static Optional<String> value(Place place) {
        return place.node() instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : place.wrong("a value");
    }
}
