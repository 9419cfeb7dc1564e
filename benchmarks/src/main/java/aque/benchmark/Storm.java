package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Outcome;
import aque.broker.WorkerSession;
import aque.db.Database;
import aque.event.Hints;
import aque.schedule.Capabilities;
import aque.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A farm at work: tasks start and end by the real broker, so many changes a second, some of them in failure; what has
/// ended is retried, so that it never ends.
final class Storm implements AutoCloseable {
    private static final int BATCH = 25;
    private static final int RETRIED = 50;
    private static final long BEAT = 5_000_000_000L;

    private final Broker broker;
    private final List<TaskId> jobs;
    private final int rate;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private int next;

    Storm(Database database, List<TaskId> jobs, int rate) {
        this.broker = new Broker(database, Hints.coalescing(database), "storm");
        this.jobs = jobs;
        this.rate = rate;
        this.thread = Thread.ofPlatform().daemon().name("storm").start(this::run);
    }

    /// Tasks that changed since it began.
    long changes() {
        return changes.get();
    }

    private void run() {
        var worker =
                broker.hello("storm", new Capabilities("storm", "linux", "bench", 1 << 30, 0, Map.of(), Map.of()), "");
        long due = System.nanoTime();
        long beat = due;
        while (!closed.get()) {
            if (System.nanoTime() > beat) {
                broker.beat(worker, List.of());
                beat = System.nanoTime() + BEAT;
            }
            int changed = round(worker);
            changes.addAndGet(changed);
            due = Math.max(due + changed * 1_000_000_000L / rate, System.nanoTime() - 200_000_000L);
            LockSupport.parkNanos(due - System.nanoTime());
        }
        broker.bye(worker);
    }

    private int round(WorkerSession worker) {
        var claims = broker.acquire(worker, broker.classes(0).keySet(), 1 << 30, 1 << 30, Long.MAX_VALUE, BATCH);
        if (claims.size() < BATCH) {
            broker.retry(jobs.subList(next, Math.min(jobs.size(), next + RETRIED)));
            next = next + RETRIED >= jobs.size() ? 0 : next + RETRIED;
        }
        broker.complete(
                worker,
                claims.stream()
                        .map(claim -> claim.task().value() % 97 == 0
                                ? Outcome.error(claim.task(), claim.attempt(), "exit")
                                : Outcome.success(claim.task(), claim.attempt()))
                        .toList());
        return 2 * claims.size();
    }

    @Override
    public void close() throws InterruptedException {
        closed.set(true);
        thread.join();
    }
}
