package aque.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Finds a text in bytes, with or without regard to capitals (of ASCII, as `Pattern` does): Boyer, Moore and
/// Horspool's way, which looks at one byte in as many as the text is long. Immutable.
final class Needle implements Finder {
    private final byte[] text;
    private final byte[] fold = new byte[256];
    private final int[] skip = new int[256];

    Needle(String literal, boolean exact) {
        for (int i = 0; i < fold.length; i++) {
            fold[i] = (byte) (!exact && i >= 'A' && i <= 'Z' ? i + ('a' - 'A') : i);
        }
        text = literal.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length; i++) {
            text[i] = fold[text[i] & 0xff];
        }
        Arrays.fill(skip, text.length);
        for (int i = 0; i < text.length - 1; i++) {
            skip(text[i] & 0xff, text.length - 1 - i);
        }
    }

    private void skip(int folded, int by) {
        for (int i = 0; i < skip.length; i++) {
            if ((fold[i] & 0xff) == folded) {
                skip[i] = by;
            }
        }
    }

    @Override
    public int find(byte[] in, int from, int to) {
        int last = text.length - 1;
        byte end = text[last];
        for (int at = from; at + last < to; ) {
            int seen = in[at + last] & 0xff;
            if (fold[seen] == end && same(in, at)) {
                return at;
            }
            at += skip[seen];
        }
        return -1;
    }

    private boolean same(byte[] in, int at) {
        for (int i = text.length - 2; i >= 0; i--) {
            if (fold[in[at + i] & 0xff] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
