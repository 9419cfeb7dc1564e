package aque.desktop.feed;

import aque.broker.Broker;
import aque.db.Address;
import aque.db.Database;
import aque.event.FarmEvent;
import aque.event.FarmFeed;
import aque.event.FeedStatus;
import aque.event.Hint;
import aque.event.Hints;
import aque.farm.ActionStore;
import aque.farm.FarmStore;
import aque.farm.FrameStore;
import aque.farm.LinkStore;
import aque.farm.LogBudgetStore;
import aque.farm.Why;
import aque.farm.WorkerLogStore;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.usage.UsageStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The farm that this console is connected to: its stores, its broker, its feed. What is asked of them may wait for
/// the database and is asked from `Background` or the reader, never on the FX thread.
public final class Farm implements AutoCloseable {
    private static final int CONNECTIONS = 6;

    private final Database database;
    private final Hints hints;
    private final Broker broker;
    private final FarmStore store;
    private final LogStore logs;
    private final UsageStore usage;
    private final LinkStore links;
    private final FrameStore frames;
    private final Why why;
    private final ActionStore actions;
    private final WorkerLogStore workerLogs;
    private final LogBudgetStore logBudget;
    private final String user;
    private final List<Consumer<String>> logListeners = new CopyOnWriteArrayList<>();
    private volatile Optional<FarmFeed> feed = Optional.empty();

    private Farm(Database database, String user) {
        this.database = database;
        this.user = user;
        this.hints = Hints.coalescing(database);
        this.broker = new Broker(database, hints, user);
        this.store = new FarmStore(database);
        this.logs = new LogStore(database);
        this.usage = new UsageStore(database);
        this.links = new LinkStore(database);
        this.frames = new FrameStore(database);
        this.why = new Why(database);
        this.actions = new ActionStore(database);
        this.workerLogs = new WorkerLogStore(database);
        this.logBudget = new LogBudgetStore(database);
    }

    /// Connects; waits for the server.
    ///
    /// @param user the person at this console
    /// @throws aque.db.Unreachable when no server answers
    public static Farm open(Address address, String user) {
        return new Farm(Database.pooled(address, "aque-desktop", CONNECTIONS), user);
    }

    public Broker broker() {
        return broker;
    }

    public FarmStore store() {
        return store;
    }

    public LogStore logs() {
        return logs;
    }

    public UsageStore usage() {
        return usage;
    }

    public LinkStore links() {
        return links;
    }

    public FrameStore frames() {
        return frames;
    }

    public ActionStore actions() {
        return actions;
    }

    /// What workers say of themselves.
    public WorkerLogStore workerLogs() {
        return workerLogs;
    }

    /// How much is kept of what tasks write.
    public LogBudgetStore logBudget() {
        return logBudget;
    }

    public Why why() {
        return why;
    }

    /// The person at this console.
    public String user() {
        return user;
    }

    /// Where it is, for another program that shall work for it.
    public Address address() {
        return database.address();
    }

    /// The database as a person calls it.
    public String database() {
        var address = database.address();
        return address.database() + " · " + address.host() + ":" + address.port();
    }

    /// Follows the changes until this is closed; `events` is called on the feed's own thread.
    void follow(Consumer<List<FarmEvent>> events) {
        feed = Optional.of(new FarmFeed(database, events, this::hinted).start());
    }

    /// Runs on the listener's thread with a task's id whenever that task's log grew.
    public void onLogGrew(Consumer<String> listener) {
        logListeners.add(listener);
    }

    /// Asks whoever runs a task to tell when its log grows, for half a minute. Any thread; returns at once.
    public void watchLog(TaskId task) {
        hints.send(Hint.watch(task));
    }

    /// Is what is shown what is true?
    FeedStatus status() {
        return feed.map(FarmFeed::status).orElseGet(() -> new FeedStatus(FeedStatus.State.LAGGING, Instant.now()));
    }

    private void hinted(Hint hint) {
        if (hint.topic() == Hint.Topic.LOG) {
            logListeners.forEach(listener -> listener.accept(hint.detail()));
        }
    }

    @Override
    public void close() {
        feed.ifPresent(FarmFeed::close);
        hints.close();
        database.close();
    }
}
