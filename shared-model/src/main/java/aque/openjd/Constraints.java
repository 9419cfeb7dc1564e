package aque.openjd;

import java.math.BigDecimal;
import java.util.Optional;

/// Checks values against a parameter's limits.
final class Constraints {

    private Constraints() {}

    static Optional<String> refusal(ParameterDefinition parameter, String value) {
        return parameter.type().isNumber() ? number(parameter, value) : text(parameter, value);
    }

    private static Optional<String> number(ParameterDefinition parameter, String value) {
        var number = parameter.type() == ParameterType.INT
                ? Numbers.whole(value).map(BigDecimal::valueOf)
                : Numbers.decimal(value);
        if (number.isEmpty()) {
            return Optional.of(
                    "'" + value + "' is not a " + (parameter.type() == ParameterType.INT ? "whole number" : "number"));
        }
        return bounds(parameter, number.get(), value, "'" + value + "'")
                .or(() -> allowed(
                        parameter,
                        value,
                        parameter.allowedValues().stream()
                                .flatMap(allowed -> Numbers.decimal(allowed).stream())
                                .anyMatch(allowed -> allowed.compareTo(number.get()) == 0)));
    }

    private static Optional<String> text(ParameterDefinition parameter, String value) {
        var length = Words.length(value);
        if (length > Dialect.VALUE && parameter.type() == ParameterType.STRING) {
            return Optional.of("the value has " + length + " characters, at most " + Dialect.VALUE + " are allowed");
        }
        return bounds(parameter, BigDecimal.valueOf(length), value, "the length " + length + " of '" + value + "'")
                .or(() -> allowed(parameter, value, parameter.allowedValues().contains(value)));
    }

    private static Optional<String> bounds(
            ParameterDefinition parameter, BigDecimal number, String value, String subject) {
        if (parameter.min().filter(min -> number.compareTo(min) < 0).isPresent()) {
            return Optional.of(
                    subject + " is less than " + plain(parameter.min().get()));
        }
        if (parameter.max().filter(max -> number.compareTo(max) > 0).isPresent()) {
            return Optional.of(
                    subject + " is more than " + plain(parameter.max().get()));
        }
        return Optional.empty();
    }

    private static Optional<String> allowed(ParameterDefinition parameter, String value, boolean listed) {
        return listed || parameter.allowedValues().isEmpty()
                ? Optional.empty()
                : Optional.of("'" + value + "' is not one of " + parameter.allowedValues());
    }

    static String plain(BigDecimal number) {
        return number.toString();
    }
}
