package aque.worker;

import aque.log.Channel;
import aque.openjd.JobDocument;
import aque.openjd.JobDocument.StepDocument;
import aque.openjd.TaskParameters;
import aque.process.ChildProcess;
import aque.session.Action;
import aque.session.ActionEnd;
import aque.session.Disk;
import aque.session.Failure;
import aque.session.Session;
import aque.session.SessionHost;
import aque.session.SessionListener;
import aque.session.SessionState;
import aque.submit.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An OpenJD session that serves one task after the other: what its actions print and say is of the task that it
/// serves. One thread at a time.
final class OpenSession {
    private static final Logger log = LoggerFactory.getLogger(OpenSession.class);
    /// Between TERM and KILL of what is left when all environments are.
    private static final Duration LAST = Duration.ofSeconds(1);

    private final Session session;
    private final JobDocument document;
    private final StepDocument step;
    private volatile TaskRun run;
    private boolean leaving;
    /// What its environments have started and left behind: it works for one task after the other.
    private final List<ChildProcess> daemons = new CopyOnWriteArrayList<>();

    /// Goes on with the session that a former worker ran this task in.
    ///
    /// @throws IOException when its folder is gone
    OpenSession(JobDocument document, StepDocument step, SessionState state, TaskRun first) throws IOException {
        this.document = document;
        this.step = step;
        this.run = first;
        var environments = Stream.concat(document.environments().stream(), step.environments().stream())
                .toList();
        this.session = Session.resume(document, environments, state, host(first), this::run, new ToTask());
        serve(first);
    }

    /// @throws IOException when its folder cannot be made
    OpenSession(JobDocument document, StepDocument step, Path parent, TaskRun first) throws IOException {
        this.document = document;
        this.step = step;
        this.run = first;
        this.session = Session.open(document, parent, host(first), this::run, new ToTask());
        serve(first);
    }

    /// All tasks of a job are its submitter's.
    private static SessionHost host(TaskRun run) {
        return new SessionHost(run.process().user().<Disk>map(UserDisk::new).orElse(Disk.OWN), run.here()::text);
    }

    /// From now on its actions are this task's.
    void serve(TaskRun next) {
        run = next;
        EnvironmentPolicy.secrets(run.environment()).forEach(session.secrets()::add);
        run.tap().hide(session.secrets());
        run.inSession(session::state);
        run.process().workWith(daemons);
    }

    /// Enters the job's environments, then the step's.
    Optional<Failure> enter() throws InterruptedException {
        var failure = session.enter(document.environments());
        return failure.isPresent() ? failure : session.enter(step.environments());
    }

    Optional<Failure> run(TaskParameters parameters) throws InterruptedException {
        return session.run(step, parameters);
    }

    /// Whether entering it costs anything, so that it is worth keeping.
    boolean hasEnvironments() {
        return !document.environments().isEmpty() || !step.environments().isEmpty();
    }

    /// Leaves its environments, also for a task that was stopped, ends what they have left behind, and removes its
    /// folder.
    void leave() {
        leaving = true;
        try {
            session.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        daemons.stream()
                .map(d -> d.kill(LAST).exceptionally(e -> null))
                .toList()
                .forEach(CompletableFuture::join);
        session.close();
    }

    /// What somebody whom an environment has left behind writes is of the task that is served.
    private boolean accept(Channel channel, byte[] piece, Runnable more) {
        return run.tap().accept(channel, piece, more);
    }

    private ActionEnd run(Action action) throws InterruptedException {
        if (run.stopping() && !leaving && !run.process().inherits()) {
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
        var serving = run;
        var gauge = run.gauge(action.argv(), action.isTask() ? step.progress() : List.of());
        run.tap().onLine(gauge.words(), (channel, line) -> {
            if (!action.lines().take(line)) {
                serving.process().breakOff("cancelled"); // it said what it must not say
            }
            serving.voice().read(gauge, action.lines().shown(line));
        });
        run.process().onStop(() -> announce(grace));
        var order = new TaskProcess.Run(
                action.argv(), environment, action.cwd(), Optional.empty(), grace, action.timeout(), kind(action));
        var ended = order.kind() == TaskProcess.Kind.PREPARATION
                ? run.process().prepare(order, this::accept)
                : run.process().run(order, () -> {});
        return end(ended);
    }

    private TaskProcess.Kind kind(Action action) {
        if (leaving) {
            return TaskProcess.Kind.LEAVING;
        }
        return action.isTask() ? TaskProcess.Kind.WORK : TaskProcess.Kind.PREPARATION;
    }

    private void announce(Duration grace) {
        if (grace.isZero()) {
            return;
        }
        try {
            session.announceCancel(Instant.now().plus(grace));
        } catch (IOException e) {
            log.warn("a cancel could not be announced: {}", e.getMessage());
        }
    }

    private ActionEnd end(Verdict ended) {
        if (ended.reason().equals("timeout")) {
            return new ActionEnd.TimedOut();
        }
        if (ended.reason().equals("cancelled") || run.stopping() && !leaving && ended.code() != 0) {
            return new ActionEnd.Cancelled();
        }
        if (ended.reason().equals(TaskProcess.ERROR_LINE)) {
            return new ActionEnd.Complained(run.voice().errorLine());
        }
        if (!ended.reason().isEmpty()) {
            return new ActionEnd.NotStarted(ended.reason());
        }
        return ended.signal().isPresent()
                ? new ActionEnd.Signalled(ended.signal().getAsInt())
                : new ActionEnd.Exited(ended.code());
    }

    private final class ToTask implements SessionListener {
        @Override
        public void progress(double percent) {
            run.voice().progress(percent);
        }

        @Override
        public void status(String text) {
            run.voice().status(text);
        }

        @Override
        public void fail(String text) {
            run.voice().fail(text);
        }
    }
}
