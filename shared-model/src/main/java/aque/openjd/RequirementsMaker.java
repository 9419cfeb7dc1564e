package aque.openjd;

import aque.openjd.HostRequirements.Amount;
import aque.openjd.HostRequirements.Attribute;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Fills in a step's host requirements and checks what that makes of them.
final class RequirementsMaker {

    private final Problems problems;
    private final Map<String, String> symbols;
    private final int line;
    private final String path;

    RequirementsMaker(Problems problems, Map<String, String> symbols, int line, String path) {
        this.problems = problems;
        this.symbols = symbols;
        this.line = line;
        this.path = path + ".hostRequirements";
    }

    HostRequirements make(HostRequirementsTemplate template) {
        return new HostRequirements(
                template.amounts().stream().map(this::amount).toList(),
                template.attributes().stream().map(this::attribute).toList());
    }

    private Amount amount(HostRequirementsTemplate.Amount template) {
        var name = name(template.name(), Capability.AMOUNT);
        var min = template.min().flatMap(text -> number(name, text));
        var max = template.max().flatMap(text -> number(name, text));
        if (min.filter(value -> value < 0).isPresent()
                || max.filter(value -> value <= 0).isPresent()) {
            problem("the amounts of '" + name + "' must be positive");
        }
        if (min.isPresent() && max.filter(value -> value < min.get()).isPresent()) {
            problem("'" + name + "' has min " + min.get() + ", more than max " + max.get());
        }
        return new Amount(name, min, max);
    }

    private Optional<Double> number(String name, FormatString text) {
        var value = resolve(text);
        var number = Numbers.decimal(value).map(Number::doubleValue);
        if (number.isEmpty()) {
            problem("the amount '" + value + "' of '" + name + "' is not a number");
        }
        return number;
    }

    private Attribute attribute(HostRequirementsTemplate.Attribute template) {
        var name = name(template.name(), Capability.ATTRIBUTE);
        return new Attribute(name, values(name, template.anyOf()), values(name, template.allOf()));
    }

    private Set<String> values(String name, List<FormatString> texts) {
        var values = new HashSet<String>();
        for (var text : texts) {
            var value = resolve(text);
            Capability.valueRefusal(name, value).ifPresent(this::problem);
            values.add(value.toLowerCase(Locale.ROOT));
        }
        return values;
    }

    private String name(FormatString text, Capability kind) {
        var name = resolve(text);
        kind.refusal(name).ifPresent(this::problem);
        return name.toLowerCase(Locale.ROOT);
    }

    private String resolve(FormatString text) {
        try {
            return text.resolve(symbols);
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
            return "";
        }
    }

    private void problem(String message) {
        problems.add(line, path, message);
    }
}
