package aque.worker;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.process.OutputSink;
import aque.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Everything that one attempt writes: counts its bytes, sends them to the log, and shows whole lines to whoever reads
/// directives from them. Pieces arrive on the pump's thread; notes of the worker itself from any.
final class OutputTap implements OutputSink {
    private static final int LONGEST_LINE = 64 << 10;

    private final TaskId task;
    private final int attempt;
    private final LogWriter writer;
    private final Map<Channel, Long> offsets = new EnumMap<>(Channel.class);
    private final Map<Channel, LineCutter> lines = new EnumMap<>(Channel.class);
    private volatile BiConsumer<Channel, String> onLine = (channel, line) -> {};

    OutputTap(TaskId task, int attempt, LogWriter writer) {
        this.task = task;
        this.attempt = attempt;
        this.writer = writer;
        lines.put(Channel.STDOUT, new LineCutter(LONGEST_LINE));
        lines.put(Channel.STDERR, new LineCutter(LONGEST_LINE));
    }

    /// From now on whole lines go to this, on the pump's thread: be quick.
    void onLine(BiConsumer<Channel, String> reader) {
        onLine = reader;
    }

    @Override
    public boolean accept(Channel channel, byte[] piece, Runnable more) {
        var cutter = lines.get(channel);
        if (cutter != null) {
            cutter.add(piece, line -> onLine.accept(channel, line));
        }
        return writer.offer(chunk(channel, piece), more);
    }

    /// A line of the worker's own: status, progress, or a word on what happened.
    void note(Channel channel, String text) {
        writer.offer(chunk(channel, (text + "\n").getBytes(StandardCharsets.UTF_8)), () -> {});
    }

    /// What came after the last line end is a line too.
    void end() {
        lines.forEach((channel, cutter) -> cutter.end(line -> onLine.accept(channel, line)));
    }

    private synchronized LogChunk chunk(Channel channel, byte[] data) {
        var offset = offsets.getOrDefault(channel, 0L);
        offsets.put(channel, offset + data.length);
        return new LogChunk(task, attempt, channel, offset, Instant.now(), data);
    }
}
