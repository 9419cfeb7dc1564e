package aque.desktop.query;

import java.util.ArrayList;
import java.util.List;

/// One piece of a search as it was typed. Pure.
///
/// @param not does a `-` stand before it?
/// @param quoted was its text in quotes? Then it is no field and no `or`
record Token(boolean not, boolean quoted, String text) {

    /// Splits at spaces, keeps what is in quotes together; a quote that is not closed reaches to the end.
    static List<Token> of(String typed) {
        var tokens = new ArrayList<Token>();
        int at = 0;
        while (at < typed.length()) {
            if (Character.isWhitespace(typed.charAt(at))) {
                at++;
                continue;
            }
            boolean not =
                    typed.charAt(at) == '-' && at + 1 < typed.length() && !Character.isWhitespace(typed.charAt(at + 1));
            int from = not ? at + 1 : at;
            boolean quoted = typed.charAt(from) == '"';
            int to = end(typed, from, quoted);
            tokens.add(new Token(not, quoted, typed.substring(from, to).replace("\"", "")));
            at = to;
        }
        return tokens;
    }

    /// Spaces within quotes are part of the piece: `user:"mary ann"`.
    private static int end(String typed, int from, boolean quoted) {
        boolean inside = false;
        for (int i = from; i < typed.length(); i++) {
            if (typed.charAt(i) == '"') {
                inside = !inside;
                if (!inside && quoted) {
                    return i + 1;
                }
            } else if (Character.isWhitespace(typed.charAt(i)) && !inside) {
                return i;
            }
        }
        return typed.length();
    }
}
