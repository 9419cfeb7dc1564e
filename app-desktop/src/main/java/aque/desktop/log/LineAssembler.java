package aque.desktop.log;

import aque.log.Channel;
import aque.log.LogChunk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Bytes into lines, each channel for itself: a line ends at LF, CR or CRLF, wherever chunks are cut, and is read as
/// UTF-8 when it is whole, so that no character is torn. Not for several threads at once.
final class LineAssembler {
    /// Longer lines are cut: a task that writes no line end must not fill the memory.
    static final int LONGEST = 16_384;

    private final Map<Channel, Open> open = new EnumMap<>(Channel.class);

    private static final class Open {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Instant at = Instant.EPOCH;
        private boolean afterCr;
    }

    /// The lines that a chunk completes.
    List<LogLine> add(LogChunk chunk) {
        var line = open.computeIfAbsent(chunk.channel(), c -> new Open());
        var lines = new ArrayList<LogLine>();
        for (byte b : chunk.data()) {
            boolean secondOfPair = b == '\n' && line.afterCr;
            line.afterCr = b == '\r';
            if (secondOfPair) {
                continue;
            }
            if (line.bytes.size() == 0) {
                line.at = chunk.at();
            }
            if (b == '\n' || b == '\r') {
                lines.add(take(chunk.channel(), line));
            } else {
                line.bytes.write(b);
                if (line.bytes.size() >= LONGEST) {
                    lines.add(take(chunk.channel(), line));
                }
            }
        }
        return lines;
    }

    /// What was begun and not yet ended, as lines.
    List<LogLine> unfinished() {
        return open.entrySet().stream()
                .filter(e -> e.getValue().bytes.size() > 0)
                .map(e -> line(e.getKey(), e.getValue()))
                .toList();
    }

    private static LogLine take(Channel channel, Open line) {
        var whole = line(channel, line);
        line.bytes.reset();
        return whole;
    }

    private static LogLine line(Channel channel, Open line) {
        var text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line.bytes.toByteArray()));
        return new LogLine(line.at, channel, text.toString().replace("\t", "    "));
    }
}
