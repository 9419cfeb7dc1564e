package aque.worker;

import aque.broker.Broker;
import aque.broker.Claim;
import aque.db.Database;
import aque.farm.LogBudgetStore;
import aque.farm.PathRootStore;
import aque.farm.PathRoots;
import aque.farm.RetentionStore;
import aque.farm.StatStore;
import aque.farm.WorkerLogStore;
import aque.log.LogStore;
import aque.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker does for the farm beside its tasks: reads the farm's folders, counts limits, keeps the logs within
/// their
/// budget, tells of itself, and removes once an hour what is older than the farm keeps it. One thread; [#roots] and
/// [#limit] from any.
final class Chores {
    private static final Logger log = LoggerFactory.getLogger(Chores.class);
    /// What changes seldom is looked at so often.
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration PRUNE = Duration.ofHours(1);

    private final Broker broker;
    private final PathRootStore paths;
    private final StatStore stats;
    private final LimitPoll limits;
    private final LogBudgetWatch budget;
    private final Pruner pruner;
    private final WorkerLogStore logs;
    private final OwnLog ownLog = new OwnLog();
    private volatile PathRoots roots = PathRoots.NONE;
    private Instant looked = Instant.now();
    private Instant pruned = Instant.now();

    Chores(Database database, Broker broker) {
        var budgets = new LogBudgetStore(database);
        this.broker = broker;
        this.paths = new PathRootStore(database);
        this.stats = new StatStore(database);
        this.limits = new LimitPoll(broker);
        this.budget = new LogBudgetWatch(budgets);
        this.pruner = new Pruner(new RetentionStore(database), budgets, new LogStore(database));
        this.logs = new WorkerLogStore(database);
    }

    /// The farm's folders.
    PathRoots roots() {
        return roots;
    }

    /// How much is kept of a task of this job.
    LogLimit limit(TaskId job, long usual) {
        return budget.limit(job, usual);
    }

    OwnLog ownLog() {
        return ownLog;
    }

    /// Sends what waits of its own log.
    void tell(String worker) {
        ownLog.send(logs, worker);
    }

    /// Whatever is due. What fails is tried again when it is due again.
    ///
    /// @param grown by how much the logs of tasks have grown since it was asked last
    void round(String worker, Habits habits, Supplier<Map<TaskId, Long>> grown, Collection<Claim> running)
            throws InterruptedException {
        tell(worker);
        try {
            limits.poll(habits.limits());
            if (isOver(looked, LOOK)) {
                looked = Instant.now();
                readRoots();
                watchLogs(grown.get(), running);
            }
            if (isOver(pruned, PRUNE)) {
                pruned = Instant.now();
                broker.pruneChanges();
                Thread.ofVirtual().name("aque-prune").start(this::prune);
            }
        } catch (RuntimeException e) {
            log.debug("a chore was not done: {}", e.getMessage());
        }
    }

    private static boolean isOver(Instant since, Duration time) {
        return !since.plus(time).isAfter(Instant.now());
    }

    void readRoots() {
        try {
            var now = paths.roots();
            if (!now.equals(roots.roots())) {
                roots = new PathRoots(now);
            }
        } catch (RuntimeException e) {
            log.debug("the farm's folders are as they were: {}", e.getMessage());
        }
    }

    private void watchLogs(Map<TaskId, Long> grown, Collection<Claim> running) {
        try {
            if (budget.watch(grown, running)) {
                var n = pruner.makeRoom();
                log.warn("logs have used up the farm's budget; those of {} ended jobs went", n);
            }
        } catch (IOException e) {
            log.warn("logs that should have gone stay: {}", e.getMessage());
        }
    }

    /// On a thread of its own: it may write many files.
    private void prune() {
        try {
            stats.addUp(); // before what it counts goes
            var n = pruner.prune();
            if (n > 0) {
                log.info("something of {} jobs was older than the farm keeps it, and is gone", n);
            }
        } catch (IOException | RuntimeException e) {
            log.warn("what is older than the farm keeps it stays: {}", e.getMessage());
        }
    }
}
