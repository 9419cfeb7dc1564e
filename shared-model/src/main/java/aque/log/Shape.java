package aque.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the bytes of a match look like: a regular expression without what is no byte.
sealed interface Shape {

    /// One byte out of some.
    record Bytes(long[] mask) implements Shape {
        static final Bytes NONE = new Bytes(new long[4]);

        static Bytes range(int from, int to) {
            var mask = new long[4];
            for (int b = from; b <= to; b++) {
                mask[b >> 6] |= 1L << (b & 63);
            }
            return new Bytes(mask);
        }

        Bytes and(Bytes other) {
            var both = mask.clone();
            for (int i = 0; i < both.length; i++) {
                both[i] |= other.mask[i];
            }
            return new Bytes(both);
        }

        /// The other bytes of ASCII.
        Bytes others() {
            return new Bytes(new long[] {~mask[0], ~mask[1], 0, 0});
        }
    }

    /// One after the other.
    record Row(List<Shape> parts) implements Shape {}

    /// One of these; there is at least one.
    record Either(List<Shape> ways) implements Shape {}

    /// Again and again, at least so often.
    record Repeat(Shape part, int least, int most, boolean endless) implements Shape {}

    /// The shape of an expression that `Pattern` takes; empty where it has parts that are not known here.
    static Optional<Shape> of(String regex, boolean exact) {
        try {
            return Optional.of(new Reader(regex, exact).all());
        } catch (Unknown e) {
            return Optional.empty();
        }
    }

