package aque.openjd;

import aque.openjd.ParameterDefinition.DataFlow;
import aque.openjd.ParameterDefinition.ObjectType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `parameterDefinitions`.
final class ParameterReader {

    private final Dialect dialect;

    ParameterReader(Dialect dialect) {
        this.dialect = dialect;
    }

    /// Names and types only, also of definitions with other problems, so that those who use them are not blamed.
    static Map<String, String> declared(Fields template) {
        var declared = new LinkedHashMap<String, String>();
        if (template.get("parameterDefinitions").map(Place::node).orElse(null) instanceof Node.Items items) {
            for (var node : items.values()) {
                if (node instanceof Node.Mapping mapping
                        && mapping.values().get("name") instanceof Node.Scalar name
                        && mapping.values().get("type") instanceof Node.Scalar type) {
                    declared.put(name.text(), type.text());
                }
            }
        }
        return declared;
    }

    List<ParameterDefinition> read(Fields template, int most) {
        var all = new ArrayList<ParameterDefinition>();
        var names = new HashSet<String>();
        for (var place : template.items("parameterDefinitions", most)) {
            var definition = place.fields().flatMap(this::definition);
            definition.ifPresent(found -> {
                if (!names.add(found.name())) {
                    place.problem("there is another parameter with the name '" + found.name() + "'");
                }
                all.add(found);
            });
        }
        return all;
    }

    private Optional<ParameterDefinition> definition(Fields fields) {
        var name = fields.required("name").flatMap(place -> Words.identifier(place, dialect.name()));
        var type = fields.required("type").flatMap(place -> place.oneOf(ParameterType.class));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        var definition = type.get().isNumber()
                ? number(fields, name.orElse("?"), type.get())
                : text(fields, name.orElse("?"), type.get());
        fields.refuseOthers();
        check(fields, definition);
        return Optional.of(definition);
    }

    private static ParameterDefinition number(Fields fields, String name, ParameterType type) {
        return build(
                fields,
                name,
                type,
                fields.get("default").flatMap(place -> number(place, type)),
                allowed(fields).stream()
                        .flatMap(place -> number(place, type).stream())
                        .toList(),
                fields.get("minValue").flatMap(place -> number(place, type)).map(BigDecimal::new),
                fields.get("maxValue").flatMap(place -> number(place, type)).map(BigDecimal::new));
    }

    private static Optional<String> number(Place place, ParameterType type) {
        return type == ParameterType.INT ? Numbers.whole(place).map(Object::toString) : Numbers.decimal(place);
    }

    private static ParameterDefinition text(Fields fields, String name, ParameterType type) {
        return build(
                fields,
                name,
                type,
                fields.get("default").flatMap(place -> Words.sized(place, 0, Dialect.VALUE)),
                allowed(fields).stream()
                        .flatMap(place -> Words.sized(place, 0, Dialect.VALUE).stream())
                        .toList(),
                length(fields, "minLength", 0),
                length(fields, "maxLength", 1));
    }

    /// A whole number; unlike the limits of numbers it cannot be given as text.
    private static Optional<BigDecimal> length(Fields fields, String key, int least) {
        return fields.get(key)
                .flatMap(place -> place.isText()
                        ? place.<Long>wrong("a whole number")
                        : Numbers.whole(place).filter(value -> {
                            if (value < least) {
                                place.problem("must be at least " + least);
                            }
                            return value >= least;
                        }))
                .map(BigDecimal::valueOf);
    }

    private static List<Place> allowed(Fields fields) {
        if (fields.keys().contains("allowedValues")
                && fields.get("allowedValues").isEmpty()) {
            fields.problem("allowedValues", "here must be a list, not nothing (null)");
        }
        return fields.items("allowedValues");
    }

    private static ParameterDefinition build(
            Fields fields,
            String name,
            ParameterType type,
            Optional<String> defaultValue,
            List<String> allowed,
            Optional<BigDecimal> min,
            Optional<BigDecimal> max) {
        var path = type == ParameterType.PATH;
        var object =
                path ? fields.get("objectType").flatMap(p -> p.oneOf(ObjectType.class)) : Optional.<ObjectType>empty();
        var flow = path ? fields.get("dataFlow").flatMap(p -> p.oneOf(DataFlow.class)) : Optional.<DataFlow>empty();

        var reader = new UserInterfaceReader(type, allowed, object, flow.orElse(DataFlow.NONE));
        return new ParameterDefinition(
                fields.place().node().line(),
                name,
                type,
                Words.description(fields),
                defaultValue,
                allowed,
                min,
                max,
                object.orElse(ObjectType.DIRECTORY),
                flow.orElse(DataFlow.NONE),
                reader.read(fields.get("userInterface")));
    }

    /// The definition agrees with itself.
    private static void check(Fields fields, ParameterDefinition definition) {
        definition
                .min()
                .ifPresent(min -> definition
                        .max()
                        .filter(max -> max.compareTo(min) < 0)
                        .ifPresent(max ->
                                fields.place().problem("the minimum " + min + " is more than the maximum " + max)));
        var bare = definition.withConstraints(Optional.empty(), List.of(), definition.min(), definition.max());
        definition
                .allowedValues()
                .forEach(value -> bare.refusal(value).ifPresent(why -> fields.problem("allowedValues", why)));
        definition.defaultValue().flatMap(definition::refusal).ifPresent(why -> fields.problem("default", why));
    }
}
