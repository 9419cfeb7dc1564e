package aque.cli;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// A value on its way through what a command line says of it; an option that was not typed changes nothing.
///
/// @param value as it is so far
record Said<T>(Arguments args, T value) {
    /// The option's text changes it.
    Said<T> text(String option, BiFunction<T, String, T> change) {
        return args.get(option)
                .map(text -> new Said<>(args, change.apply(value, text)))
                .orElse(this);
    }

    /// The option's whole number changes it.
    Said<T> number(String option, BiFunction<T, Integer, T> change) {
        return text(option, (v, text) -> change.apply(v, Units.number(option, text)));
    }

    /// That the option is there changes it.
    Said<T> flag(String option, UnaryOperator<T> change) {
        return args.has(option) ? new Said<>(args, change.apply(value)) : this;
    }
}
