package aque.desktop.log;

import aque.log.Fingerprint;
import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MeyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Two logs side by side. Lines are laid beside each other without regard to numbers, times and folders, so that two
/// renders of one frame differ where they went different ways and not in every line. Pure.
///
/// @param rows the lines of both, in order
/// @param places how many stretches of lines differ
record Comparison(List<Row> rows, int places) {

    /// What a row shows.
    enum Kind {
        /// The same text on both sides.
        SAME,
        /// The same but for figures.
        FIGURES,
        /// Something else on the other side, or nothing.
        OTHER
    }

    /// One row; a side that has no line here is "".
    ///
    /// @param place number of the stretch that differs, from 0; -1 where nothing does
    record Row(Kind kind, String left, String right, int place) {}

    static Comparison of(List<String> left, List<String> right) {
        var known = new HashMap<String, Integer>();
        var patch = DiffUtils.diff(
                numbered(left, known), numbered(right, known), new MeyersDiffWithLinearSpace<>(Integer::equals), null);
        var rows = new ArrayList<Row>();
        var here = new ArrayList<String>();
        var there = new ArrayList<String>();
        int at = 0;
        int other = 0;
        int places = 0;
        for (var delta : patch.getDeltas()) {
            var source = delta.getSource();
            var target = delta.getTarget();
            int same = source.getPosition() - at;
            if (same > 0) {
                places += differ(rows, here, there, places);
                alike(rows, left.subList(at, at + same), right.subList(other, other + same));
            }
            at = source.getPosition() + source.size();
            other = target.getPosition() + target.size();
            here.addAll(left.subList(source.getPosition(), at));
            there.addAll(right.subList(target.getPosition(), other));
        }
        places += differ(rows, here, there, places);
        alike(rows, left.subList(at, left.size()), right.subList(other, right.size()));
        return new Comparison(List.copyOf(rows), places);
    }

    /// Equal numbers for lines that are the same but for figures: quicker to compare.
    private static List<Integer> numbered(List<String> lines, Map<String, Integer> known) {
        return lines.stream()
                .map(line -> known.computeIfAbsent(Fingerprint.normal(line), l -> known.size()))
                .toList();
    }

    private static void alike(List<Row> rows, List<String> left, List<String> right) {
        for (int i = 0; i < left.size(); i++) {
            var kind = left.get(i).equals(right.get(i)) ? Kind.SAME : Kind.FIGURES;
            rows.add(new Row(kind, left.get(i), right.get(i), -1));
        }
    }

    /// Lays what differs beside each other and forgets it; how many places that made, 0 or 1.
    private static int differ(List<Row> rows, List<String> left, List<String> right, int place) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            rows.add(new Row(
                    Kind.OTHER, i < left.size() ? left.get(i) : "", i < right.size() ? right.get(i) : "", place));
        }
        int made = left.isEmpty() && right.isEmpty() ? 0 : 1;
        left.clear();
        right.clear();
        return made;
    }
}
