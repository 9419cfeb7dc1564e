package aque.log;

import java.util.Comparator;

/// A place in a log that stays what it is while the log grows and is paged: a byte of a chunk. The place of a line is
/// where it ends.
///
/// @param seq the chunk
/// @param offset bytes from the chunk's start
public record LogPlace(long seq, int offset) implements Comparable<LogPlace> {
    private static final Comparator<LogPlace> ORDER =
            Comparator.comparingLong(LogPlace::seq).thenComparingInt(LogPlace::offset);

    @Override
    public int compareTo(LogPlace other) {
        return ORDER.compare(this, other);
    }
}
