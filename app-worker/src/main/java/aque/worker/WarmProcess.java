package aque.worker;

import aque.log.Channel;
import aque.process.ChildProcess;
import aque.process.OutputSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A process that does one item after the other, each of them a task: for tools that are slow to start (A111). It asks
/// for the next one at the door; what it writes is of the item that it has, and between two of them of the one to come.
/// Any thread.
final class WarmProcess implements Items, OutputSink {
    /// After its last item it may tidy up for so long.
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final String key;
    private final Duration grace;
    private Optional<ChildProcess> child = Optional.empty();
    private Optional<TaskRun> served = Optional.empty();
    private Optional<OutputTap> tap = Optional.empty();
    private final List<Runnable> early = new ArrayList<>();
    private CompletableFuture<String> done = new CompletableFuture<>();
    private boolean taken;
    private boolean over;
    private int items;
    private int asked;

    /// @param key of the task that it is started for: by it the door knows the process
    /// @param grace between TERM and KILL
    WarmProcess(String key, Duration grace) {
        this.key = key;
        this.grace = grace;
    }

    String key() {
        return key;
    }

    synchronized Optional<ChildProcess> child() {
        return child;
    }

    synchronized ChildProcess started(ChildProcess process) {
        child = Optional.of(process);
        return process;
    }

    /// How many items it has taken.
    synchronized int items() {
        return items;
    }

    /// Whether it has taken the item that it was given last.
    synchronized boolean hasTaken() {
        return taken;
    }

    /// What became of the item that it was given last, once it says so: "" when that is done well.
    synchronized CompletableFuture<String> done() {
        return done;
    }

    /// From now on it is this task's.
    void serve(TaskRun run) {
        List<Runnable> pieces;
        synchronized (this) {
            served = Optional.of(run);
            tap = Optional.of(run.tap());
            done = new CompletableFuture<>();
            taken = false;
            pieces = takeEarly();
            notifyAll();
        }
        pieces.forEach(Runnable::run);
    }

    /// What it writes is not this task's any more.
    synchronized void rest() {
        served = Optional.empty();
        tap = Optional.empty();
    }

    @Override
    public synchronized String next(String said) throws InterruptedException {
        if (taken && !done.isDone()) {
            done.complete(said);
            served = Optional.empty();
        }
        var turn = ++asked; // who asks again after a cut has no use for the answer to the first question
        while (served.isEmpty() && !over && turn == asked) {
            wait();
        }
        if (served.isEmpty() || turn != asked) {
            return "";
        }
        taken = true;
        items++;
        var claim = served.get().claim();
        return OneItem.told(claim, claim.options().item());
    }

    @Override
    public boolean accept(Channel channel, byte[] piece, Runnable more) {
        Optional<OutputTap> to;
        synchronized (this) {
            to = tap;
            if (to.isEmpty() && !over) {
                early.add(() -> {
                    if (accept(channel, piece, more)) {
                        more.run();
                    }
                });
                return false;
            }
        }
        return to.isEmpty() || to.get().accept(channel, piece, more);
    }

    private synchronized List<Runnable> takeEarly() {
        var all = List.copyOf(early);
        early.clear();
        return all;
    }

    /// There are no more items: it ends by itself, or is ended. Returns when it has.
    void leave() {
        List<Runnable> pieces;
        synchronized (this) {
            over = true;
            pieces = takeEarly();
            notifyAll();
        }
        pieces.forEach(Runnable::run);
        child().ifPresent(process -> {
            process.exit()
                    .thenApply(exit -> true)
                    .completeOnTimeout(false, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(e -> false)
                    .join();
            process.kill(grace).exceptionally(e -> null).join();
        });
    }
}
