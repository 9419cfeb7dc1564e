package aque.openjd;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// Joins the parameter definitions of environment templates and a job template. Limits only narrow; the last default
/// counts.
final class ParameterMerge {

    private final Problems problems;

    ParameterMerge(Problems problems) {
        this.problems = problems;
    }

    List<ParameterDefinition> merge(List<? extends Template> inOrder) {
        Map<String, ParameterDefinition> merged = new LinkedHashMap<>();
        for (var template : inOrder) {
            for (var definition : template.parameters()) {
                merged.merge(definition.name(), definition, this::merge);
            }
        }
        return new ArrayList<>(merged.values());
    }

    private ParameterDefinition merge(ParameterDefinition before, ParameterDefinition after) {
        if (before.type() != after.type()) {
            differ(after, "type", before.type(), after.type());
            return after;
        }
        if (before.objectType() != after.objectType()) {
            differ(after, "objectType", before.objectType(), after.objectType());
        }
        if (before.dataFlow() != after.dataFlow()) {
            differ(after, "dataFlow", before.dataFlow(), after.dataFlow());
        }
        var min = both(before.min(), after.min(), BigDecimal::max);
        var max = both(before.max(), after.max(), BigDecimal::min);
        min.ifPresent(least -> max.filter(most -> most.compareTo(least) < 0).ifPresent(most -> {
            problem(after, "the templates allow at least " + least + " and at most " + most + " together");
        }));
        var merged =
                after.withConstraints(after.defaultValue().or(before::defaultValue), allowed(before, after), min, max);
        merged.defaultValue()
                .flatMap(merged::refusal)
                .ifPresent(why -> problem(after, "the default does not fit all templates: " + why));
        return merged;
    }

    private static Optional<BigDecimal> both(
            Optional<BigDecimal> one, Optional<BigDecimal> two, BinaryOperator<BigDecimal> choose) {
        return one.isPresent() && two.isPresent() ? Optional.of(choose.apply(one.get(), two.get())) : one.or(() -> two);
    }

    private List<String> allowed(ParameterDefinition before, ParameterDefinition after) {
        if (before.allowedValues().isEmpty() || after.allowedValues().isEmpty()) {
            return before.allowedValues().isEmpty() ? after.allowedValues() : before.allowedValues();
        }
        var bare = before.withConstraints(Optional.empty(), before.allowedValues(), Optional.empty(), Optional.empty());
        var common = after.allowedValues().stream()
                .filter(value -> bare.refusal(value).isEmpty())
                .toList();
        if (common.isEmpty()) {
            problem(after, "the templates allow no common value");
            return after.allowedValues();
        }
        return common;
    }

    private void differ(ParameterDefinition definition, String what, Object before, Object after) {
        problem(definition, "the templates differ in its " + what + ": " + before + " and " + after);
    }

    private void problem(ParameterDefinition definition, String message) {
        problems.add(0, "parameter " + definition.name(), message);
    }
}
