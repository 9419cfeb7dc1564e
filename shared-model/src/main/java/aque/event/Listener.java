package aque.event;

import aque.db.Address;
import aque.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears hints: one connection and one thread a process, which nothing else uses, for pgjdbc lets a query wait behind
/// a
/// waiting read. Reconnects by itself, LISTEN first, and then says so, for hints may have been missed. For a worker
/// the
/// session also holds the worker's lock: when it is gone, so is the session.
public final class Listener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    /// How long it may be until the lock of a worker that says hello anew is taken. Each look costs an idle worker
    /// something.
    private static final int WAIT_MS = 2000;
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final int WORKER_LOCK = 4712;

    private final Address address;
    private final Set<Hint.Topic> topics;
    private final Consumer<Hint> onHint;
    private final Runnable onConnected;
    private volatile OptionalInt worker = OptionalInt.empty();
    private volatile boolean closed;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Database session;
    private final Thread thread;

    /// @param onHint called on the listener's thread: hand over, or ask [#session] one short question; a failure is
    /// logged and hurts nobody else
    /// @param onConnected called after each (re)connection: look at the tables now
    public Listener(Address address, Set<Hint.Topic> topics, Consumer<Hint> onHint, Runnable onConnected) {
        this.address = address;
        this.topics = Set.copyOf(topics);
        this.onHint = onHint;
        this.onConnected = onConnected;
        thread = Thread.ofPlatform().daemon().name("aque-listener").unstarted(this::run);
    }

    public Listener start() {
        thread.start();
        return this;
    }

    /// From now on, also after a reconnection, the session holds this worker's lock.
    public void holdLockOf(int workerId) {
        worker = OptionalInt.of(workerId);
    }

    /// Its own session, for what a callback has to ask at once: this one has just been woken, another one would
    /// have to be. Only on the listener's thread, in a callback.
    public Database session() {
        return Objects.requireNonNull(session);
    }

    private void run() {
        var patience = 100L;
        while (!closed) {
            try (var c = Database.listening(address, "aque-listen")) {
                connection = c;
                session = Database.over(address, c);
                listen(c);
                patience = 100;
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    log.debug("listening ended: {}", e.getMessage());
                }
            }
            pause(patience);
            patience = Math.min(2 * patience, 3000);
        }
    }

    private void listen(Connection c) throws SQLException {
        c.setAutoCommit(true);
        c.setNetworkTimeout(Runnable::run, 15_000);
        try (var s = c.createStatement()) {
            for (var t : topics) {
                s.execute("LISTEN " + t.channel());
            }
            var locked = lock(c, OptionalInt.empty());
            call(onConnected);
            var pg = c.unwrap(PGConnection.class);
            var checked = Instant.now();
            while (!closed) {
                var got = pg.getNotifications(WAIT_MS);
                if (got != null) {
                    for (var n : got) {
                        hint(n.getName(), n.getParameter()).ifPresent(h -> call(() -> onHint.accept(h)));
                    }
                }
                locked = lock(c, locked);
                if (Duration.between(checked, Instant.now()).compareTo(CHECK) > 0) {
                    s.execute("SELECT 1");
                    checked = Instant.now();
                }
            }
        }
    }

    private OptionalInt lock(Connection c, OptionalInt locked) throws SQLException {
        var wanted = worker;
        if (wanted.isEmpty() || wanted.equals(locked)) {
            return locked;
        }
        try (var s = c.prepareStatement("SELECT pg_try_advisory_lock(?, ?)")) {
            s.setInt(1, WORKER_LOCK);
            s.setInt(2, wanted.getAsInt());
            s.execute();
        }
        return wanted;
    }

    private static Optional<Hint> hint(String channel, String detail) {
        return List.of(Hint.Topic.values()).stream()
                .filter(t -> t.channel().equals(channel))
                .findFirst()
                .map(t -> new Hint(t, detail));
    }

    private static void call(Runnable r) {
        try {
            r.run();
        } catch (RuntimeException e) {
            log.warn("a listener failed", e);
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        var c = connection;
        if (c != null) {
            try {
                c.abort(Runnable::run);
            } catch (SQLException ignored) {
                // It is going away as it is.
            }
        }
    }
}
