package aque.log;

import java.util.List;

/// Some chunks in order of arrival, and where to go on from.
public record LogPage(List<LogChunk> chunks, long nextSeq) {
    public LogPage {
        chunks = List.copyOf(chunks);
    }
}
