package aque.event;

import aque.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes the farm's changes to one listener: woken by a hint, and by itself once a second, so that a lost hint costs
/// a
/// second and nothing else. After a cut it goes on from where it was, or says [FarmEvent.Resync].
/// The listener is called on the feed's own thread, batch by batch, in order.
public final class FarmFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FarmFeed.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LAG = Duration.ofSeconds(3);

    private final ChangeFeed changes;
    private final Consumer<List<FarmEvent>> onEvents;
    private final Consumer<Hint> onHint;
    private final Predicate<Hint> echo;
    private final Duration look;
    private final Semaphore wake = new Semaphore(0);
    private final Listener listener;
    private volatile Instant lastRead = Instant.EPOCH;
    private volatile boolean failing;
    private volatile boolean closed;

    /// @param onEvents gets every change, first a [FarmEvent.Resync]
    /// @param onHint gets log hints, on the listener's thread
    public FarmFeed(Database database, Consumer<List<FarmEvent>> onEvents, Consumer<Hint> onHint) {
        this(database, LOOK, onEvents, onHint, hint -> false, Set.of(Hint.Topic.FEED, Hint.Topic.LOG));
    }

    /// One that hears of this program's own changes at once, and not again when their hint comes back.
    ///
    /// @param own what this program's own changes are told by
    /// @param look how often it looks by itself
    public FarmFeed(Database database, Hints own, Duration look, Consumer<List<FarmEvent>> onEvents) {
        this(database, look, onEvents, hint -> {}, own::isEcho, Set.of(Hint.Topic.FEED));
        own.onOwnChange(wake::release);
    }

    private FarmFeed(
            Database database,
            Duration look,
            Consumer<List<FarmEvent>> onEvents,
            Consumer<Hint> onHint,
            Predicate<Hint> echo,
            Set<Hint.Topic> topics) {
        this.changes = new ChangeFeed(database);
        this.look = look;
        this.onEvents = onEvents;
        this.onHint = onHint;
        this.echo = echo;
        this.listener = new Listener(database.address(), topics, this::hinted, wake::release);
    }

    public FarmFeed start() {
        listener.start();
        Thread.ofVirtual().name("aque-feed").start(this::run);
        return this;
    }

    /// As [#start], with its first look in the caller's thread: whatever is committed after this returned is told.
    ///
    /// @throws aque.db.Unreachable when the server is gone
    public FarmFeed startFromNow() {
        look();
        return start();
    }

    /// Live below 3 s of age, then lagging; offline when the last look failed. Any thread.
    public FeedStatus status() {
        var age = Duration.between(lastRead, Instant.now());
        var state = failing
                ? FeedStatus.State.OFFLINE
                : age.compareTo(LAG) > 0 ? FeedStatus.State.LAGGING : FeedStatus.State.LIVE;
        return new FeedStatus(state, lastRead);
    }

    private void hinted(Hint hint) {
        if (echo.test(hint)) {
            return;
        }
        if (hint.topic() == Hint.Topic.FEED) {
            wake.release();
        } else {
            onHint.accept(hint);
        }
    }

    private void run() {
        while (!closed) {
            try {
                look();
                failing = false;
            } catch (RuntimeException e) {
                failing = true;
                log.debug("the feed could not be read: {}", e.getMessage());
            }
            if (!rest()) {
                return;
            }
        }
    }

    private void look() {
        var events = changes.poll();
        lastRead = Instant.now();
        if (events.isEmpty()) {
            return;
        }
        try {
            onEvents.accept(events);
        } catch (RuntimeException e) {
            log.warn("a feed listener failed; it is told to read everything", e);
            changes.startOver();
        }
    }

    private boolean rest() {
        try {
            if (wake.tryAcquire(look.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        listener.close();
    }
}
