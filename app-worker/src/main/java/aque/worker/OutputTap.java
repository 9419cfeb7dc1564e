package aque.worker;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.process.OutputSink;
import aque.progress.Words;
import aque.session.Secrets;
import aque.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Everything that one attempt writes: shows whole lines to whoever reads directives from them, hides secrets, counts
/// the bytes that are left and sends them to the log. Pieces arrive on the pump's thread; notes of the worker itself
/// from any.
final class OutputTap implements OutputSink {
    private final TaskId task;
    private final int attempt;
    private final LogWriter writer;
    private final Map<Channel, Long> offsets = new EnumMap<>(Channel.class);
    private final Map<Channel, LineCutter> lines = new EnumMap<>(Channel.class);
    private final Map<Channel, Mask> masks = new EnumMap<>(Channel.class);
    private volatile long lastOutput = System.nanoTime();
    private volatile Reader reader = new Reader(Words.NONE, (channel, line) -> {});
    private volatile Map<Channel, FileCopy> copies = Map.of();
    private final List<Runnable> early = new ArrayList<>();
    private volatile boolean waits;

    OutputTap(TaskId task, int attempt, LogWriter writer) {
        this.task = task;
        this.attempt = attempt;
        this.writer = writer;
        for (var channel : new Channel[] {Channel.STDOUT, Channel.STDERR}) {
            lines.put(channel, new LineCutter(Mask.LONGEST_LINE));
            masks.put(channel, new Mask());
        }
    }

    private record Reader(Words sought, BiConsumer<Channel, String> lines) {}

    /// From now on whole lines of stdout and stderr that hold what is sought go to this, on the pump's thread: be
    /// quick.
    void onLine(Words sought, BiConsumer<Channel, String> lines) {
        reader = new Reader(sought, lines);
    }

    /// From now on these do not show. Between processes only.
    void hide(Secrets secrets) {
        masks.values().forEach(m -> m.hide(secrets));
    }

    /// From now on these get what is written, too. Between processes only.
    void copy(Map<Channel, FileCopy> files) {
        copies = Map.copyOf(files);
    }

    /// The files that get copies now.
    Collection<FileCopy> copies() {
        return copies.values();
    }

    /// Where each channel is, for the next worker.
    ///
    /// @param channel its word; `offset` bytes in the log
    /// @param rest the beginning of a line; `held` what has not passed to the log, `whole` whether it begins a line
    record Place(String channel, long offset, byte[] rest, byte[] held, boolean whole) {}

    /// When no piece can come any more.
    synchronized List<Place> places() {
        var out = new ArrayList<Place>();
        for (var channel : Channel.values()) {
            var cutter = lines.get(channel);
            var mask = masks.get(channel);
            out.add(new Place(
                    channel.word(),
                    offsets.getOrDefault(channel, 0L),
                    cutter == null ? new byte[0] : cutter.rest(),
                    mask == null ? new byte[0] : mask.held(),
                    mask == null || mask.isWhole()));
        }
        return out;
    }

    /// Goes on where another worker was; nothing passes until [#ready()].
    synchronized void restore(List<Place> places) {
        waits = true;
        for (var place : places) {
            var channel = Channel.ofWord(place.channel()).orElseThrow();
            offsets.put(channel, place.offset());
            var cutter = lines.get(channel);
            var mask = masks.get(channel);
            if (cutter != null && mask != null) {
                cutter.add(place.rest(), Words.NONE, line -> {});
                mask.restore(place.held(), place.whole());
            }
        }
    }

    /// Whoever reads lines is there: what came early is shown to him.
    void ready() {
        List<Runnable> pieces;
        synchronized (early) {
            waits = false;
            pieces = List.copyOf(early);
            early.clear();
        }
        pieces.forEach(Runnable::run);
    }

    private boolean isEarly(Channel channel, byte[] piece, Runnable more) {
        synchronized (early) {
            if (waits) {
                early.add(() -> {
                    if (accept(channel, piece, more)) {
                        more.run();
                    }
                });
            }
            return waits;
        }
    }

    @Override
    public boolean accept(Channel channel, byte[] piece, Runnable more) {
        lastOutput = System.nanoTime();
        if (waits && isEarly(channel, piece, more)) {
            return false;
        }
        var cutter = lines.get(channel);
        var mask = masks.get(channel);
        if (cutter == null || mask == null) {
            return writer.offer(chunk(channel, piece), more);
        }
        var now = reader;
        cutter.add(piece, now.sought(), line -> now.lines().accept(channel, line));
        var copy = copies.get(channel);
        var room = copy == null || copy.add(piece, more);
        var shown = mask.pass(piece);
        return (shown.length == 0 || writer.offer(chunk(channel, shown), more)) && room;
    }

    /// How long nothing came; since its start when nothing ever did.
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastOutput);
    }

    /// Its silence begins anew.
    void heard() {
        lastOutput = System.nanoTime();
    }

    /// A line of the worker's own: status, progress, or a word on what happened.
    void note(Channel channel, String text) {
        writer.offer(chunk(channel, (text + "\n").getBytes(StandardCharsets.UTF_8)), () -> {});
    }

    /// A process has ended: what came after the last line end is a line too.
    void end() {
        lines.forEach((channel, cutter) -> cutter.end(line -> reader.lines().accept(channel, line)));
        masks.forEach((channel, mask) -> {
            var shown = mask.end();
            if (shown.length > 0) {
                writer.offer(chunk(channel, shown), () -> {});
            }
        });
    }

    private synchronized LogChunk chunk(Channel channel, byte[] data) {
        var offset = offsets.getOrDefault(channel, 0L);
        offsets.put(channel, offset + data.length);
        return new LogChunk(task, attempt, channel, offset, Instant.now(), data);
    }
}
