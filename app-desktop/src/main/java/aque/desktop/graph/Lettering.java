package aque.desktop.graph;

import aque.desktop.theme.Theme;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// How wide a text is, from the widths of its letters, each measured once: a node to measure with costs more than all
/// the rest of a box. FX thread.
final class Lettering {
    private static final double MEASURED = 64;
    /// Few sizes: each size of a face is drawn anew before it is quick.
    private static final double[] SIZES = {8, 9, 10, 11, 12.5, 14, 16};

    private final Map<Character, Double> text = new HashMap<>();
    private final Map<Character, Double> strong = new HashMap<>();

    /// The largest size that is used for texts not larger than this.
    static double size(double wished) {
        double size = SIZES[0];
        for (double each : SIZES) {
            size = each <= wished ? each : size;
        }
        return size;
    }

    double text(String words, double size) {
        return width(words, size, text, Theme.text(MEASURED));
    }

    double strong(String words, double size) {
        return width(words, size, strong, Theme.strong(MEASURED));
    }

    /// As much of it as fits, in the heavier face, with dots where something is missing.
    String shortened(String words, double size, double room) {
        if (strong(words, size) <= room) {
            return words;
        }
        double used = strong("…", size);
        int end = 0;
        while (end < words.length() && used + strong(words.substring(end, end + 1), size) <= room) {
            used += strong(words.substring(end, end + 1), size);
            end++;
        }
        return end == 0 ? "" : words.substring(0, end).stripTrailing() + "…";
    }

    private static double width(String words, double size, Map<Character, Double> known, Font face) {
        double sum = 0;
        for (int i = 0; i < words.length(); i++) {
            sum += known.computeIfAbsent(words.charAt(i), letter -> measured(letter, face));
        }
        return sum * size / MEASURED;
    }

    private static double measured(char letter, Font face) {
        var one = new Text(String.valueOf(letter));
        one.setFont(face);
        return one.getLayoutBounds().getWidth();
    }
}
