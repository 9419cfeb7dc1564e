package aque.openjd;

import aque.openjd.ParameterSpaceTemplate.Chunks;
import aque.openjd.ParameterSpaceTemplate.Parameter;
import aque.openjd.ParameterSpaceTemplate.Range;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads `parameterSpace`.
final class ParameterSpaceReader {

    private static final int MOST_PARAMETERS = 16;
    private static final int LONGEST_COMBINATION = 1280;

    private final Dialect dialect;
    private final Scope atSubmit;

    ParameterSpaceReader(Dialect dialect, Scope atSubmit) {
        this.dialect = dialect;
        this.atSubmit = atSubmit;
    }

    /// Names only, for the scope of the step's script.
    static List<String> names(Fields step) {
        if (step.get("parameterSpace").map(Place::node).orElse(null) instanceof Node.Mapping space
                && space.values().get("taskParameterDefinitions") instanceof Node.Items items) {
            return items.values().stream()
                    .filter(Node.Mapping.class::isInstance)
                    .map(node -> ((Node.Mapping) node).values().get("name"))
                    .filter(Node.Scalar.class::isInstance)
                    .map(node -> ((Node.Scalar) node).text())
                    .toList();
        }
        return List.of();
    }

    ParameterSpaceTemplate read(Place place) {
        return place.fields().map(this::read).orElse(ParameterSpaceTemplate.NONE);
    }

    private ParameterSpaceTemplate read(Fields fields) {
        fields.required("taskParameterDefinitions");
        var parameters = new LinkedHashMap<String, Parameter>();
        for (var place : fields.items("taskParameterDefinitions", MOST_PARAMETERS)) {
            place.fields().flatMap(this::parameter).ifPresent(parameter -> {
                if (parameters.put(parameter.name(), parameter) != null) {
                    place.problem("there is another task parameter with the name '" + parameter.name() + "'");
                }
            });
        }
        var chunked = parameters.values().stream()
                .filter(parameter -> parameter.type() == TaskParameterType.CHUNK_INT)
                .map(Parameter::name)
                .collect(Collectors.toSet());
        if (chunked.size() > 1) {
            fields.problem("taskParameterDefinitions", "a step may have only one CHUNK[INT] parameter");
        }
        var combination = fields.get("combination").flatMap(place -> combination(place, parameters, chunked));
        fields.refuseOthers();
        return new ParameterSpaceTemplate(List.copyOf(parameters.values()), combination);
    }

    private Optional<Combination> combination(Place place, Map<String, Parameter> parameters, Set<String> chunked) {
        return Words.sized(place, 1, LONGEST_COMBINATION).flatMap(text -> {
            try {
                var combination = Combination.parse(text);
                check(place, combination, parameters.keySet());
                refuseChunks(place, combination, chunked);
                return Optional.of(combination);
            } catch (IllegalArgumentException e) {
                place.problem(e);
                return Optional.empty();
            }
        });
    }

    private static void check(Place place, Combination combination, Set<String> known) {
        var seen = new HashSet<String>();
        combination.parameters().forEach(name -> {
            if (!known.contains(name)) {
                place.problem("there is no task parameter '" + name + "'" + Similar.hint(name, known));
            }
            if (!seen.add(name)) {
                place.problem("the parameter '" + name + "' is there twice");
            }
        });
        known.stream()
                .filter(name -> !seen.contains(name))
                .forEach(name -> place.problem("the parameter '" + name + "' is missing; each must be there once"));
    }

    private static void refuseChunks(Place place, Combination combination, Set<String> chunked) {
        switch (combination) {
            case Combination.One one -> {}
            case Combination.Product product ->
                product.factors().forEach(factor -> refuseChunks(place, factor, chunked));
            case Combination.Lockstep lockstep ->
                lockstep.parameters()
                        .filter(chunked::contains)
                        .forEach(name -> place.problem(
                                "the CHUNK[INT] parameter '" + name + "' cannot go in lockstep with others"));
        }
    }

