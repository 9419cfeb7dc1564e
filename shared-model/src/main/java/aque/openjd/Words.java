package aque.openjd;

import java.util.Optional;
import java.util.regex.Pattern;

/// The specification's kinds of plain text: identifiers, names, descriptions, labels. Lengths count characters (code
/// points).
final class Words {

    static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Words() {}

    static Optional<String> identifier(Place place, int longest) {
        return sized(place, 1, longest).filter(text -> {
            var right = IDENTIFIER.matcher(text).matches();
            if (!right) {
                place.problem("'" + text + "' is no name: only letters, digits and _ are allowed, no digit first");
            }
            return right;
        });
    }

    /// One line without control characters.
    static Optional<String> line(Place place, int longest) {
        return sized(place, 1, longest).filter(text -> !controls(place, text, ""));
    }

    /// Several lines, without other control characters.
    static Optional<String> description(Place place) {
        return sized(place, 1, Dialect.DESCRIPTION).filter(text -> !controls(place, text, "\n\r\t"));
    }

    static Optional<String> description(Fields fields) {
        return fields.get("description").flatMap(Words::description);
    }

    /// Text of a length; a text that is too long is reported and left out.
    static Optional<String> sized(Place place, int shortest, int longest) {
        return place.text().filter(text -> {
            var length = length(text);
            if (length < shortest) {
                place.problem("must not be empty");
            } else if (length > longest) {
                place.problem("has " + length + " characters, at most " + longest + " are allowed");
            }
            return length >= shortest && length <= longest;
        });
    }

    /// Reports a control character (category Cc) other than the `allowed` ones.
    static boolean controls(Place place, String text, String allowed) {
        var bad = text.chars()
                .filter(c -> Character.isISOControl(c) && allowed.indexOf(c) < 0)
                .findFirst();
        bad.ifPresent(c -> place.problem("holds the control character \\x%02X".formatted(c)));
        return bad.isPresent();
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
