package aque.posix;

/// The numbers in a text of the kernel's, read from its bytes: one look at the machine reads thousands of them, and on
/// an idle worker the code that does it is never warm.
final class Numbers {

    private Numbers() {}

    /// Reads at most so many numbers into `into`, whatever is between them.
    ///
    /// @return how many there were
    static int read(byte[] text, int from, int to, long[] into, int most) {
        int found = 0;
        for (int at = from; at < to && found < most; at++) {
            if (isDigit(text[at])) {
                boolean negative = at > from && text[at - 1] == '-';
                long value = 0;
                for (; at < to && isDigit(text[at]); at++) {
                    value = 10 * value + text[at] - '0';
                }
                into[found++] = negative ? -value : value;
            }
        }
        return found;
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }
}