    private Optional<Parameter> parameter(Fields fields) {
        var name = fields.required("name").flatMap(place -> Words.identifier(place, dialect.name()));
        var type = fields.required("type").flatMap(this::type);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        var range = fields.required("range").flatMap(place -> range(place, type.get()));
        var chunks = type.get() == TaskParameterType.CHUNK_INT
                ? fields.required("chunks").flatMap(Place::fields).flatMap(this::chunks)
                : Optional.<Chunks>empty();
        fields.refuseOthers();
        var line = fields.place().node().line();
        return name.flatMap(n -> range.map(r -> new Parameter(line, n, type.get(), r, chunks)));
    }

    private Optional<TaskParameterType> type(Place place) {
        return place.text().flatMap(word -> {
            var type = TaskParameterType.of(word);
            if (type.isEmpty()) {
                place.problem("'" + word + "' is not one of [INT, FLOAT, STRING, PATH, CHUNK[INT]]");
            } else if (type.get() == TaskParameterType.CHUNK_INT && !dialect.has(Extension.TASK_CHUNKING)) {
                place.problem("CHUNK[INT] needs the extension TASK_CHUNKING in the template's 'extensions'");
            }
            return type;
        });
    }

    private Optional<Range> range(Place place, TaskParameterType type) {
        var whole = type == TaskParameterType.INT || type == TaskParameterType.CHUNK_INT;
        if (whole && place.isText()) {
            return expression(place);
        }
        var values = place.items(Dialect.RANGE).stream()
                .flatMap(item -> value(item, type).stream())
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Range.Values(values));
    }

    private Optional<Range> expression(Place place) {
        return atSubmit.format(place).map(text -> {
            if (text.isPlain()) {
                try {
                    Runs.parse(text.text());
                } catch (IllegalArgumentException e) {
                    place.problem(e);
                }
            }
            return new Range.Expression(text);
        });
    }

    private Optional<FormatString> value(Place place, TaskParameterType type) {
        if (place.isText() && place.text().orElse("").contains("{{")) {
            return type == TaskParameterType.FLOAT ? unchecked(place) : atSubmit.format(place);
        }
        return switch (type) {
            case INT, CHUNK_INT -> Numbers.whole(place).map(number -> FormatString.of(number.toString()));
            case FLOAT -> Numbers.decimal(place).map(FormatString::of);
            case STRING -> Words.sized(place, 0, Dialect.VALUE).flatMap(text -> atSubmit.check(place, text));
            case PATH -> Words.sized(place, 1, Dialect.VALUE).flatMap(text -> atSubmit.check(place, text));
        };
    }

    /// The reference leaves the names in a FLOAT range to the creation of the job; so does Aque.
    private static Optional<FormatString> unchecked(Place place) {
        return place.text().flatMap(text -> {
            try {
                return Optional.of(FormatString.of(text));
            } catch (IllegalArgumentException e) {
                place.problem(e);
                return Optional.empty();
            }
        });
    }

    private Optional<Chunks> chunks(Fields fields) {
        var count = fields.required("defaultTaskCount").flatMap(place -> count(place, 1));
        fields.get("targetRuntimeSeconds").ifPresent(place -> count(place, 0));
        var constraint = fields.required("rangeConstraint").flatMap(place -> place.oneOf(RangeConstraint.class));
        fields.refuseOthers();
        return count.flatMap(c -> constraint.map(r -> new Chunks(c, r == RangeConstraint.CONTIGUOUS)));
    }

    private enum RangeConstraint {
        CONTIGUOUS,
        NONCONTIGUOUS
    }

    private Optional<FormatString> count(Place place, long least) {
        if (place.isText() && place.text().orElse("").contains("{{")) {
            return atSubmit.format(place);
        }
        return Numbers.whole(place)
                .filter(value -> {
                    if (value < least) {
                        place.problem("must be at least " + least);
                    }
                    return value >= least;
                })
                .map(value -> FormatString.of(value.toString()));
    }
}
