package aque.desktop.action;

import aque.desktop.theme.Texts;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Numbers that a person typed into a question. An empty field means "leave it". Pure.
public final class Amounts {
    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT]?)(?:I?B)?");

    private static final BigDecimal MOST_CORES = BigDecimal.valueOf(100_000);

    private Amounts() {}

    /// Cores that a task needs, as thousandths.
    ///
    /// @throws IllegalArgumentException with a sentence for the person
    static OptionalInt cores(String text) {
        var milli = coresAtMost(text);
        if (milli.isPresent() && milli.getAsInt() == 0) {
            throw new IllegalArgumentException(Texts.of("ask.wrong.cpus", text));
        }
        return milli;
    }

    /// Cores that bound something, as thousandths; none at all are a bound too.
    ///
    /// @throws IllegalArgumentException with a sentence for the person
    public static OptionalInt coresAtMost(String text) {
        if (text.isBlank()) {
            return OptionalInt.empty();
        }
        var number = number(text, "ask.wrong.cpus");
        if (number.signum() < 0 || number.compareTo(MOST_CORES) > 0) {
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
            return number(text, "ask.wrong.number").intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(Texts.of("ask.wrong.number", text), e);
        }
    }

    /// A whole number, zero or more.
    ///
    /// @throws IllegalArgumentException with a sentence for the person
    public static int count(String text) {
        int number = whole(text);
        if (number < 0) {
            throw new IllegalArgumentException(Texts.of("ask.wrong.number", text));
        }
        return number;
    }

    private static BigDecimal number(String text, String wrong) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Texts.of(wrong, text), e);
        }
    }
}
