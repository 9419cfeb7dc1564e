package aque.openjd;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Finds the word that was probably meant.
final class Similar {

    /// A hostile file may hold very many.
    private static final int MOST_CANDIDATES = 500;

    private Similar() {}

    /// `, did you mean 'x'?`, or nothing when no candidate is near.
    static String hint(String word, Collection<String> candidates) {
        return candidates.stream()
                .limit(MOST_CANDIDATES)
                .filter(c -> distance(word, c) <= (word.length() + 2) / 3)
                .min(Comparator.comparingInt(c -> distance(word, c)))
                .map(c -> ", did you mean '" + c + "'?")
                .orElse("");
    }

    /// Levenshtein's, ignoring case; words longer than 64 are never near.
    private static int distance(String one, String two) {
        if (one.length() > 64 || two.length() > 64) {
            return Integer.MAX_VALUE;
        }
        var a = one.toLowerCase(Locale.ROOT);
        var b = two.toLowerCase(Locale.ROOT);
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                var change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
