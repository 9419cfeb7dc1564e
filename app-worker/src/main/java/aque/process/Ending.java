package aque.process;

import aque.posix.ProcStat;
import aque.posix.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// How one child and all its descendants come to their end: TERM once to each, a grace, then KILL in rounds
/// until none is left. What a main process leaves behind is ended a second after it, or lives on until it is told to
/// end. Works on one virtual thread, from the first call of [#begin(Duration)] on.
final class Ending {
    /// What a main process leaves behind may still end by itself for so long.
    static final Duration LEFTOVERS = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final String name;
    private final String group;
    private final Supplier<List<ProcStat>> members;
    private final boolean stays;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final CompletableFuture<Boolean> left = new CompletableFuture<>();
    private boolean begun;
    private boolean mainEnded;
    private long killAt;

    /// @param group a name that no other end on this machine has
    /// @param members a fresh list of all processes that are alive
    /// @param stays whether what the main process leaves behind lives on
    Ending(String name, String group, Supplier<List<ProcStat>> members, boolean stays) {
        this.name = name;
        this.group = group;
        this.members = members;
        this.stays = stays;
    }

    /// Completes when the main process has ended by itself, or the end of all was begun: whether something lives on.
    CompletableFuture<Boolean> left() {
        return left;
    }

    /// Completes when no process is left, on some thread that must not be kept.
    CompletableFuture<Void> gone() {
        return gone;
    }

    /// The main process ended; nobody else is there if `alone`.
    void mainEnded(boolean alone) {
        boolean done;
        synchronized (this) {
            mainEnded = true;
            done = alone && !begun;
            notifyAll();
        }
        if (done) {
            left.complete(false);
            gone.complete(null);
        } else if (stays) {
            Thread.ofVirtual().name("aque-left-" + name).start(this::look);
        } else {
            begin(LEFTOVERS);
        }
    }

    /// Somebody has lost his parent: whether it was one of these is to be seen.
    private void look() {
        boolean none = members.get().isEmpty();
        boolean done;
        synchronized (this) {
            done = none && !begun;
        }
        left.complete(!none);
        if (done) {
            gone.complete(null);
        }
    }

    /// Ends everything, without TERM if the grace is nothing; of several graces the one that is over first
    /// counts.
    synchronized void begin(Duration grace) {
        long wanted = System.nanoTime() + grace.toNanos();
        killAt = begun && killAt - wanted < 0 ? killAt : wanted;
        notifyAll();
        left.complete(false);
        if (!begun && !gone.isDone()) {
            begun = true;
            Thread.ofVirtual().name("aque-ending-" + name).start(this::run);
        }
    }

    private void run() {
        var made = KillGroup.make(group);
        try {
            if (awaitsGrace()) {
                var all = members.get();
                made.ifPresent(g -> all.forEach(process -> g.take(process.id())));
                all.forEach(Ending::terminate);
                awaitGrace();
            }
            killRest(made);
            made.ifPresent(KillGroup::close);
            gone.complete(null);
        } catch (InterruptedException | RuntimeException e) {
            gone.completeExceptionally(e);
        }
    }

    /// Only those who are there at the beginning: what they start in order to clear up shall have the time to
    /// do so. A stopped process would take the TERM only when it goes on.
    private static void terminate(ProcStat process) {
        Signal.send(process.id(), Signal.TERM);
        Signal.send(process.id(), Signal.CONT);
    }

    /// While the main process lives there is no need to look at the others.
    private void awaitGrace() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (awaitMain() && !members.get().isEmpty()) {
            pause(pause);
            pause = longer(pause);
        }
    }

    private synchronized boolean awaitsGrace() {
        return graceMillis() > 0;
    }

    /// Waits for the main process.
    ///
    /// @return whether some of the grace is left
    private synchronized boolean awaitMain() throws InterruptedException {
        while (!mainEnded && graceMillis() > 0) {
            wait(graceMillis());
        }
        return graceMillis() > 0;
    }

    /// What is born while the others die dies with them when there is a group, else in the next round.
    private void killRest(Optional<KillGroup> made) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (List<ProcStat> alive = members.get(); !isOver(alive); alive = members.get()) {
            for (ProcStat process : alive) {
                made.ifPresent(g -> g.take(process.id()));
            }
            made.ifPresent(KillGroup::kill);
            alive.forEach(process -> Signal.send(process.id(), Signal.KILL));
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    private synchronized boolean isOver(List<ProcStat> alive) {
        return mainEnded && alive.isEmpty();
    }

    /// A shorter pause than asked for does no harm.
    @SuppressWarnings("WaitNotInLoop")
    private synchronized void pause(Duration pause) throws InterruptedException {
        wait(Math.clamp(graceMillis(), 1, pause.toMillis()));
    }

    private long graceMillis() {
        return Math.max(0, (killAt - System.nanoTime() + 999_999) / 1_000_000);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
