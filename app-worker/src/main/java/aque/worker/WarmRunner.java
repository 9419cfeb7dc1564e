package aque.worker;

import aque.broker.Broker;
import aque.submit.EnvironmentPolicy;
import aque.submit.TaskFrames;
import aque.submit.Work;
import aque.task.TaskId;
import aque.worker.TaskProcess.Kind;
import aque.worker.TaskProcess.Run;
import java.nio.file.Path;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks that are items of a process which does many of them (A111). A process that has done one well or badly is
/// kept for the next of its kind; it goes when it has had its number of items, when no more can come, when none came
/// for a while, and when it died, which fails only the item that it had. Any thread.
final class WarmRunner {
    private static final Logger log = LoggerFactory.getLogger(WarmRunner.class);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(20);
    /// Of these each item has its own; the process is told of each.
    private static final Set<String> OF_AN_ITEM = Set.of(TaskFrames.VARIABLE, "AQUE_FRAME_START", "AQUE_FRAME_END");

    private final Broker broker;
    private final TaskDoor door;
    private final ScheduledExecutorService timer;
    private final Map<Kin, Deque<WarmProcess>> idle = new HashMap<>();
    private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /// Tasks that the same process can do.
    private record Kin(
            TaskId job, List<String> argv, String user, String cwd, Map<String, String> variables, String gpus) {
        static Kin of(TaskRun run, Work.Command command) {
            var claim = run.claim();
            return new Kin(
                    claim.job(),
                    command.argv(),
                    claim.user(),
                    claim.cwd(),
                    common(claim.environment()),
                    run.environment().getOrDefault(Gpus.VISIBLE, ""));
        }
    }

    WarmRunner(Broker broker, TaskDoor door, ScheduledExecutorService timer) {
        this.broker = broker;
        this.door = door;
        this.timer = timer;
    }

    private static Map<String, String> common(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.keySet().removeAll(OF_AN_ITEM);
        return Map.copyOf(all);
    }

    /// Runs the task to its end; on the task's own thread.
    Verdict run(TaskRun run, Work.Command command) throws InterruptedException {
        run.voice().listen(run.gauge(command.argv(), List.of()), EnvironmentPolicy.secrets(run.environment()));
        var kin = Kin.of(run, command);
        while (true) {
            var kept = take(kin);
            var process = kept.orElseGet(() ->
                    new WarmProcess(run.channelKey(), run.claim().options().graceTime()));
            var verdict = run(run, kin, process);
            if (kept.isEmpty() || process.hasTaken() || run.stopping()) {
                return verdict;
            }
        }
    }

    private Verdict run(TaskRun run, Kin kin, WarmProcess process) throws InterruptedException {
        var keep = false;
        try {
            var verdict = run.process().item(order(run, kin), process, () -> give(run, process));
            keep = process.done().isDone()
                    && !run.stopping()
                    && process.items() < run.claim().options().warm()
                    && moreLike(run);
            if (verdict.good() && process.items() == 0) {
                run.voice().remark("its process has ended well, and has never asked for its item: see aque.items()");
                return Verdict.of("no_item");
            }
            return verdict;
        } finally {
            if (!keep || !keep(kin, process)) {
                leave(process);
            }
        }
    }

    private void give(TaskRun run, WarmProcess process) {
        run.itemsOf(process);
        door.admit(process.key(), run);
        process.serve(run);
    }

    private static Run order(TaskRun run, Kin kin) {
        return new Run(
                kin.argv,
                common(run.environment()),
                Path.of(kin.cwd),
                Optional.empty(),
                run.claim().options().graceTime(),
                Optional.empty(),
                Kind.ITEM);
    }

    private boolean moreLike(TaskRun run) {
        try {
            return broker.moreLike(run.claim().task());
        } catch (RuntimeException e) {
            log.debug("a warm process is left early: {}", e.getMessage());
            return false;
        }
    }

    private synchronized Optional<WarmProcess> take(Kin kin) {
        return Optional.ofNullable(idle.getOrDefault(kin, new ArrayDeque<>()).poll());
    }

    private synchronized boolean keep(Kin kin, WarmProcess process) {
        if (closed) {
            return false;
        }
        var items = process.items();
        idle.computeIfAbsent(kin, k -> new ArrayDeque<>()).push(process);
        var unused = timer.schedule(() -> leaveIfIdle(kin, process, items), KEPT.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    /// @param items that it had when it began to wait: it has not worked since then
    private synchronized void leaveIfIdle(Kin kin, WarmProcess process, int items) {
        var waiting = idle.getOrDefault(kin, new ArrayDeque<>());
        if (process.items() == items && waiting.remove(process)) {
            leave(process);
        }
        if (waiting.isEmpty()) {
            idle.remove(kin);
        }
    }

    private void leave(WarmProcess process) {
        var thread = Thread.ofVirtual().name("aque-leave").unstarted(() -> {
            process.leave();
            leaving.remove(Thread.currentThread());
        });
        leaving.add(thread);
        thread.start();
    }

    /// Ends the processes that wait for an item, in the background.
    ///
    /// @return whether all have ended
    synchronized boolean leaveIdle() {
        idle.values().stream().flatMap(Deque::stream).forEach(this::leave);
        idle.clear();
        return leaving.isEmpty();
    }

    /// Ends those that wait for an item; what does not end in time is left to the end of all processes.
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
