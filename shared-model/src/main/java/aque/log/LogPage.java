package aque.log;

import java.util.List;

/// Some chunks in order of arrival, and where to go on from.
public record LogPage(List<LogPiece> pieces, long nextSeq) {
    public LogPage {
        pieces = List.copyOf(pieces);
    }

    /// The chunks alone.
    public List<LogChunk> chunks() {
        return pieces.stream().map(LogPiece::chunk).toList();
    }

    /// How many bytes these are.
    public long bytes() {
        return pieces.stream().mapToLong(p -> p.chunk().data().length).sum();
    }
}
