package aque.openjd;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
                fields.required(name).flatMap(ValuesFile::single).ifPresent(value -> values.put(name, value));
            }
        });
        problems.throwIfAny();
        return values;
    }

    /// The form of a bundle: `parameterValues: [{name, value}]`. Submitters put notes of their own beside the
    /// parameters, so other names are skipped.
    static Map<String, String> readBundle(Path file, Set<String> known) {
        var problems = new Problems(file);
        var root = new Place(problems, "", YamlTree.read(problems));
        var values = new LinkedHashMap<String, String>();
        root.fields().flatMap(fields -> fields.required("parameterValues")).ifPresent(list -> {
            if (list.node() instanceof Node.Items items && items.values().isEmpty()) {
                return;
            }
            for (var place : list.items()) {
                place.fields().ifPresent(pair -> {
                    var name = pair.required("name").flatMap(Place::text).filter(known::contains);
                    name.ifPresent(n ->
                            pair.required("value").map(ValuesFile::value).ifPresent(value -> values.put(n, value)));
                });
            }
        });
        problems.throwIfAny();
        return values;
    }

    /// What a person writes is text, a number or a truth value, and taken as its text.
    private static Optional<String> single(Place place) {
        if (place.node() instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL) {
            return Optional.of(scalar.text());
        }
        place.problem("a parameter's value must be text or a number, not "
                + place.node().noun());
        return Optional.empty();
    }

    /// Submitters write lists too: parameters take text, so a list or a mapping becomes JSON.
    private static String value(Place place) {
        return place.node() instanceof Node.Scalar scalar
                ? scalar.text()
                : Json.MAPPER.writeValueAsString(plain(place.node()));
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                switch (scalar.kind()) {
                    case STRING, NULL -> scalar.text();
                    case BOOL -> Boolean.parseBoolean(scalar.text());
                    case INT, FLOAT ->
                        Numbers.decimal(scalar.text()).<Object>map(n -> n).orElse(scalar.text());
                };
            case Node.Items items ->
                items.values().stream().map(ValuesFile::plain).toList();
            case Node.Mapping mapping -> {
                var values = new LinkedHashMap<String, Object>();
                mapping.values().forEach((key, value) -> values.put(key, plain(value)));
                yield values;
            }
        };
    }
}
