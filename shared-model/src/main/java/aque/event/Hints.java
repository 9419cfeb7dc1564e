package aque.event;

import aque.db.Database;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// Sends hints: the first at once, what follows within 20 ms together with the next. NOTIFY takes a lock on the whole
/// database until its commit, so it runs in a transaction of its own and never inside one that changes the queue.
/// A hint that cannot be sent is dropped; whoever misses it looks by itself.
public final class Hints implements AutoCloseable {
    private static final long TOGETHER_MS = 20;

    private final Database database;
    private final boolean direct;
    /// Who sends: each hint of the feed has it, so that it is known again when it comes back.
    private final String origin = Long.toHexString(ThreadLocalRandom.current().nextLong());
    private final List<Runnable> ownChanges = new CopyOnWriteArrayList<>();
    private final Set<Hint> waiting = new LinkedHashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Condition none = lock.newCondition();
    private boolean sending;
    private long lastAlong = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    private boolean closed;

    private Hints(Database database, boolean direct) {
        this.database = database;
        this.direct = direct;
    }

    /// For programs that stay: a thread of its own sends.
    public static Hints coalescing(Database database) {
        var hints = new Hints(database, false);
        // A thread of the system: one of ours would take a turn of the scheduler more for each answer of the server.
        Thread.ofPlatform().daemon().name("aque-hints").start(hints::run);
        return hints;
    }

    /// For commands: sends in the caller's thread, when the command is done or before.
    public static Hints direct(Database database) {
        return new Hints(database, true);
    }

    /// From now on this is called, in the sender's thread, as soon as the feed has something of this program's
    /// own: its hint will come back through the database, later.
    void onOwnChange(Runnable wake) {
        ownChanges.add(wake);
    }

    /// Is it one of these hints, come back?
    boolean isEcho(Hint hint) {
        return hint.topic() == Hint.Topic.FEED && hint.detail().equals(origin);
    }

    private String detail(Hint hint) {
        return hint.topic() == Hint.Topic.FEED ? origin : hint.detail();
    }

    /// Any thread; call it after the commit. Several together cost a command one round and one flush, not one each.
    public void send(Hint... hints) {
        wentAlong(hints);
        if (direct) {
            notify(List.of(hints));
            return;
        }
        lock.lock();
        try {
            if (waiting.addAll(List.of(hints))) {
                some.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// What to say after `COMMIT` in the text of a statement, so that the hints go in its round and no other session
    /// has to wake up for them: it is the leading edge. Empty when hints have just gone out; these are then to be
    /// sent.
    public String along(Hint... hints) {
        if (!direct && !leads()) {
            return "";
        }
        return "SELECT "
                + Arrays.stream(hints)
                        .map(h -> "pg_notify('" + h.topic().channel() + "', '" + detail(h) + "')")
                        .collect(Collectors.joining(", "));
    }

    /// These have gone out by [#along]: now this program's own followers of the feed are told.
    public void wentAlong(Hint... hints) {
        for (var hint : hints) {
            // Looked at by hand: the equality of records is put together at the first call, slowly.
            if (hint.topic() == Hint.Topic.FEED) {
                ownChanges.forEach(Runnable::run);
                return;
            }
        }
    }

    private boolean leads() {
        lock.lock();
        try {
            var now = System.nanoTime();
            if (sending || !waiting.isEmpty() || now - lastAlong < TimeUnit.MILLISECONDS.toNanos(TOGETHER_MS)) {
                return false;
            }
            lastAlong = now;
            return true;
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
                notify(batch);
                sent();
                Thread.sleep(TOGETHER_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Hint> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                some.await();
            }
            var batch = List.copyOf(waiting);
            waiting.clear();
            sending = true;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void sent() {
        lock.lock();
        try {
            sending = false;
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void notify(List<Hint> batch) {
        try {
            database.read(c -> {
                try (var s = c.prepareStatement("SELECT pg_notify(c, d) FROM unnest(?, ?) u(c, d)")) {
                    s.setArray(
                            1,
                            c.createArrayOf(
                                    "text",
                                    batch.stream().map(h -> h.topic().channel()).toArray()));
                    s.setArray(
                            2,
                            c.createArrayOf(
                                    "text", batch.stream().map(this::detail).toArray()));
                    return s.execute();
                }
            });
        } catch (RuntimeException e) {
            // Asked for here: a command that has nothing to say does not pay for a logger.
            LoggerFactory.getLogger(Hints.class).debug("hint dropped: {}", e.getMessage());
        }
    }

    /// Sends what is waiting, then ends.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            some.signal();
            var patience = TimeUnit.SECONDS.toNanos(2);
            while ((sending || !waiting.isEmpty()) && patience > 0) {
                patience = none.awaitNanos(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
