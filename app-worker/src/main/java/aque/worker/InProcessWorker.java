package aque.worker;

import aque.broker.Broker;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.Progress;
import aque.broker.WorkerSession;
import aque.db.Database;
import aque.event.Hint;
import aque.event.Hints;
import aque.event.Listener;
import aque.log.LogStore;
import aque.schedule.Capabilities;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.submit.Work;
import aque.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker whose tasks are functions of this JVM: for programs that embed Aque, and for measuring the queue without
/// the
/// cost of processes. The first word of a task's command names its function; only tasks that ask for it by
/// [#needs] come here. Every thread takes a batch, runs it one after the other and reports it in one commit; a batch
/// grows while its tasks are short. Any thread may open and close it.
public final class InProcessWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InProcessWorker.class);
    private static final String TRAIT = "attr.worker.function";
    private static final Duration LOOK = Duration.ofSeconds(4);
    private static final Duration BEAT = Duration.ofSeconds(5);
    /// A batch is to take about so long, so that short tasks share commits and long ones are not hoarded.
    private static final Duration BATCH = Duration.ofMillis(20);
    private static final int MOST_AT_ONCE = 500;

    /// What a task does; [CurrentTask] is it. An exception is its failure.
    @FunctionalInterface
    public interface Function {
        void run(Claim claim) throws Exception;
    }

    private final Broker broker;
    private final Hints hints;
    private final Listener listener;
    private final Capabilities machine;
    private final String name;
    private final Map<String, Function> functions;
    private final Map<TaskId, Claim> held = new ConcurrentHashMap<>();
    private final Map<TaskId, Thread> running = new ConcurrentHashMap<>();
    private final Map<TaskId, CurrentTask> speaking = new ConcurrentHashMap<>();
    private final LogWriter logs;
    private final Set<TaskId> unwanted = ConcurrentHashMap.newKeySet();
    private final Set<Integer> fitting = ConcurrentHashMap.newKeySet();
    private final Semaphore work = new Semaphore(0);
    /// A permit for each thread that waits for `handed`: who takes one owes it a batch, if an empty one.
    private final Semaphore idle = new Semaphore(0);

    private final BlockingQueue<List<Claim>> handed = new LinkedBlockingQueue<>();
    private final Semaphore beat = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile WorkerSession session;
    private volatile int lastClass;
    private volatile boolean newClasses;
    private volatile boolean closed;

    /// Says hello and begins to take tasks.
    ///
    /// @param database with a connection for each thread and one more
    public InProcessWorker(Database database, String name, int threadCount, Map<String, Function> functions) {
        this.name = name;
        this.functions = Map.copyOf(functions);
        this.hints = Hints.coalescing(database);
        this.broker = new Broker(database, hints, "worker " + name);
        this.machine = Machine.capabilities(
                threadCount * 1000, Machine.memory(), Map.of(), Map.of(TRAIT, Set.copyOf(functions.keySet())));
        this.logs = new LogWriter(
                new LogStore(database),
                Worker.spool(database.address()),
                t -> LogLimit.of(HouseRules.USUAL.logBytes()));
        this.session = broker.hello(name, machine, "in process");
        this.listener = new Listener(
                database.address(), Set.of(Hint.Topic.WAKE, Hint.Topic.CONTROL), this::hinted, this::lookAround);
        listener.holdLockOf(session.id());
        listener.start();
        for (var i = 0; i < threadCount; i++) {
            threads.add(Thread.ofPlatform().daemon().name("aque-function-" + i).start(this::turns));
        }
        threads.add(Thread.ofPlatform().daemon().name("aque-function-beat").start(this::beats));
    }

    public String name() {
        return name;
    }

    /// What a task must need to come to a worker that has this function: no cpu of its own, its worker's threads are
    /// the bound.
    public static Needs needs(String function) {
        var attributes = new TreeMap<String, Needs.Attribute>();
        attributes.put(TRAIT, new Needs.Attribute(List.of(function), List.of()));
        return new Needs(0, 0, "", "", new TreeMap<>(), attributes);
    }

    private void turns() {
        var most = 1;
        while (!closed) {
            try {
                var claims = take(broker, most);
                if (claims.isEmpty()) {
                    claims = await();
                } else if (claims.size() == most) {
                    nudge();
                }
                if (claims.isEmpty()) {
                    continue;
                }
                var began = System.nanoTime();
                var outcomes = claims.stream().map(this::outcome).toList();
                most = next(most, Duration.ofNanos(System.nanoTime() - began));
                report(outcomes);
            } catch (InterruptedException e) {
                log.debug("a stop came late");
            } catch (aque.db.Unreachable e) {
                log.debug("the broker is away: {}", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                log.error("a turn failed", e);
                pause();
            }
        }
    }

    /// What the listener has taken for this thread; nothing when it is to look by itself.
    private List<Claim> await() throws InterruptedException {
        idle.release();
        List<Claim> claims = null;
        if (!work.tryAcquire()) {
            claims = poll();
        }
        if (claims == null) {
            claims = idle.tryAcquire() ? List.of() : handed.take();
        }
        return claims;
    }

    private @Nullable List<Claim> poll() {
        try {
            return handed.poll(LOOK.toMillis() + ThreadLocalRandom.current().nextLong(500), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            log.debug("a stop came late");
            return null;
        }
    }

    /// One more thread looks.
    private void nudge() {
        if (idle.tryAcquire()) {
            handed.add(List.of());
        } else {
            work.release();
        }
    }

    /// Takes for the threads that are idle, on the listener's thread and in its session: both are awake, and each
    /// that has to wake up first is half of what a task waits for on an idle farm.
    private void serve() {
        var threads = idle.drainPermits();
        if (threads == 0) {
            work.release();
            return;
        }
        List<Claim> claims = List.of();
        try {
            claims = take(broker.through(listener.session()), threads);
        } catch (RuntimeException e) {
            log.debug("the listener could not take: {}", e.getMessage());
            handed.add(List.of());
            threads--;
        }
        claims.forEach(c -> handed.add(List.of(c)));
        idle.release(threads - claims.size());
    }

    private static int next(int most, Duration took) {
        return took.compareTo(BATCH) < 0 ? Math.min(MOST_AT_ONCE, 2 * most) : Math.max(1, most - most / 4);
    }

    /// Asks for new requirement classes when a hint spoke of one, and when nothing of the known ones is left.
    private List<Claim> take(Broker from, int most) {
        if (newClasses) {
            learn(from);
        }
        var known = lastClass;
        var claims = acquire(from, most);
        if (claims.isEmpty()) {
            learn(from);
            claims = lastClass > known ? acquire(from, most) : claims;
        }
        claims.forEach(c -> held.put(c.task(), c));
        return claims;
    }

    private List<Claim> acquire(Broker from, int most) {
        return from.acquire(session, fitting, machine.cpuMilli(), machine.cpuMilli(), machine.memory(), most);
    }

    private void learn(Broker from) {
        newClasses = false;
        from.classes(lastClass).forEach((id, needs) -> {
            if (needs.attributes().containsKey(TRAIT) && Fit.fits(needs, machine)) {
                fitting.add(id);
            }
            lastClass = Math.max(lastClass, id);
        });
    }

    private Outcome outcome(Claim claim) {
        var task = claim.task();
        try {
            if (closed) {
                return Outcome.givenBack(task, claim.attempt(), "worker_ended");
            }
            running.put(task, Thread.currentThread());
            if (unwanted.remove(task)) {
                return Outcome.givenBack(task, claim.attempt(), "stopped");
            }
            return done(claim);
        } catch (InterruptedException e) {
            return Outcome.error(task, claim.attempt(), "stopped");
        } finally {
            running.remove(task);
        }
    }

    private Outcome done(Claim claim) throws InterruptedException {
        var words = claim.work() instanceof Work.Command c ? c.argv() : List.of("");
        var current = new CurrentTask(claim, words, logs);
        speaking.put(claim.task(), current);
        try {
            var function = functions.get(words.getFirst());
            if (function == null) {
                throw new IllegalArgumentException("no function " + words.getFirst());
            }
            current.during(function);
            return current.success();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            log.debug("task {} failed", claim.task(), e);
            return current.failed(e);
        } finally {
            speaking.remove(claim.task());
        }
    }

    /// What they wrote is in the database before their ends are told.
    private void report(List<Outcome> outcomes) {
        outcomes.forEach(o -> logs.written(o.task()).join());
        tell(outcomes);
    }

    /// Tells until somebody hears it: a report that is not told would be run again.
    private void tell(List<Outcome> outcomes) {
        while (true) {
            try {
                broker.complete(session, outcomes);
                break;
            } catch (RuntimeException e) {
                if (closed) {
                    break;
                }
                if (!(e instanceof aque.db.Unreachable)) {
                    log.error("a report was not taken", e);
                    if (outcomes.size() > 1) {
                        outcomes.forEach(o -> tell(List.of(o)));
                    }
                    break;
                }
                log.debug("reports wait: {}", e.getMessage());
                pause();
            }
        }
        outcomes.forEach(o -> held.remove(o.task()));
    }

    private void beats() {
        while (!closed) {
            try {
                beat.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                beat.drainPermits();
                oneBeat();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.debug("a beat failed: {}", e.getMessage());
            }
        }
    }

    private Progress toldSoFar(Claim claim) {
        return Optional.ofNullable(speaking.get(claim.task()))
                .map(CurrentTask::toldSoFar)
                .orElseGet(() -> new Progress(claim.task(), claim.attempt(), -1, ""));
    }

    private void oneBeat() {
        var progress = held.values().stream().map(this::toldSoFar).toList();
        var answer = broker.beat(session, progress);
        if (answer.fenced()) {
            session = broker.hello(name, machine, "in process");
            listener.holdLockOf(session.id());
            return;
        }
        var stops = new HashMap<>(answer.stops());
        answer.lost().forEach(id -> stops.put(id, aque.broker.Beat.Stop.KILL));
        stops.keySet().stream().filter(held::containsKey).forEach(this::stop);
        broker.reap();
        broker.reapForgotten(session, Set.copyOf(held.keySet()));
    }

    private void stop(TaskId task) {
        unwanted.add(task);
        var thread = running.get(task);
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void hinted(Hint hint) {
        if (hint.isBeyond(lastClass)) {
            newClasses = true;
        }
        if (hint.topic() == Hint.Topic.CONTROL) {
            beat.release();
        } else {
            serve();
        }
    }

    private void lookAround() {
        nudge();
        beat.release();
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            log.debug("a stop came while waiting");
        }
    }

    /// Lets what runs now finish, gives the rest back and says goodbye.
    @Override
    public void close() {
        closed = true;
        threads.forEach(t -> handed.add(List.of()));
        beat.release();
        try {
            for (var t : threads) {
                t.join(Duration.ofSeconds(10));
            }
            broker.bye(session);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.debug("no goodbye: {}", e.getMessage());
        }
        listener.close();
        logs.close();
        hints.close();
    }
}