    /// There is something in the expression that only `Pattern` understands.
    final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Unknown() {
            super(null, null, false, false);
        }
    }

    /// Reads an expression. One use.
    final class Reader {
        private static final Bytes DIGIT = Bytes.range('0', '9');
        private static final Bytes WORD =
                DIGIT.and(Bytes.range('a', 'z')).and(Bytes.range('A', 'Z')).and(Bytes.range('_', '_'));
        private static final Bytes SPACE = Bytes.range('\t', '\r').and(Bytes.range(' ', ' '));
        /// A character of another script is some bytes of these.
        private static final Shape OTHER = new Repeat(Bytes.range(0x80, 0xff), 1, 4, false);
        private static final Shape NOTHING = new Row(List.of());
        private static final int OFTEN = 24;

        private final String regex;
        private final boolean exact;
        private int at;

        private Reader(String regex, boolean exact) {
            this.regex = regex;
            this.exact = exact;
        }

        private Shape all() {
            var shape = either();
            if (at < regex.length()) {
                throw new Unknown();
            }
            return shape;
        }

        private Shape either() {
            var ways = new ArrayList<Shape>();
            do {
                ways.add(row());
            } while (take('|'));
            return new Either(ways);
        }

        private Shape row() {
            var parts = new ArrayList<Shape>();
            while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
                parts.add(often(one()));
            }
            return new Row(parts);
        }

        private Shape often(Shape part) {
            var shape = part;
            while (at < regex.length()) {
                if (take('*')) {
                    shape = new Repeat(shape, 0, 0, true);
                } else if (take('+')) {
                    shape = new Repeat(shape, 1, 1, true);
                } else if (take('?')) {
                    shape = new Repeat(shape, 0, 1, false);
                } else if (take('{')) {
                    shape = counted(shape);
                } else {
                    return shape;
                }
                // Reluctant or possessive: the same bytes, or fewer.
                if (!take('?')) {
                    take('+');
                }
            }
            return shape;
        }

        private Shape counted(Shape part) {
            int end = regex.indexOf('}', at);
            var counts = regex.substring(at, end).split(",", -1);
            at = end + 1;
            int least = number(counts[0]);
            boolean endless = counts.length == 2 && counts[1].isEmpty();
            int most = counts.length == 1 ? least : endless ? least : number(counts[1]);
            // More than some is let through as any number.
            return most > OFTEN
                    ? new Repeat(part, Math.min(least, OFTEN), OFTEN, true)
                    : new Repeat(part, least, most, endless);
        }

        private static int number(String digits) {
            if (!digits.matches("[0-9]{1,6}")) {
                throw new Unknown();
            }
            return Integer.parseInt(digits);
        }

        private Shape one() {
            char c = regex.charAt(at++);
            return switch (c) {
                case '(' -> group();
                case '[' -> set();
                case '\\' -> escaped();
                case '.' -> any();
                case '^', '$' -> NOTHING;
                case '*', '+', '?', '{' -> throw new Unknown();
                default -> literal(c);
            };
        }

        private Shape group() {
            boolean looks = false;
            if (take('?')) {
                if (take(':')) {
                    looks = false;
                } else if (take('=') || take('!')) {
                    looks = true;
                } else if (take('<')) {
                    looks = take('=') || take('!');
                    if (!looks) {
                        at = regex.indexOf('>', at) + 1;
                    }
                } else {
                    throw new Unknown();
                }
            }
            var inside = either();
            if (!take(')')) {
                throw new Unknown();
            }
            return looks ? NOTHING : inside;
        }

        private static Shape any() {
            return new Either(List.of(Bytes.range(0, 0x7f), OTHER));
        }

        private Shape escaped() {
            char c = regex.charAt(at++);
            return switch (c) {
                case 'd' -> DIGIT;
                case 'w' -> WORD;
                case 's' -> SPACE;
                case 'D' -> new Either(List.of(DIGIT.others(), OTHER));
                case 'W' -> new Either(List.of(WORD.others(), OTHER));
                case 'S' -> new Either(List.of(SPACE.others(), OTHER));
                case 'b', 'B', 'A', 'z', 'Z' -> NOTHING;
                case 't' -> Bytes.range('\t', '\t');
                default -> {
                    if (Character.isLetterOrDigit(c)) {
                        throw new Unknown();
                    }
                    yield literal(c);
                }
            };
        }

        private Shape literal(char c) {
            if (c < 0x80) {
                return both(c);
            }
            if (Character.isSurrogate(c) || c == '\ufffd') {
                throw new Unknown();
            }
            var parts = new ArrayList<Shape>();
            for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                parts.add(Bytes.range(b & 0xff, b & 0xff));
            }
            return new Row(parts);
        }

        private Bytes both(int c) {
            var one = Bytes.range(c, c);
            if (exact) {
                return one;
            }
            int upper = Character.toUpperCase(c);
            int lower = Character.toLowerCase(c);
            return upper < 0x80 && lower < 0x80
                    ? one.and(Bytes.range(upper, upper)).and(Bytes.range(lower, lower))
                    : one;
        }

        /// After `[`. Sets of sets are left to `Pattern`.
        private Shape set() {
            boolean not = take('^');
            var in = Bytes.NONE;
            boolean other = false;
            if (regex.startsWith("]", at)) {
                throw new Unknown();
            }
            while (!take(']')) {
                char c = next();
                if (c == '[' || regex.startsWith("&&", at - 1)) {
                    throw new Unknown();
                }
                if (c == '\\') {
                    var named = classInSet(next());
                    in = in.and(named);
                    continue;
                }
                char to = c;
                if (isRange()) {
                    at++;
                    to = next();
                    if (to == '\\' || to == '[') {
                        throw new Unknown();
                    }
                }
                for (int b = c; b <= Math.min(to, 0x7f); b++) {
                    in = in.and(both(b));
                }
                other |= to >= 0x80;
            }
            var ascii = not ? in.others() : in;
            return not || other ? new Either(List.of(ascii, OTHER)) : ascii;
        }

        private Bytes classInSet(char c) {
            return switch (c) {
                case 'd' -> DIGIT;
                case 'w' -> WORD;
                case 's' -> SPACE;
                case 't' -> Bytes.range('\t', '\t');
                default -> {
                    if (Character.isLetterOrDigit(c) || c >= 0x80 || isRange()) {
                        throw new Unknown();
                    }
                    yield Bytes.range(c, c);
                }
            };
        }

        private boolean isRange() {
            return regex.startsWith("-", at) && !regex.startsWith("-]", at);
        }

        private char next() {
            if (at >= regex.length()) {
                throw new Unknown();
            }
            return regex.charAt(at++);
        }

        private boolean take(char c) {
            if (at < regex.length() && regex.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }
    }
}
