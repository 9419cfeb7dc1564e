package aque.worker;

import aque.broker.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a worker beats: every five seconds, each second while its tasks make progress, and at once when somebody steers
/// it or a stop is due. A thread of the system: virtual ones may all hang in a file system whose server is dead, and a
/// worker that does not beat is given up with all that it runs.
final class Beats {
    private static final Logger log = LoggerFactory.getLogger(Beats.class);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofSeconds(1);
    /// Cut off for so long it ends what is exclusive: well before the broker may give its lease of 30 s to another.
    private static final Duration FENCE = Duration.ofSeconds(20);

    private final Held held;
    private final Heart heart;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("aque-beat").unstarted(this::run);
    private volatile boolean ended;
    private volatile long lastHeard = System.nanoTime();
    private Instant nextStop = Instant.MAX;
    private List<Progress> told = List.of();
    private Instant lastBeat = Instant.EPOCH;

    /// What is done at a beat.
    interface Heart {
        /// Tells how far tasks are, and does what the broker answers.
        ///
        /// @return when the next stop is due, the far future for none; empty when the broker did not answer
        Optional<Instant> beat(List<Progress> progress);

        /// Every second.
        void look();

        /// Every five, after the beat.
        void full();
    }

    Beats(Held held, Heart heart) {
        this.held = held;
        this.heart = heart;
    }

    /// The first beat is made now.
    void start() {
        beat(List.of());
        thread.start();
    }

    /// Any thread.
    void now() {
        asked.release();
    }

    /// Ends what is exclusive when the broker has not been heard for too long. On another thread: the beat itself may
    /// hang in a connection that is half open.
    void fence() {
        if (System.nanoTime() - lastHeard > FENCE.toNanos()) {
            held.runs().stream().filter(r -> r.claim().options().exclusive()).forEach(TaskRun::fence);
        }
    }

    private void run() {
        try {
            while (!ended) {
                var steered = asked.tryAcquire(SHORT.toMillis(), TimeUnit.MILLISECONDS);
                asked.drainPermits();
                turn(steered);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever fails in it costs one turn.
    private void turn(boolean steered) {
        try {
            heart.look();
            var progress =
                    held.runs().stream().map(run -> run.voice().toldSoFar()).toList();
            var now = Instant.now();
            var full = !lastBeat.plus(BEAT).isAfter(now);
            if (steered || full || !nextStop.isAfter(now) || !progress.equals(told)) {
                beat(progress);
            }
            if (full) {
                lastBeat = now;
                heart.full();
            }
        } catch (RuntimeException e) {
            log.error("a turn of the beat failed", e);
        }
    }

    private void beat(List<Progress> progress) {
        var began = System.nanoTime();
        told = progress;
        heart.beat(progress).ifPresent(next -> {
            lastHeard = began;
            nextStop = next;
        });
    }

    /// A beat that hangs is left alone.
    void end(Duration patience) throws InterruptedException {
        ended = true;
        now();
        thread.join(patience);
    }
}
