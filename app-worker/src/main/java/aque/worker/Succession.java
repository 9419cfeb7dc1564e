package aque.worker;

import aque.broker.WorkerSession;
import aque.event.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a worker leaves what runs to the one that replaces it: at a moment at which every task is in the midst of its
/// own
/// process. The worker's own thread; [#ask] and what is asked of it from any.
final class Succession {
    private static final Logger log = LoggerFactory.getLogger(Succession.class);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration TRY = Duration.ofMillis(20);
    private static final Duration RESTLESS = Duration.ofSeconds(60);
    private static final Duration FLUSH = Duration.ofSeconds(15);

    private final TaskRun.Means means;
    private final Held held;
    private final BooleanSupplier idleAreGone;
    private final Ties ties;
    private volatile Optional<Instant> asked = Optional.empty();
    private volatile Optional<Path> keeper = Optional.empty();

    /// What ties a worker to the broker and to its tasks: cut before it leaves.
    record Ties(Listener listener, TaskDoor door, LogWriter logs) {}

    /// @param idleAreGone ends what waits for its next task; whether all of it has ended
    Succession(TaskRun.Means means, Held held, BooleanSupplier idleAreGone, Ties ties) {
        this.means = means;
        this.held = held;
        this.idleAreGone = idleAreGone;
        this.ties = ties;
    }

    void ask() {
        asked = Optional.of(Instant.now());
    }

    boolean isAsked() {
        return asked.isPresent();
    }

    /// While its tasks enter and leave environments all the time, no more are taken.
    boolean isRestless() {
        return asked.filter(a -> a.plus(RESTLESS).isBefore(Instant.now())).isPresent();
    }

    /// Where the keeper waits for the next worker; empty when everything is still here.
    Optional<Path> keeper() {
        return keeper;
    }

    /// Tries for a moment.
    ///
    /// @param giveBack gives back what waits for room
    /// @param started how many tasks this worker has started
    /// @return whether everything was left
    boolean attempt(WorkerSession session, int started, Runnable giveBack) throws InterruptedException {
        var until = Instant.now().plus(MOMENT);
        while (Instant.now().isBefore(until)) {
            giveBack.run();
            if (idleAreGone.getAsBoolean() && means.gate().close(MOMENT)) {
                if (held.runs().stream().allMatch(r -> r.process().canBeHanded())) {
                    keeper = Optional.of(leave(session, started));
                    return true;
                }
                means.gate().open();
            }
            Thread.sleep(TRY.toMillis());
        }
        return false;
    }

    /// Nothing starts nor ends meanwhile; what the tasks have written is in the database or on disk afterwards.
    private Path leave(WorkerSession session, int started) throws InterruptedException {
        try {
            var place = means.processes().handOver();
            var alive = Set.copyOf(means.processes().running());
            for (var run : held.runs()) {
                run.endCopies();
            }
            var runs = new ArrayList<HandedRun>();
            for (var run : held.runs()) {
                runs.add(run.hand(alive));
            }
            ties.listener.close();
            ties.door.close();
            ties.logs.close(FLUSH);
            new Legacy(session.id(), session.name(), session.incarnation(), started, ties.door.port(), runs)
                    .write(place);
            log.info("worker {} leaves {} tasks to the next", session.name(), runs.size());
            return place;
        } catch (IOException e) {
            throw new IllegalStateException("the tasks cannot be handed over; they end, and run again", e);
        }
    }
}
