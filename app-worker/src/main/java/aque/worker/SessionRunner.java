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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;

/// Runs OpenJD tasks in sessions. A session whose task ended well is kept for the next task of its step, so that its
/// environments are entered once; it is left when no more such task can come, when none came for a while, and after
/// every failure. Any thread.
final class SessionRunner {
    private static final int DOCUMENTS = 64;

    private final Broker broker;
    private final Here here;
    private final Kept<Key, OpenSession> sessions;
    private final Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    private final Map<TaskId, JobDocument> documents =
            Collections.synchronizedMap(new LinkedHashMap<>(DOCUMENTS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TaskId, JobDocument> eldest) {
                    return size() > DOCUMENTS;
                }
            });

    /// Tasks of one step have the same environments.
    private record Key(TaskId job, int step) {}

    SessionRunner(Broker broker, Here here, ScheduledExecutorService timer) {
        this.broker = broker;
        this.here = here;
        this.sessions = new Kept<>(broker, timer, OpenSession::leave);
    }

    /// Runs the task to its end; on the task's own thread.
    Verdict run(TaskRun run, Work.OpenJd work) throws InterruptedException {
        var key = new Key(run.claim().job(), work.step());
        var handed = run.handedSession();
        var kept = handed.isPresent() ? Optional.<OpenSession>empty() : sessions.take(key);
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
            keep = failure.isEmpty() && session.hasEnvironments() && !run.stopping() && sessions.moreLike(run);
            if (failure.isPresent()) {
                return ended(failure.get());
            }
            return run.stopping() || OutputCheck.passes(run, document(key), key.step, parameters)
                    ? Verdict.GOOD
                    : OutputCheck.MISSING;
        } finally {
            if (!keep || !sessions.keep(key, session)) {
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
    boolean leaveIdle() {
        return sessions.leaveIdle();
    }

    /// Leaves them, and waits for that a while.
    void close() throws InterruptedException {
        sessions.close();
    }
}
