package aque.worker;

import aque.broker.Broker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was slow to make and waits for its next task, by the kind of tasks that it can do: sessions and warm processes.
/// What none comes for is left after a while, in the background. Any thread.
///
/// @param <K> the kind of tasks, with equality
/// @param <T> what waits
final class Kept<K, T> {
    private static final Logger log = LoggerFactory.getLogger(Kept.class);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(20);

    private final Broker broker;
    private final ScheduledExecutorService timer;
    private final Consumer<T> leave;
    private final Map<K, Deque<Idle<T>>> idle = new HashMap<>();
    private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /// One wait, one object.
    private static final class Idle<T> {
        private final T one;

        private Idle(T one) {
            this.one = one;
        }
    }

    /// @param leave ends one of these, and returns when it has ended
    Kept(Broker broker, ScheduledExecutorService timer, Consumer<T> leave) {
        this.broker = broker;
        this.timer = timer;
        this.leave = leave;
    }

    /// Whether more tasks of this one's step may come. When nobody can say so it is left early.
    boolean moreLike(TaskRun run) {
        try {
            return broker.moreLike(run.claim().task());
        } catch (RuntimeException e) {
            log.debug("what could have been kept is left early: {}", e.getMessage());
            return false;
        }
    }

    /// The one that began to wait last.
    synchronized Optional<T> take(K kind) {
        return Optional.ofNullable(idle.getOrDefault(kind, new ArrayDeque<>()).poll())
                .map(i -> i.one);
    }

    /// Lets it wait for its next task; false when nothing is kept any more.
    synchronized boolean keep(K kind, T one) {
        if (closed) {
            return false;
        }
        var waits = new Idle<>(one);
        idle.computeIfAbsent(kind, k -> new ArrayDeque<>()).push(waits);
        var unused = timer.schedule(() -> leaveIfIdle(kind, waits), KEPT.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    private synchronized void leaveIfIdle(K kind, Idle<T> waits) {
        var waiting = idle.getOrDefault(kind, new ArrayDeque<>());
        if (waiting.remove(waits)) {
            leave(waits.one);
        }
        if (waiting.isEmpty()) {
            idle.remove(kind);
        }
    }

    /// Leaves one in the background.
    void leave(T one) {
        var thread = Thread.ofVirtual().name("aque-leave").unstarted(() -> {
            leave.accept(one);
            leaving.remove(Thread.currentThread());
        });
        leaving.add(thread);
        thread.start();
    }

    /// Leaves all that wait for a task, in the background.
    ///
    /// @return whether all are left
    synchronized boolean leaveIdle() {
        idle.values().stream().flatMap(Deque::stream).forEach(i -> leave(i.one));
        idle.clear();
        return leaving.isEmpty();
    }

    /// Leaves all that wait for a task, at once; those that do not end in time are left to the end of all processes.
    void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            leaveIdle();
        }
        var until = System.nanoTime() + FAREWELL.toNanos();
        for (var thread : List.copyOf(leaving)) {
            thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
    }
}
