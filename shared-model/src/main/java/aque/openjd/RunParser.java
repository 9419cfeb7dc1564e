package aque.openjd;

import java.util.regex.Pattern;

/// One part of a range expression: `5`, `-3--1`, `1 - 10 : 2`.
final class RunParser {

    private static final String INT = "[ \\t]*(-?[0-9]+)[ \\t]*";
    private static final Pattern PART = Pattern.compile(INT + "(?:-" + INT + "(?::" + INT + ")?)?");

    private RunParser() {}

    /// A run and the ends that its author gave it: `1-10:4` reaches to 10 although 9 is its last number, and overlaps
    /// with `10-15`.
    record Stated(String text, long low, long high, Runs.Run run) {}

    static Stated parse(String part, String whole) {
        var matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    part.isBlank()
                            ? "the range '" + whole + "' has an empty part"
                            : "'" + part.strip() + "' is no range such as 1-10 or 1-10:2");
        }
        var from = number(matcher.group(1));
        var to = matcher.group(2) == null ? from : number(matcher.group(2));
        var step = matcher.group(3) == null ? 1 : number(matcher.group(3));
        return new Stated(part.strip(), Math.min(from, to), Math.max(from, to), Runs.run(from, to, step));
    }

    private static long number(String digits) {
        return Numbers.whole(digits)
                .orElseThrow(() -> new IllegalArgumentException("the number " + digits + " is too large"));
    }
}
