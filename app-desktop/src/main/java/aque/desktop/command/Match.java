package aque.desktop.command;

import java.util.Locale;

/// How well typed letters fit a title: all of them in order, best at the beginnings of words and side by side. Pure.
final class Match {
    private static final int NONE = -1;

    private Match() {}

    /// Larger is better; -1 when they do not fit.
    static int score(String typed, String title) {
        var wanted = typed.toLowerCase(Locale.ROOT).replace(" ", "");
        var text = title.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return 0;
        }
        int whole = text.indexOf(typed.toLowerCase(Locale.ROOT).strip());
        int score = whole == 0 ? 200 : whole > 0 ? 100 : 0;
        int at = -1;
        for (char letter : wanted.toCharArray()) {
            int next = text.indexOf(letter, at + 1);
            if (next < 0) {
                return NONE;
            }
            score += next == at + 1 ? 4 : beginsWord(text, next) ? 6 : 0;
            at = next;
        }
        return score * 1000 + Math.max(0, 999 - text.length());
    }

    private static boolean beginsWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }
}
