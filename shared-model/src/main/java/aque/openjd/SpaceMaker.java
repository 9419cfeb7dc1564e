package aque.openjd;

import aque.openjd.ParameterSpaceTemplate.Chunks;
import aque.openjd.ParameterSpaceTemplate.Parameter;
import aque.openjd.ParameterSpaceTemplate.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes a step's parameter space of its template.
final class SpaceMaker {

    private final Problems problems;
    private final Map<String, String> symbols;
    private final String path;

    SpaceMaker(Problems problems, Map<String, String> symbols, String path) {
        this.problems = problems;
        this.symbols = symbols;
        this.path = path;
    }

    ParameterSpace make(int line, ParameterSpaceTemplate template) {
        var axes = new LinkedHashMap<String, Axis>();
        for (var parameter : template.parameters()) {
            try {
                axes.put(parameter.name(), axis(parameter));
            } catch (IllegalArgumentException e) {
                problems.add(parameter.line(), path + "." + parameter.name(), String.valueOf(e.getMessage()));
            }
        }
        try {
            if (axes.size() == template.parameters().size()) {
                var all = template.combination()
                        .map(combination -> combine(combination, axes))
                        .orElseGet(() -> new Axis.Product(List.copyOf(axes.values())));
                return new ParameterSpace(List.copyOf(axes.keySet()), all);
            }
        } catch (IllegalArgumentException e) {
            problems.add(line, path + ".parameterSpace", String.valueOf(e.getMessage()));
        }
        return ParameterSpace.ONE_TASK;
    }

    private static Axis combine(Combination combination, Map<String, Axis> axes) {
        return switch (combination) {
            case Combination.One one -> Objects.requireNonNull(axes.get(one.parameter()));
            case Combination.Product product -> new Axis.Product(all(product.factors(), axes));
            case Combination.Lockstep lockstep -> new Axis.Lockstep(all(lockstep.rows(), axes));
        };
    }

    private static List<Axis> all(List<Combination> parts, Map<String, Axis> axes) {
        return parts.stream().map(part -> combine(part, axes)).toList();
    }

    private Axis axis(Parameter parameter) {
        return switch (parameter.range()) {
            case Range.Expression expression ->
                ranged(parameter, Runs.parse(expression.text().resolve(symbols)));
            case Range.Values values -> listed(parameter, values(parameter.type(), values));
        };
    }

    private Axis ranged(Parameter parameter, Runs runs) {
        return parameter
                .chunks()
                .<Axis>map(chunks -> new Axis.Chunked(parameter.name(), chunking(runs, chunks)))
                .orElseGet(() -> new Axis.Ranged(parameter.name(), runs));
    }

    private Chunking chunking(Runs runs, Chunks chunks) {
        var text = chunks.defaultTaskCount().resolve(symbols);
        var count = Numbers.whole(text)
                .filter(value -> value >= 1)
                .orElseThrow(() ->
                        new IllegalArgumentException("defaultTaskCount '" + text + "' is not a whole number from 1"));
        return Chunking.of(runs, count, chunks.contiguous());
    }

    private Axis listed(Parameter parameter, List<String> values) {
        if (parameter.chunks().isPresent()) {
            return ranged(
                    parameter,
                    Runs.compress(values.stream()
                            .mapToLong(Long::parseLong)
                            .sorted()
                            .distinct()
                            .toArray()));
        }
        return new Axis.Listed(parameter.name(), parameter.type(), values);
    }

    private List<String> values(TaskParameterType type, Range.Values range) {
        var values = new ArrayList<String>();
        for (var format : range.values()) {
            values.add(value(type, format.resolve(symbols)));
        }
        return values;
    }

    private static String value(TaskParameterType type, String value) {
        return switch (type) {
            case INT, CHUNK_INT ->
                Numbers.whole(value)
                        .orElseThrow(() -> new IllegalArgumentException("'" + value + "' is not a whole number"))
                        .toString();
            case FLOAT ->
                Numbers.decimal(value)
                        .map(number -> value.strip())
                        .orElseThrow(() -> new IllegalArgumentException("'" + value + "' is not a number"));
            case STRING, PATH -> {
                if (Words.length(value) > Dialect.VALUE) {
                    throw new IllegalArgumentException(
                            "a value has " + Words.length(value) + " characters, at most " + Dialect.VALUE);
                }
                yield value;
            }
        };
    }
}
