package aque.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Looks through one part of one log. Its first and last lines may begin before it and end after it: these are handed
/// on, to be put together by whoever has the neighbours. One use, one thread.
final class LogScan {
    /// Lines are looked at, and shown, up to here.
    static final int LONGEST = 16_384;

    private final LogId log;
    private final LogQuery query;
    private final List<LogHit> hits = new ArrayList<>();
    private final Map<Channel, Ends> ends = new EnumMap<>(Channel.class);

    /// What one channel leaves to its neighbours.
    ///
    /// @param whole the part holds no line end: all of it is `head`
    /// @param head bytes up to the first line end, which is at `headEnd`
    /// @param tail bytes after the last line end
    record Ends(boolean whole, byte[] head, Spot headEnd, byte[] tail, Spot tailEnd) {}

    /// A place and what is known of it.
    record Spot(LogPlace place, long position, Instant at) {}

    private LogScan(LogId log, LogQuery query) {
        this.log = log;
        this.query = query;
    }

    /// @param before bytes of the log before the first piece
    static LogScan of(LogId log, LogQuery query, List<LogPiece> pieces, long before) {
        var scan = new LogScan(log, query);
        var channels = new EnumMap<Channel, Stream>(Channel.class);
        long position = before;
        for (var piece : pieces) {
            channels.computeIfAbsent(piece.chunk().channel(), c -> new Stream()).add(piece, position);
            position += piece.chunk().data().length;
        }
        channels.forEach(scan::look);
        scan.hits.sort(Comparator.comparing(LogHit::place));
        return scan;
    }

    List<LogHit> hits() {
        return hits;
    }

    Map<Channel, Ends> ends() {
        return ends;
    }

    private void look(Channel channel, Stream stream) {
        var bytes = stream.joined();
        if (bytes.length == 0) {
            return;
        }
        int first = lineEnd(bytes, 0);
        var end = stream.spot(bytes.length);
        if (first == bytes.length) {
            ends.put(channel, new Ends(true, bytes, end, new byte[0], end));
            return;
        }
        int last = lineStart(bytes, bytes.length);
        ends.put(
                channel,
                new Ends(
                        false,
                        Arrays.copyOf(bytes, first),
                        stream.spot(first),
                        Arrays.copyOfRange(bytes, last, bytes.length),
                        end));
        var finders = query.finders();
        if (finders.isEmpty()) {
            tryEvery(channel, stream, bytes, first + 1, last);
        } else {
            tryLikely(channel, stream, bytes, first + 1, last, finders);
        }
    }

    /// Only lines that a finder finds, or with escape sequences, which could stand inside of what it looks for.
    private void tryLikely(
            Channel channel, Stream stream, byte[] bytes, int from, int to, List<? extends Finder> finders) {
        var latin = new String(bytes, StandardCharsets.ISO_8859_1);
        var all = new ArrayList<Finder>(finders);
        all.add((in, begin, end) -> latin.indexOf('\u001b', begin, end));
        var next = new int[all.size()];
        Arrays.fill(next, -2);
        for (int at = from; at < to; ) {
            int found = to;
            for (int i = 0; i < next.length; i++) {
                if (next[i] != -1 && next[i] < at) {
                    next[i] = all.get(i).find(bytes, at, to);
                }
                if (next[i] >= 0 && next[i] < found) {
                    found = next[i];
                }
            }
            if (found == to) {
                return;
            }
            int end = lineEnd(bytes, found);
            tryLine(channel, stream, bytes, lineStart(bytes, found), end);
            at = end + 1;
        }
    }

    private void tryEvery(Channel channel, Stream stream, byte[] bytes, int from, int to) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        // One character a byte: the expression can run over the whole text, and lines are cut from it only where it
        // hits.
        boolean plain = text.length() == bytes.length && text.indexOf('\u001b') < 0;
        var matcher = query.matcher(text);
        for (int at = from; at < to; ) {
            int end = lineEnd(bytes, at);
            if (end > at) {
                if (!plain) {
                    tryLine(channel, stream, bytes, at, end);
                } else if (matcher.region(at, Math.min(end, at + LONGEST)).find()) {
                    hit(channel, stream.spot(end), text.substring(at, Math.min(end, at + LONGEST)));
                }
            }
            at = end + 1;
        }
    }

    private void tryLine(Channel channel, Stream stream, byte[] bytes, int from, int to) {
        var line = text(bytes, from, to);
        if (!line.isEmpty() && query.matches(line)) {
            hit(channel, stream.spot(to), line);
        }
    }

    private void hit(Channel channel, Spot end, String line) {
        hits.add(new LogHit(log, end.place(), end.position(), channel, end.at(), line));
    }

    static String text(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, LONGEST);
        return Ansi.plain(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private static int lineStart(byte[] bytes, int from) {
        int at = from;
        while (at > 0 && bytes[at - 1] != '\n' && bytes[at - 1] != '\r') {
            at--;
        }
        return at;
    }

    /// What one channel wrote in this part, in one run of bytes.
    private static final class Stream {
        private final List<LogPiece> pieces = new ArrayList<>();
        private final List<Long> positions = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();
        private int length;

        void add(LogPiece piece, long position) {
            pieces.add(piece);
            positions.add(position);
            starts.add(length);
            length += piece.chunk().data().length;
        }

        byte[] joined() {
            var all = new byte[length];
            for (int i = 0; i < pieces.size(); i++) {
                var data = pieces.get(i).chunk().data();
                System.arraycopy(data, 0, all, starts.get(i), data.length);
            }
            return all;
        }

        Spot spot(int at) {
            int found = java.util.Collections.binarySearch(starts, Math.min(at, length - 1));
            int i = found >= 0 ? found : -found - 2;
            int offset = at - starts.get(i);
            var piece = pieces.get(i);
            return new Spot(
                    new LogPlace(piece.seq(), offset),
                    positions.get(i) + offset,
                    piece.chunk().at());
        }
    }
}
