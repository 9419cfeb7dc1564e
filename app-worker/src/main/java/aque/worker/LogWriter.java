package aque.worker;

import aque.log.LogChunk;
import aque.log.LogStore;
import aque.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what tasks write into the database: many tasks, one statement, every 100 ms or sooner when there is much.
/// What waits is bounded, for each task and in all; a task that writes faster is made to wait, and so is every task
/// while the database is away. Bytes and their order are exact.
final class LogWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final long TOGETHER_MS = 100;
    private static final int ENOUGH = 256 << 10;
    private static final int BATCH = 4 << 20;
    private static final int CHUNK = 256 << 10;
    private static final int TASK_LIMIT = 4 << 20;
    private static final int LIMIT = 48 << 20;

    private final LogStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final ArrayDeque<LogChunk> queue = new ArrayDeque<>();
    private final Map<TaskId, Integer> waiting = new HashMap<>();
    private final List<Runnable> paused = new ArrayList<>();
    private final Map<TaskId, CompletableFuture<Void>> markers = new HashMap<>();
    private long bytes;
    private boolean closed;
    private final Thread thread;

    LogWriter(LogStore store) {
        this.store = store;
        thread = Thread.ofVirtual().name("aque-log").start(this::run);
    }

    /// Takes a chunk, always.
    ///
    /// @param more run once there is room again, when this returns false
    /// @return false when the task should write no more for now
    boolean offer(LogChunk chunk, Runnable more) {
        lock.lock();
        try {
            queue.add(chunk);
            bytes += chunk.data().length;
            var own = waiting.merge(chunk.task(), chunk.data().length, Integer::sum);
            some.signal();
            if (own < TASK_LIMIT && bytes < LIMIT) {
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
            if (!waiting.containsKey(task)) {
                return CompletableFuture.completedFuture(null);
            }
            some.signal();
            return markers.computeIfAbsent(task, t -> new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                var batch = take();
                if (batch.isEmpty()) {
                    return;
                }
                write(merge(batch));
                done(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            var batch = new ArrayList<LogChunk>();
            var size = 0L;
            while (!queue.isEmpty() && size < BATCH) {
                var chunk = queue.remove();
                size += chunk.data().length;
                batch.add(chunk);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private record Stream(TaskId task, int attempt, aque.log.Channel channel) {}

    /// Neighbours of one stream become one row.
    private static List<LogChunk> merge(List<LogChunk> batch) {
        var streams = new LinkedHashMap<Stream, List<LogChunk>>();
        batch.forEach(
                c -> streams.computeIfAbsent(new Stream(c.task(), c.attempt(), c.channel()), s -> new ArrayList<>())
                        .add(c));
        var out = new ArrayList<LogChunk>();
        for (var chunks : streams.values()) {
            var first = chunks.getFirst();
            var data = new ByteArrayOutputStream();
            for (var c : chunks) {
                if (data.size() > 0 && data.size() + c.data().length > CHUNK) {
                    out.add(join(first, data));
                    first = c;
                    data.reset();
                }
                data.writeBytes(c.data());
            }
            out.add(join(first, data));
        }
        return out;
    }

    private static LogChunk join(LogChunk first, ByteArrayOutputStream data) {
        return new LogChunk(
                first.task(), first.attempt(), first.channel(), first.offset(), first.at(), data.toByteArray());
    }

    /// Tries until it is done: a database that is away costs no output.
    private void write(List<LogChunk> chunks) throws InterruptedException {
        var again = false;
        for (var pause = 100L; ; pause = Math.min(2 * pause, 3000)) {
            try {
                if (again) {
                    store.appendOnce(chunks);
                } else {
                    store.append(chunks);
                }
                return;
            } catch (RuntimeException e) {
                if (closed) {
                    log.warn("output of {} chunks was lost: {}", chunks.size(), e.getMessage());
                    return;
                }
                log.debug("output waits: {}", e.getMessage());
                again = true;
                Thread.sleep(pause);
            }
        }
    }

    private void done(List<LogChunk> batch) {
        List<Runnable> resume;
        var complete = new ArrayList<CompletableFuture<Void>>();
        lock.lock();
        try {
            for (var c : batch) {
                bytes -= c.data().length;
                if (waiting.merge(c.task(), -c.data().length, Integer::sum) <= 0 && notQueued(c.task())) {
                    waiting.remove(c.task());
                    var marker = markers.remove(c.task());
                    if (marker != null) {
                        complete.add(marker);
                    }
                }
            }
            resume = bytes < LIMIT / 2 ? List.copyOf(paused) : List.of();
            if (!resume.isEmpty()) {
                paused.clear();
            }
        } finally {
            lock.unlock();
        }
        complete.forEach(m -> m.complete(null));
        resume.forEach(Runnable::run);
    }

    private boolean notQueued(TaskId task) {
        return queue.stream().noneMatch(c -> c.task().equals(task));
    }

    /// Writes what is left, then ends.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            some.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(java.time.Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
