package aque.desktop.log;

import aque.log.LogPiece;
import java.util.ArrayList;
import java.util.List;

/// The part of a log that is in memory: some chunks in a row and the lines in them, never much more than a fixed
/// number of bytes. Owned by the reader's thread.
final class LogWindow {
    /// Bytes kept; twenty thousand lines of usual length.
    static final long MOST = 2 << 20;
    /// Lines kept, for logs of very short ones.
    static final int MOST_LINES = 60_000;

    private List<LogPiece> pieces = new ArrayList<>();
    private List<LogLine> lines = new ArrayList<>();
    private LineAssembler assembler = new LineAssembler();
    private long start;
    private long bytes;

    /// Shows these chunks and nothing else.
    ///
    /// @param before bytes of the log before the first
    void show(List<LogPiece> these, long before) {
        pieces = new ArrayList<>(these);
        start = before;
        bytes = size(these);
        assemble();
    }

    /// The same chunks, now that it is known how much stands before them.
    void startsAt(long before) {
        if (start != before) {
            start = before;
            assemble();
        }
    }

    /// Adds what follows; what is most far from it goes when there is too much.
    void append(List<LogPiece> more) {
        for (var piece : more) {
            lines.addAll(assembler.add(piece, start + bytes));
            pieces.add(piece);
            bytes += piece.chunk().data().length;
        }
        int gone = 0;
        while (pieces.size() - gone > 1 && tooMuch(lines.size())) {
            var piece = pieces.get(gone++);
            bytes -= piece.chunk().data().length;
            start += piece.chunk().data().length;
            dropLinesTo(piece.seq());
        }
        pieces.subList(0, gone).clear();
    }

    /// Adds what stands before; tells whether something at the end had to go.
    boolean prepend(List<LogPiece> more) {
        var all = new ArrayList<LogPiece>(more);
        all.addAll(pieces);
        long size = size(more);
        bytes += size;
        start -= size;
        int kept = all.size();
        while (kept > more.size() + 1 && bytes > MOST) {
            bytes -= all.get(--kept).chunk().data().length;
        }
        boolean cut = kept < all.size();
        pieces = new ArrayList<>(all.subList(0, kept));
        assemble();
        return cut;
    }

    /// The lines in it; those that have no end yet are behind the others.
    List<LogLine> lines() {
        var unfinished = assembler.unfinished();
        var all = new ArrayList<LogLine>(lines.size() + unfinished.size());
        all.addAll(lines);
        all.addAll(unfinished);
        return all;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean isFull() {
        return tooMuch(lines.size());
    }

    /// Bytes of the log before it.
    long start() {
        return start;
    }

    /// Bytes of the log before its end.
    long end() {
        return start + bytes;
    }

    long firstSeq() {
        return pieces.isEmpty() ? Long.MAX_VALUE : pieces.getFirst().seq();
    }

    long lastSeq() {
        return pieces.isEmpty() ? 0 : pieces.getLast().seq();
    }

    private boolean tooMuch(int lineCount) {
        return bytes > MOST || lineCount > MOST_LINES;
    }

    private void dropLinesTo(long seq) {
        int gone = 0;
        while (gone < lines.size() && lines.get(gone).place().seq() <= seq) {
            gone++;
        }
        lines.subList(0, gone).clear();
    }

    private void assemble() {
        assembler = new LineAssembler();
        lines = new ArrayList<>();
        long at = start;
        for (var piece : pieces) {
            lines.addAll(assembler.add(piece, at));
            at += piece.chunk().data().length;
        }
    }

    private static long size(List<LogPiece> some) {
        return some.stream().mapToLong(p -> p.chunk().data().length).sum();
    }
}
