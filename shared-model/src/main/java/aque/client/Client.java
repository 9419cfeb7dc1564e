package aque.client;

import aque.broker.Broker;
import aque.db.Address;
import aque.db.Database;
import aque.event.FarmEvent;
import aque.event.FarmFeed;
import aque.event.Hints;
import aque.farm.FarmStore;
import aque.log.LogStore;
import aque.submit.Submission;
import aque.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A farm as a Java program has it (A31, A41). Nothing asks again and again: the database says when something
/// changed, and what this program changes itself it hears at once, without the way through the database, and once
/// only. Any thread.
public final class Client implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    /// Should a word of the database be lost, though its connection holds.
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Database database;
    private final Hints hints;
    private final Broker broker;
    private final FarmStore farm;
    private final LogStore logs;
    private final Watched watched;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final FarmFeed feed;

    private Client(Database database, Hints hints, String user) {
        this.database = database;
        this.hints = hints;
        this.broker = new Broker(database, hints, user);
        this.farm = new FarmStore(database);
        this.logs = new LogStore(database);
        this.watched = new Watched(farm);
        this.feed = new FarmFeed(database, hints, LOOK, this::heard).startFromNow();
    }

    /// Connects.
    ///
    /// @param broker `postgresql://user@host:port/db`
    /// @throws aque.db.Unreachable when no server answers
    /// @throws IllegalArgumentException when it is no address
    public static Client open(String broker) {
        return open(Address.parse(broker), System.getProperty("user.name"));
    }

    /// Connects, acting as this user.
    ///
    /// @throws aque.db.Unreachable when no server answers
    public static Client open(Address broker, String user) {
        var database = Database.pooled(broker, "aque-client", CONNECTIONS);
        var hints = Hints.coalescing(database);
        try {
            return new Client(database, hints, user);
        } catch (RuntimeException e) {
            hints.close();
            database.close();
            throw e;
        }
    }

    /// Submits a job and holds on to it.
    ///
    /// @throws aque.submit.SubmitException when it cannot be; nothing was written
    public Handle submit(Submission submission) {
        return handle(broker.submit(submission).id());
    }

    /// A task or job that is there; of one id there is one handle as long as it has not ended.
    ///
    /// @throws java.util.NoSuchElementException when it is not there
    public Handle handle(TaskId id) {
        return watched.handle(id, task -> new Handle(task, broker, logs));
    }

    /// Calls the handler for each event of this kind from now on, in their order and on a thread of its own: one
    /// that is slow or fails keeps no other from anything.
    public <E extends FarmEvent> Subscription on(Class<E> kind, Consumer<E> handler) {
        var subscription = new Subscription(
                event -> {
                    if (kind.isInstance(event)) {
                        handler.accept(kind.cast(event));
                    }
                },
                subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }

    /// All that can be done.
    public Broker broker() {
        return broker;
    }

    /// All that can be read.
    public FarmStore farm() {
        return farm;
    }

    private void heard(List<FarmEvent> events) {
        for (var event : events) {
            subscriptions.forEach(s -> s.offer(event));
        }
        watched.look(events);
    }

    /// Ends the subscriptions; who still waits for a handle is told so.
    @Override
    public void close() {
        feed.close();
        subscriptions.forEach(Subscription::close);
        watched.close();
        hints.close();
        database.close();
    }
}
