package aque.worker;

import aque.broker.Broker;
import aque.log.Channel;
import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.session.ActionEnd;
import aque.session.Failure;
import aque.session.SessionState;
import aque.submit.Work;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs OpenJD tasks in sessions. A session whose task ended well is kept for the next task of its step, so that its
/// environments are entered once; it is left when no more such task can come, when none came for a while, and after
/// every failure. Any thread.
final class SessionRunner {
    private static final Logger log = LoggerFactory.getLogger(SessionRunner.class);
    private static final int DOCUMENTS = 64;
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(20);

    private final Broker broker;
    private final Here here;
    private final ScheduledExecutorService timer;
    private final Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    private final Map<Key, Deque<Idle>> idle = new HashMap<>();
    private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();
    private final Map<TaskId, JobDocument> documents =
            Collections.synchronizedMap(new LinkedHashMap<>(DOCUMENTS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TaskId, JobDocument> eldest) {
                    return size() > DOCUMENTS;
                }
            });
    private boolean closed;

    /// Tasks of one step have the same environments.
    private record Key(TaskId job, int step) {}

    /// A session that waits for its next task; one wait, one object.
    private static final class Idle {
        private final OpenSession session;

        private Idle(OpenSession session) {
            this.session = session;
        }
    }

    SessionRunner(Broker broker, Here here, ScheduledExecutorService timer) {
        this.broker = broker;
        this.here = here;
        this.timer = timer;
    }

    /// Runs the task to its end; on the task's own thread.
    Verdict run(TaskRun run, Work.OpenJd work) throws InterruptedException {
        var key = new Key(run.claim().job(), work.step());
        var handed = run.handedSession();
        var kept = handed.isPresent() ? Optional.<OpenSession>empty() : take(key);
        OpenSession session;
        try {
            session = kept.isPresent() ? kept.get() : open(run, work, handed);
        } catch (IOException e) {
            run.tap().note(Channel.LOG, "aque: the session's folder could not be made: " + e.getMessage());
            return Verdict.of("no_session");
        }
        var keep = false;
        try {
            session.serve(run);
            var failure = kept.isPresent() || handed.isPresent() ? Optional.<Failure>empty() : session.enter();
            var parameters = TaskParameters.fromJson(work.parameters());
            if (failure.isEmpty()) {
                failure = session.run(parameters);
            }
            failure.ifPresent(f -> run.tap().note(Channel.LOG, "aque: " + f));
            keep = failure.isEmpty() && session.hasEnvironments() && !run.stopping() && moreLike(run);
            if (failure.isPresent()) {
                return ended(failure.get());
            }
            return run.stopping() || OutputCheck.passes(run, document(key), key.step, parameters)
                    ? Verdict.GOOD
                    : OutputCheck.MISSING;
        } finally {
            if (!keep || !keep(key, session)) {
                session.leave();
            }
        }
    }

    private OpenSession open(TaskRun run, Work.OpenJd work, Optional<SessionState> handed) throws IOException {
        var document = document(new Key(run.claim().job(), work.step()));
        var step = document.steps().get(work.step());
        return handed.isPresent()
                ? new OpenSession(document, step, handed.get(), run)
                : new OpenSession(document, step, parent, run);
    }

    /// The job as the step sees it; read again when steps were added to it.
    private JobDocument document(Key key) {
        var known = documents.get(key.job);
        if (known == null || known.steps().size() <= key.step) {
            known = JobDocument.fromJson(broker.document(key.job)
                    .orElseThrow(() -> new IllegalStateException("job " + key.job + " has no document")));
            documents.put(key.job, known);
        }
        return known.around(key.step).on(here.rules());
    }

    private boolean moreLike(TaskRun run) {
        try {
            return broker.moreLike(run.claim().task());
        } catch (RuntimeException e) {
            log.debug("a session is left early: {}", e.getMessage());
            return false;
        }
    }

    private synchronized Optional<OpenSession> take(Key key) {
        return Optional.ofNullable(idle.getOrDefault(key, new ArrayDeque<>()).poll())
                .map(i -> i.session);
    }

    private synchronized boolean keep(Key key, OpenSession session) {
        if (closed) {
            return false;
        }
        var one = new Idle(session);
        idle.computeIfAbsent(key, k -> new ArrayDeque<>()).push(one);
        var unused = timer.schedule(() -> leaveIfIdle(key, one), KEPT.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    private synchronized void leaveIfIdle(Key key, Idle one) {
        var waiting = idle.getOrDefault(key, new ArrayDeque<>());
        if (waiting.remove(one)) {
            leave(one.session);
        }
        if (waiting.isEmpty()) {
            idle.remove(key);
        }
    }

    private void leave(OpenSession session) {
        var thread = Thread.ofVirtual().name("aque-leave").unstarted(() -> {
            session.leave();
            leaving.remove(Thread.currentThread());
        });
        leaving.add(thread);
        thread.start();
    }

    private static Verdict ended(Failure failure) {
        return switch (failure.end()) {
            case ActionEnd.Exited e ->
                new Verdict(e.code(), OptionalInt.empty(), e.code() == 0 ? "action_failed" : "", false);
            case ActionEnd.Signalled s -> new Verdict(-1, OptionalInt.of(s.signal()), "", false);
            case ActionEnd.Cancelled c -> Verdict.of("cancelled");
            case ActionEnd.TimedOut t -> Verdict.of("timeout");
            case ActionEnd.Complained c -> new Verdict(0, OptionalInt.empty(), TaskProcess.ERROR_LINE, false);
            case ActionEnd.NotStarted n -> Verdict.of(n.why().matches("[a-z_]+") ? n.why() : "no_program");
        };
    }

    /// Leaves the sessions that wait for a task, in the background.
    ///
    /// @return whether all are left
    synchronized boolean leaveIdle() {
        idle.values().stream().flatMap(Deque::stream).forEach(i -> leave(i.session));
        idle.clear();
        return leaving.isEmpty();
    }

    /// Leaves the sessions that wait for a task, all at once; those that do not end in time are left to the end of
    /// all processes.
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
