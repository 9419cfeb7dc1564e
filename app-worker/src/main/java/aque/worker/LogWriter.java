package aque.worker;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what tasks write into the database: many tasks, one statement, every 100 ms or sooner when there is much.
/// What waits in memory is bounded, for each task and in all; a task that writes faster is made to wait. While the
/// database is away it goes to a file, and from there into the database afterwards. Bytes and their order are exact.
final class LogWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final long TOGETHER_MS = 100;
    private static final int ENOUGH = 256 << 10;
    private static final int BATCH = 4 << 20;
    private static final int CHUNK = 256 << 10;
    /// Several batches: a task goes on writing while one is on its way.
    private static final int TASK_LIMIT = 16 << 20;
    private static final int LIMIT = 48 << 20;
    /// More than this does not wait in memory for a database that is away.
    private static final int SPOOLED = 1 << 20;
    /// Longer than it takes to find out that there is no connection.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final LogStore store;
    private final Path folder;
    private volatile Consumer<TaskId> onWritten = task -> {};
    private volatile BiConsumer<TaskId, Path> onKept = (task, file) -> {};
    private final Function<TaskId, LogLimit> limit;
    private final KeptOutput kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final ArrayDeque<LogChunk> queue = new ArrayDeque<>();
    /// Bytes of each task in memory; bytes not yet in the database.
    private final Map<TaskId, Long> waiting = new HashMap<>();

    private final Map<TaskId, Long> unwritten = new HashMap<>();
    private final Map<TaskId, Long> grown = new ConcurrentHashMap<>();
    private final List<Runnable> paused = new ArrayList<>();
    private final Map<TaskId, CompletableFuture<Void>> markers = new HashMap<>();
    private long bytes;
    private boolean closed;
    /// The writing thread's own: files of former workers, then its own.
    private final ArrayDeque<Spool> left = new ArrayDeque<>();

    private @Nullable Spool own;
    /// What is before this place in its own file may be in the database already.
    private long doubtful;

    private boolean full;
    private volatile Optional<String> hindrance = Optional.empty();
    private boolean away;
    private final Thread thread;

    /// @param folder where files are made when the database is away
    LogWriter(LogStore store, Path folder, Function<TaskId, LogLimit> limit) {
        this.store = store;
        this.folder = folder;
        this.limit = limit;
        this.kept = new KeptOutput(store, folder.resolve("kept"));
        thread = Thread.ofVirtual().name("aque-log").start(this::run);
    }

    /// From now on this hears of each task of which something is in the database, on the writing thread: be quick.
    void onWritten(Consumer<TaskId> listener) {
        onWritten = listener;
    }

    /// From now on this hears of each task whose output stays on this worker, and where, on the writing thread.
    void onKept(BiConsumer<TaskId, Path> listener) {
        onKept = listener;
    }

    /// Takes a chunk, always.
    ///
    /// @param more run once there is room again, when this returns false
    /// @return false when the task should write no more for now
    boolean offer(LogChunk chunk, Runnable more) {
        var size = (long) chunk.data().length;
        lock.lock();
        try {
            queue.add(chunk);
            bytes += size;
            unwritten.merge(chunk.task(), size, Long::sum);
            var mine = waiting.merge(chunk.task(), size, Long::sum);
            some.signal();
            if (mine < TASK_LIMIT && bytes < LIMIT) {
                return true;
            }
            paused.add(more);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Completes when everything that the task has written so far is in the database.
    CompletableFuture<Void> written(TaskId task) {
        lock.lock();
        try {
            if (!unwritten.containsKey(task)) {
                return CompletableFuture.completedFuture(null);
            }
            some.signal();
            return markers.computeIfAbsent(task, t -> new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
    }

    /// How much more there is of each task in the database than at the last call, bytes.
    Map<TaskId, Long> takeGrowth() {
        var taken = new HashMap<TaskId, Long>();
        grown.keySet().forEach(task -> Optional.ofNullable(grown.remove(task)).ifPresent(n -> taken.put(task, n)));
        return taken;
    }

    /// Why tasks had to wait with what they write, told once.
    Optional<String> takeHindrance() {
        var taken = hindrance;
        hindrance = Optional.empty();
        return taken;
    }

    private void run() {
        kept.tidy();
        adopt();
        try {
            while (!left.isEmpty()) {
                if (!writeLeft(left.element(), true)) {
                    release(left.remove());
                }
            }
            while (turn()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left.forEach(LogWriter::release);
            if (own != null) {
                release(own);
            }
        }
    }

    /// Writes the next part of what waits, the oldest first.
    ///
    /// @return false when this writer is closed and nothing waits in memory
    private boolean turn() throws InterruptedException {
        if (own != null && writeLeft(own, false)) {
            return true;
        }
        if (own != null && !isEmpty(own)) {
            spoolQueue();
            return false;
        }
        var batch = take();
        if (batch.isEmpty()) {
            return false;
        }
        var merged = merge(batch);
        if (written(merged, false) || !spooled(merged) && write(merged, true)) {
            freed(batch);
            settled(merged);
        } else {
            doubtful = size();
            freed(batch);
        }
        return true;
    }

    private static boolean isEmpty(Spool spool) {
        try {
            return spool.isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    private long size() {
        return own == null ? 0 : own.end();
    }

    private void adopt() {
        try {
            left.addAll(Spool.leftovers(folder));
            if (!left.isEmpty()) {
                log.info("output of {} former workers waits on disk", left.size());
            }
        } catch (IOException e) {
            log.warn("output of former workers in {} cannot be read: {}", folder, e.getMessage());
        }
    }

    private static void release(Spool spool) {
        try {
            spool.close();
        } catch (IOException e) {
            log.warn("a file of waiting output was not closed: {}", e.getMessage());
        }
    }

    /// Writes the next part of a file.
    ///
    /// @param former of a former worker, who may have written some of it
    /// @return false when it holds nothing more, or this writer is closed and the database away
    private boolean writeLeft(Spool spool, boolean former) throws InterruptedException {
        try {
            if (spool.isEmpty() || away && isClosed()) {
                return false;
            }
            var chunks = spool.next(BATCH);
            if (!chunks.isEmpty() && !write(chunks, former || spool.at() < doubtful)) {
                return false;
            }
            spool.done();
            if (!former) {
                settled(chunks);
            }
            if (queued() >= SPOOLED) {
                spoolQueue();
            }
            return true;
        } catch (IOException e) {
            log.error("output that waited on disk is lost", e);
            return false;
        }
    }

    private long queued() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private List<LogChunk> take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                some.await();
            }
            var patience = TimeUnit.MILLISECONDS.toNanos(TOGETHER_MS);
            while (bytes < ENOUGH && markers.isEmpty() && !closed && patience > 0) {
                patience = some.awaitNanos(patience);
            }
            return dequeue(BATCH);
        } finally {
            lock.unlock();
        }
    }

    private List<LogChunk> dequeue(long most) {
        var batch = new ArrayList<LogChunk>();
        var size = 0L;
        while (!queue.isEmpty() && size < most) {
            var chunk = queue.remove();
            size += chunk.data().length;
            batch.add(chunk);
        }
        return batch;
    }

    private record Stream(TaskId task, int attempt, Channel channel) {}

    /// Neighbours of one stream become one row.
    private static List<LogChunk> merge(List<LogChunk> batch) {
        var streams = new LinkedHashMap<Stream, List<LogChunk>>();
        batch.forEach(
                c -> streams.computeIfAbsent(new Stream(c.task(), c.attempt(), c.channel()), s -> new ArrayList<>())
                        .add(c));
        var out = new ArrayList<LogChunk>();
        for (var chunks : streams.values()) {
            var from = 0;
            var size = 0;
            for (var i = 0; i < chunks.size(); i++) {
                var more = chunks.get(i).data().length;
                if (size > 0 && size + more > CHUNK) {
                    out.add(join(chunks.subList(from, i), size));
                    from = i;
                    size = 0;
                }
                size += more;
            }
            out.add(join(chunks.subList(from, chunks.size()), size));
        }
        return out;
    }

    private static LogChunk join(List<LogChunk> chunks, int size) {
        var first = chunks.getFirst();
        if (chunks.size() == 1) {
            return first;
        }
        var data = ByteBuffer.allocate(size);
        chunks.forEach(c -> data.put(c.data()));
        return new LogChunk(first.task(), first.attempt(), first.channel(), first.offset(), first.at(), data.array());
    }

    /// Tries until it is done: a database that is away costs no output. What comes meanwhile goes to disk.
    ///
    /// @return false when this writer is closed and the chunks wait on disk
    private boolean write(List<LogChunk> chunks, boolean doubtful) throws InterruptedException {
        var again = doubtful;
        for (var pause = 100L; !written(chunks, again); pause = Math.min(2 * pause, 3000)) {
            again = true;
            if (isClosed()) {
                return false;
            }
            spoolFor(Duration.ofMillis(pause));
        }
        return true;
    }

    /// Tries once; of a server that is away it knows so soon, and what comes meanwhile can go to disk.
    private boolean written(List<LogChunk> chunks, boolean doubtful) {
        if (away && !store.isThere()) {
            return false;
        }
        try {
            if (doubtful) {
                store.appendOnce(chunks);
            } else {
                store.append(chunks);
            }
            trim(chunks);
            away = false;
            return true;
        } catch (RuntimeException e) {
            log.debug("output waits: {}", e.getMessage());
            away = true;
            return false;
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void spoolFor(Duration pause) throws InterruptedException {
        for (var nanos = pause.toNanos(); nanos > 0; ) {
            lock.lock();
            try {
                while (nanos > 0 && (bytes < SPOOLED || full) && !closed) {
                    nanos = some.awaitNanos(nanos);
                }
                if (closed) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            spoolQueue();
        }
    }

    /// Moves all that waits in memory to disk. When there is no room it stays, and its tasks wait.
    private void spoolQueue() {
        List<LogChunk> batch;
        lock.lock();
        try {
            batch = dequeue(Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
        if (batch.isEmpty()) {
            return;
        }
        var merged = merge(batch);
        if (spooled(merged)) {
            freed(batch);
        } else {
            putBack(batch);
        }
    }

    private boolean spooled(List<LogChunk> chunks) {
        try {
            if (own == null) {
                own = Spool.create(folder);
                log.warn("the database is away: output waits in {}", folder);
            }
            own.add(chunks);
            full = false;
            return true;
        } catch (IOException e) {
            if (!full) {
                log.warn("output cannot wait on disk, its tasks wait: {}", e.getMessage());
                hindrance = Optional.of(
                        "disk_full: output could not be written and could not wait on disk: " + e.getMessage());
            }
            full = true;
            return false;
        }
    }

    private void keep(LogChunk chunk) {
        try {
            kept.add(chunk).ifPresent(file -> onKept.accept(chunk.task(), file));
        } catch (IOException | RuntimeException e) {
            log.warn("the output of task {} is not kept on this worker: {}", chunk.task(), e.getMessage());
        }
    }

    private void putBack(List<LogChunk> batch) {
        lock.lock();
        try {
            batch.reversed().forEach(queue::addFirst);
        } finally {
            lock.unlock();
        }
    }

    /// Drops the middle of streams that are too long.
    private void trim(List<LogChunk> chunks) {
        for (var c : chunks) {
            var limit = this.limit.apply(c.task());
            var plain = c.channel() == Channel.STDOUT || c.channel() == Channel.STDERR;
            if (plain && limit.elsewhere()) {
                keep(c);
            }
            if (plain && limit.isDue(c.offset(), c.end())) {
                try {
                    grown.merge(
                            c.task(),
                            -store.dropMiddle(c.task(), c.attempt(), c.channel(), limit.head(), c.end() - limit.tail()),
                            Long::sum);
                } catch (RuntimeException e) {
                    log.debug("a long output was not shortened: {}", e.getMessage());
                }
            }
        }
    }

    /// These are not in memory any more.
    private void freed(List<LogChunk> batch) {
        List<Runnable> resume;
        lock.lock();
        try {
            for (var c : batch) {
                bytes -= c.data().length;
                less(waiting, c);
            }
            resume = bytes < LIMIT / 2 ? List.copyOf(paused) : List.of();
            if (!resume.isEmpty()) {
                paused.clear();
            }
        } finally {
            lock.unlock();
        }
        resume.forEach(Runnable::run);
    }

    /// These are in the database.
    private void settled(List<LogChunk> chunks) {
        var complete = new ArrayList<CompletableFuture<Void>>();
        lock.lock();
        try {
            for (var c : chunks) {
                if (less(unwritten, c)) {
                    Optional.ofNullable(markers.remove(c.task())).ifPresent(complete::add);
                }
            }
        } finally {
            lock.unlock();
        }
        chunks.forEach(c -> grown.merge(c.task(), (long) c.data().length, Long::sum));
        chunks.stream().map(LogChunk::task).distinct().forEach(onWritten);
        complete.forEach(m -> m.complete(null));
    }

    /// @return whether nothing is left of the task
    private static boolean less(Map<TaskId, Long> counts, LogChunk chunk) {
        return counts.computeIfPresent(chunk.task(), (t, n) -> {
                    var rest = n - chunk.data().length;
                    return rest > 0 ? rest : null;
                })
                == null;
    }

    /// Writes what is left, or leaves it on disk for the next worker, then ends.
    @Override
    public void close() {
        close(PATIENCE);
    }

    /// @param patience for a database that is slow
    void close(Duration patience) {
        lock.lock();
        try {
            closed = true;
            some.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
