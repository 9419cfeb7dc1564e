package aque.worker;

import aque.broker.Room;
import aque.task.TaskId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The claims that a worker holds, from the broker's word until it knows their end: some wait for room, some run, some
/// have ended and are being told. Room is what those that run leave. While tasks end one after the other, a few more
/// are held than there is room for, so that nobody waits for the database between two short tasks. Any thread.
final class Held {
    /// Of short tasks, as many are held as end in so long.
    private static final Duration AHEAD = Duration.ofMillis(40);
    /// One that waits longer is better off elsewhere.
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long SLOW = Duration.ofSeconds(1).toNanos();
    private static final int SMOOTH = 8;

    private final Map<TaskId, TaskRun> runs = new ConcurrentHashMap<>();
    private final ArrayDeque<TaskRun> waiting = new ArrayDeque<>();
    private final Set<TaskRun> inRoom = new HashSet<>();
    private int usedCpu;
    private long usedMemory;
    private long waitsSince;
    private long lastEnd = System.nanoTime();
    private long gap = SLOW;

    /// Runs now, without a look at the room: a former worker has started it.
    synchronized void addRunning(TaskRun run) {
        runs.put(run.claim().task(), run);
        enter(run);
    }

    /// Waits for [#next].
    synchronized void add(TaskRun run) {
        runs.put(run.claim().task(), run);
        if (waiting.isEmpty()) {
            waitsSince = System.nanoTime();
        }
        waiting.add(run);
    }

    /// The next one to start, in the broker's order; empty when there is none, or no room for it yet.
    ///
    /// @param cpu what the worker gives, thousandths of a core; `memory` in bytes
    synchronized Optional<TaskRun> next(int cpu, long memory) {
        var head = waiting.peek();
        if (head == null || !inRoom.isEmpty() && !fits(head, cpu - usedCpu, memory - usedMemory)) {
            return Optional.empty();
        }
        waitsSince = System.nanoTime();
        enter(waiting.remove());
        return Optional.of(head);
    }

    private static boolean fits(TaskRun run, int cpu, long memory) {
        return run.claim().cpuMilli() <= cpu && run.claim().memory() <= memory;
    }

    private void enter(TaskRun run) {
        inRoom.add(run);
        usedCpu += run.claim().cpuMilli();
        usedMemory += run.claim().memory();
    }

    /// Its processes are gone; it stays held until the broker knows.
    synchronized void ended(TaskRun run) {
        if (inRoom.remove(run)) {
            usedCpu -= run.claim().cpuMilli();
            usedMemory -= run.claim().memory();
            var now = System.nanoTime();
            gap += (Math.min(now - lastEnd, SLOW) - gap) / SMOOTH;
            lastEnd = now;
        }
    }

    /// The broker knows.
    void remove(TaskRun run) {
        runs.remove(run.claim().task(), run);
    }

    /// How many may wait, as tasks have ended lately.
    synchronized int ahead() {
        return (int) (AHEAD.toNanos() / Math.max(gap, System.nanoTime() - lastEnd));
    }

    synchronized boolean someWait() {
        return !waiting.isEmpty();
    }

    /// Whether it is time to ask the broker for more.
    synchronized boolean wantsMore() {
        return waiting.size() <= ahead() / 2;
    }

    /// What to ask the broker for: the room that is left, and a few like those that run on top.
    ///
    /// @param cpu what the worker gives, thousandths of a core; `memory` in bytes
    /// @param most it never holds more
    synchronized Room room(Collection<Integer> classes, int cpu, long memory, int most) {
        var more = ahead();
        var running = Math.max(1, inRoom.size());
        var waitingCpu = waiting.stream().mapToInt(r -> r.claim().cpuMilli()).sum();
        var waitingMemory = waiting.stream().mapToLong(r -> r.claim().memory()).sum();
        return new Room(
                classes,
                cpu,
                cpu - usedCpu - waitingCpu + more * (usedCpu / running),
                memory - usedMemory - waitingMemory + more * (usedMemory / running),
                most - runs.size(),
                busyPaths());
    }

    /// Those that have waited for too long: what runs now is not as short as what ran before.
    synchronized List<TaskRun> takeStale() {
        if (waiting.isEmpty() || System.nanoTime() - waitsSince < PATIENCE.toNanos()) {
            return List.of();
        }
        gap = SLOW;
        return takeWaiting();
    }

    /// All that have not started, which do not wait here any more.
    synchronized List<TaskRun> takeWaiting() {
        var all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    synchronized int usedCpu() {
        return usedCpu;
    }

    synchronized long usedMemory() {
        return usedMemory;
    }

    private Set<String> busyPaths() {
        return inRoom.stream()
                .flatMap(r -> r.claim().options().ioPaths().stream())
                .collect(Collectors.toSet());
    }

    /// All of them.
    Collection<TaskRun> runs() {
        return runs.values();
    }

    Optional<TaskRun> run(TaskId task) {
        return Optional.ofNullable(runs.get(task));
    }

    Set<TaskId> tasks() {
        return Set.copyOf(runs.keySet());
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }
}
