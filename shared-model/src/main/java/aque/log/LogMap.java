package aque.log;

import java.util.ArrayList;
import java.util.List;

/// Where in a whole log its chunks stand: a mark about every 64 KiB, so that a scroll bar can mean a log of any size
/// and a search can cut it into parts. A gigabyte has 16,000 marks. Positions count the bytes of all channels
/// together, in order of arrival. Pure.
public final class LogMap {
    /// Bytes between marks, at least.
    static final int STEP = 64 << 10;

    private final List<Mark> marks;
    private final long total;

    /// @param before bytes of the log before the chunk `seq`
    public record Mark(long seq, long before) {}

    /// A part of a log: chunks from `from`, up to and without `to`.
    public record Part(long from, long to, long before, long bytes) {}

    LogMap(List<Mark> marks, long total) {
        this.marks = marks;
        this.total = total;
    }

    public static LogMap empty() {
        return new LogMap(List.of(), 0);
    }

    /// Bytes of the whole log.
    public long total() {
        return total;
    }

    /// The map of the log after more was written to it.
    public LogMap grown(List<LogPiece> more) {
        var now = new ArrayList<>(marks);
        long end = total;
        for (var piece : more) {
            if (now.isEmpty() || end - now.getLast().before() >= STEP) {
                now.add(new Mark(piece.seq(), end));
            }
            end += piece.chunk().data().length;
        }
        return new LogMap(now, end);
    }

    /// The last mark at or before a chunk.
    public Mark at(long seq) {
        return last(mark -> mark.seq() <= seq);
    }

    /// The last mark at or before a position.
    public Mark atPosition(long position) {
        return last(mark -> mark.before() <= position);
    }

    /// The log in parts of about so many bytes, in order.
    public List<Part> parts(long bytes) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < marks.size(); ) {
            var first = marks.get(i);
            int next = i + 1;
            while (next < marks.size() && marks.get(next).before() - first.before() < bytes) {
                next++;
            }
            boolean last = next == marks.size();
            long to = last ? Long.MAX_VALUE : marks.get(next).seq();
            long end = last ? total : marks.get(next).before();
            parts.add(new Part(first.seq(), to, first.before(), end - first.before()));
            i = next;
        }
        return parts;
    }

    private Mark last(java.util.function.Predicate<Mark> holds) {
        int low = 0;
        int high = marks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (holds.test(marks.get(middle))) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? new Mark(0, 0) : marks.get(high);
    }
}
