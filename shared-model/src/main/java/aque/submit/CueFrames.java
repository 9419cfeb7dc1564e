package aque.submit;

import aque.openjd.Frames;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Frame ranges as OpenCue writes them: `1-10x2,20`, downwards `10-1`, all but every third `1-10y3`, and `1-10:3`,
/// which
/// only says in which order. In ascending order here.
final class CueFrames {
    private static final Pattern PART = Pattern.compile("(-?\\d{1,9})(?:-(-?\\d{1,9})(?:([xy:])(-?\\d{1,9}))?)?");
    private static final long MOST = 1_000_000;

    private CueFrames() {}

    /// Empty when it is none.
    static Optional<Frames> of(String range) {
        var numbers = new TreeSet<Long>();
        for (var part : range.strip().split("\\s*,\\s*")) {
            var match = PART.matcher(part);
            if (!match.matches()) {
                return Optional.empty();
            }
            var a = Long.parseLong(match.group(1));
            var b = match.group(2) == null ? a : Long.parseLong(match.group(2));
            var step = match.group(4) == null ? 1 : Math.abs(Long.parseLong(match.group(4)));
            if (step == 0 || Math.abs(b - a) > MOST) {
                return Optional.empty();
            }
            var kind = match.group(3) == null ? "x" : match.group(3);
            for (var i = 0L; i <= Math.abs(b - a); i++) {
                var on = i % step == 0;
                if (kind.equals(":") || kind.equals("x") == on) {
                    numbers.add(a <= b ? a + i : a - i);
                }
            }
        }
        return numbers.isEmpty() ? Optional.empty() : Optional.of(new Frames(numbers));
    }
}
