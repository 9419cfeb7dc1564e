package aque.desktop.log;

import aque.log.Channel;
import aque.log.LogPiece;
import aque.log.LogPlace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Bytes into lines, each channel for itself: a line ends at LF, CR or CRLF, wherever chunks are cut, and is read as
/// UTF-8 when it is whole, so that no character is torn. Where it begins in the middle of a channel it leaves out
/// what stands before the first line end, for the start of that line is not known. Not for several threads at once.
final class LineAssembler {
    /// Longer lines are cut: a task that writes no line end must not fill the memory.
    static final int LONGEST = 16_384;

    private final Map<Channel, Open> open = new EnumMap<>(Channel.class);

    private static final class Open {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Instant at = Instant.EPOCH;
        private boolean afterCr;
        private boolean torn;
        private long position;
    }

    /// The lines that a piece completes.
    ///
    /// @param position bytes of the whole log before the piece
    List<LogLine> add(LogPiece piece, long position) {
        var chunk = piece.chunk();
        var line = open.computeIfAbsent(chunk.channel(), c -> begin(chunk.offset() > 0));
        var lines = new ArrayList<LogLine>();
        var data = chunk.data();
        for (int from = 0; from < data.length; ) {
            if (data[from] == '\n' && line.afterCr) {
                line.afterCr = false;
                from++;
                continue;
            }
            int room = LONGEST - line.bytes.size();
            int end = lineEnd(data, from, room);
            boolean ended = end < data.length && (data[end] == '\n' || data[end] == '\r');
            if (line.bytes.size() == 0) {
                line.at = chunk.at();
            }
            line.bytes.write(data, from, end - from);
            line.position = position + end;
            line.afterCr = ended && data[end] == '\r';
            if (ended || line.bytes.size() >= LONGEST) {
                if (!line.torn) {
                    lines.add(line(chunk.channel(), line, new LogPlace(piece.seq(), end)));
                }
                line.torn = false;
                line.bytes.reset();
            }
            from = ended ? end + 1 : end;
        }
        return lines;
    }

    /// What was begun and not yet ended, as lines after all others.
    List<LogLine> unfinished() {
        return open.entrySet().stream()
                .filter(e -> e.getValue().bytes.size() > 0 && !e.getValue().torn)
                .map(e -> line(
                        e.getKey(),
                        e.getValue(),
                        new LogPlace(Long.MAX_VALUE, e.getKey().ordinal())))
                .toList();
    }

    private static Open begin(boolean torn) {
        var begun = new Open();
        begun.torn = torn;
        return begun;
    }

    private static int lineEnd(byte[] data, int from, int room) {
        int stop = Math.min(data.length, from + room);
        int end = from;
        while (end < stop && data[end] != '\n' && data[end] != '\r') {
            end++;
        }
        return end;
    }

    private static LogLine line(Channel channel, Open line, LogPlace place) {
        var text = line.bytes.toString(StandardCharsets.UTF_8).replace("\t", "    ");
        return new LogLine(place, line.position, line.at, meant(channel, text), text);
    }

    /// Directives on the standard output are progress and status, whatever stream they came by.
    private static Channel meant(Channel channel, String text) {
        if (channel != Channel.STDOUT || !text.startsWith("openjd_")) {
            return channel;
        }
        if (text.startsWith("openjd_progress: ")) {
            return Channel.PROGRESS;
        }
        return text.startsWith("openjd_status: ") ? Channel.STATUS : channel;
    }
}
