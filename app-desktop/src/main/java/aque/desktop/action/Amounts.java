package aque.desktop.action;

import aque.desktop.theme.Texts;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Numbers that a person typed into a question. An empty field means "leave it". Pure.
final class Amounts {
    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT]?)(?:I?B)?");

    private Amounts() {}

    /// Cores as thousandths.
    ///
    /// @throws IllegalArgumentException with a sentence for the person
    static OptionalInt cores(String text) {
        if (text.isBlank()) {
            return OptionalInt.empty();
        }
        var number = number(text);
        if (number.signum() <= 0 || number.compareTo(BigDecimal.valueOf(100_000)) > 0) {
            throw new IllegalArgumentException(Texts.of("ask.wrong.cpus", text));
        }
        return OptionalInt.of(number.movePointRight(3).intValue());
    }

    /// `8G`, `512 MiB` as bytes; powers of 1024.
    ///
    /// @throws IllegalArgumentException with a sentence for the person
    static OptionalLong bytes(String text) {
        if (text.isBlank()) {
            return OptionalLong.empty();
        }
        var size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException(Texts.of("ask.wrong.memory", text));
        }
        int power = 10 * " KMGT".indexOf(size.group(2).isEmpty() ? " " : size.group(2));
        return OptionalLong.of(new BigDecimal(size.group(1))
                .multiply(BigDecimal.valueOf(1L << power))
                .longValue());
    }

    /// A whole number.
    ///
    /// @throws IllegalArgumentException with a sentence for the person
    static int whole(String text) {
        try {
            return number(text).intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(Texts.of("ask.wrong.number", text), e);
        }
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Texts.of("ask.wrong.number", text), e);
        }
    }
}
