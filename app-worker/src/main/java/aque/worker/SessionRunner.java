package aque.worker;

import aque.broker.Broker;
import aque.log.Channel;
import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.session.Action;
import aque.session.ActionEnd;
import aque.session.Failure;
import aque.session.Session;
import aque.session.SessionListener;
import aque.submit.Work;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs OpenJD tasks: a session of its own for each, its environments entered before and left after. Any thread.
final class SessionRunner {
    private static final Logger log = LoggerFactory.getLogger(SessionRunner.class);
    private static final int DOCUMENTS = 64;

    private final Broker broker;
    private final Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    private final Map<TaskId, JobDocument> documents =
            Collections.synchronizedMap(new LinkedHashMap<>(DOCUMENTS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TaskId, JobDocument> eldest) {
                    return size() > DOCUMENTS;
                }
            });

    SessionRunner(Broker broker) {
        this.broker = broker;
    }

    /// Runs the task to its end; on the task's own thread.
    TaskRun.Ended run(TaskRun run, Work.OpenJd work) throws InterruptedException {
        var document = document(run.claim().job());
        var step = document.steps().get(work.step());
        var runner = new Actions(run);
        try (var session = Session.open(document, parent, runner::run, new ToTask(run))) {
            runner.in(session);
            var failure = session.enter(document.environments());
            if (failure.isEmpty()) {
                failure = session.enter(step.environments());
            }
            if (failure.isEmpty()) {
                failure = session.run(step, TaskParameters.fromJson(work.parameters()));
            }
            failure.ifPresent(f -> run.tap().note(Channel.LOG, "aque: " + f));
            runner.leaving();
            return failure.map(SessionRunner::ended)
                    .orElseGet(() -> new TaskRun.Ended(0, OptionalInt.empty(), "", false));
        } catch (IOException e) {
            run.tap().note(Channel.LOG, "aque: the session's folder could not be made: " + e.getMessage());
            return new TaskRun.Ended(-1, OptionalInt.empty(), "no_session", false);
        }
    }

    private JobDocument document(TaskId job) {
        return documents.computeIfAbsent(
                job,
                j -> JobDocument.fromJson(broker.document(j)
                        .orElseThrow(() -> new IllegalStateException("job " + j + " has no document"))));
    }

    private static TaskRun.Ended ended(Failure failure) {
        return switch (failure.end()) {
            case ActionEnd.Exited e ->
                new TaskRun.Ended(e.code(), OptionalInt.empty(), e.code() == 0 ? "action_failed" : "", false);
            case ActionEnd.Signalled s -> new TaskRun.Ended(-1, OptionalInt.of(s.signal()), "", false);
            case ActionEnd.Cancelled c -> new TaskRun.Ended(-1, OptionalInt.empty(), "cancelled", false);
            case ActionEnd.TimedOut t -> new TaskRun.Ended(-1, OptionalInt.empty(), "timeout", false);
            case ActionEnd.NotStarted n -> new TaskRun.Ended(-1, OptionalInt.empty(), "no_program", false);
        };
    }

    private record ToTask(TaskRun run) implements SessionListener {
        @Override
        public void progress(double percent) {
            run.progress(percent);
        }

        @Override
        public void status(String text) {
            run.status(text);
        }

        @Override
        public void fail(String text) {
            run.fail(text);
        }
    }

    /// The actions of one session, one after the other, as processes of its task.
    private static final class Actions {
        private final TaskRun run;
        private Optional<Session> session = Optional.empty();
        private boolean leaving;

        Actions(TaskRun run) {
            this.run = run;
        }

        void in(Session opened) {
            session = Optional.of(opened);
        }

        /// What comes now leaves environments; that is done also for a task that was stopped.
        void leaving() {
            leaving = true;
        }

        ActionEnd run(Action action) throws InterruptedException {
            if (run.stopping() && !leaving) {
                return new ActionEnd.Cancelled();
            }
            var environment = new HashMap<>(run.environment());
            action.variables()
                    .forEach((name, value) ->
                            value.ifPresentOrElse(v -> environment.put(name, v), () -> environment.remove(name)));
            var grace = switch (action.cancelation()) {
                case Action.Cancelation.Terminate t -> Duration.ZERO;
                case Action.Cancelation.NotifyThenTerminate n -> n.period();
            };
            run.tap().onLine((channel, line) -> {
                if ((channel == Channel.STDOUT || channel == Channel.STDERR)
                        && !action.lines().take(line)) {
                    run.cancelProcess();
                }
            });
            run.onStop(() -> session.ifPresent(s -> announce(s, grace)));
            var ended = run.process(
                    new TaskRun.Run(action.argv(), environment, action.cwd(), grace, action.timeout(), leaving));
            run.tap().end();
            return end(ended);
        }

        private static void announce(Session session, Duration grace) {
            if (grace.isZero()) {
                return;
            }
            try {
                session.announceCancel(Instant.now().plus(grace));
            } catch (IOException e) {
                log.warn("a cancel could not be announced: {}", e.getMessage());
            }
        }

        private ActionEnd end(TaskRun.Ended ended) {
            if (ended.reason().equals("timeout")) {
                return new ActionEnd.TimedOut();
            }
            if (ended.reason().equals("cancelled") || run.stopping() && !leaving && ended.code() != 0) {
                return new ActionEnd.Cancelled();
            }
            if (!ended.reason().isEmpty()) {
                return new ActionEnd.NotStarted(ended.reason());
            }
            return ended.signal().isPresent()
                    ? new ActionEnd.Signalled(ended.signal().getAsInt())
                    : new ActionEnd.Exited(ended.code());
        }
    }
}
