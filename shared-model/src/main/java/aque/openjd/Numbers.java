package aque.openjd;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whole and decimal numbers, given as numbers or as text. They keep the author's spelling where that matters.
final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

    private Numbers() {}

    static Optional<Long> whole(String text) {
        var trimmed = text.strip();
        if (!WHOLE.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(trimmed));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /// A finite number of moderate size.
    static Optional<BigDecimal> decimal(String text) {
        var trimmed = text.strip();
        if (trimmed.length() > 400 || !DECIMAL.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        var value = new BigDecimal(trimmed);
        return Double.isFinite(value.doubleValue()) ? Optional.of(value) : Optional.empty();
    }

    /// A whole number at this place: `5`, `"5"` and `5.0`, never true or null.
    static Optional<Long> whole(Place place) {
        if (place.node() instanceof Node.Scalar scalar) {
            var value = switch (scalar.kind()) {
                case STRING -> whole(scalar.text());
                case INT -> literal(scalar.text());
                case FLOAT -> decimal(scalar.text()).flatMap(Numbers::exact);
                case BOOL, NULL -> Optional.<Long>empty();
            };
            if (value.isPresent()) {
                return value;
            }
        }
        return place.wrong("a whole number");
    }

    /// A decimal number at this place, as written.
    static Optional<String> decimal(Place place) {
        if (place.node() instanceof Node.Scalar scalar) {
            var text = scalar.text().strip();
            var value = switch (scalar.kind()) {
                case STRING, FLOAT -> decimal(text).map(number -> text);
                case INT -> literal(text).map(number -> text.startsWith("0") ? number.toString() : text);
                case BOOL, NULL -> Optional.<String>empty();
            };
            if (value.isPresent()) {
                return value;
            }
        }
        return place.wrong("a number");
    }

    private static Optional<Long> literal(String text) {
        try {
            if (text.startsWith("0x")) {
                return Optional.of(Long.parseLong(text.substring(2), 16));
            }
            if (text.startsWith("0o")) {
                return Optional.of(Long.parseLong(text.substring(2), 8));
            }
            return whole(text);
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static Optional<Long> exact(BigDecimal value) {
        try {
            return Optional.of(value.longValueExact());
        } catch (ArithmeticException fraction) {
            return Optional.empty();
        }
    }
}
