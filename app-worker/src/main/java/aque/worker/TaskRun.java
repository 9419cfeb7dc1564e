package aque.worker;

import aque.broker.Beat;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.Progress;
import aque.log.Channel;
import aque.openjd.Directive;
import aque.process.ChildProcess;
import aque.process.Exit;
import aque.process.Launch;
import aque.process.LaunchException;
import aque.process.Processes;
import aque.progress.Gauge;
import aque.progress.Patterns;
import aque.progress.Sign;
import aque.session.Secrets;
import aque.submit.Work;
import aque.usage.UsageSample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One claim from start to report: starts its processes, tells how far they are, stops them when asked, and says how it
/// ended. Runs on a virtual thread of its own; may be asked things from any.
final class TaskRun {
    /// Why it is being stopped; the first that is asked decides, but a lost lease beats all.
    private enum Stop {
        KILL,
        REQUEUE,
        TIMEOUT,
        LOST
    }

    /// The reason of a task that exited with 0 although its output tells of an error.
    static final String ERROR_LINE = "error_line";

    private final Claim claim;
    private final Means means;
    private final Map<String, String> environment;
    private final OutputTap tap;
    private volatile double percent = -1;
    private volatile String status = "";
    private volatile String failure = "";
    private volatile String errorLine = "";
    private volatile long peak;
    private volatile long cpuMillis;
    private volatile Duration grace;
    private String broken = "";
    private @Nullable ChildProcess child;
    private @Nullable Stop stop;
    private Runnable onStop = () -> {};

    /// What every task of a worker uses.
    record Means(
            Processes processes, TaskStreams streams, Supplier<Patterns> patterns, ScheduledExecutorService timer) {}

    TaskRun(Claim claim, Means means, Map<String, String> environment, OutputTap tap) {
        this.claim = claim;
        this.means = means;
        this.environment = environment;
        this.tap = tap;
        this.grace = claim.options().graceTime();
    }

    Claim claim() {
        return claim;
    }

    Progress progress() {
        return new Progress(claim.task(), claim.attempt(), percent, status);
    }

    /// What its processes use now; empty between processes.
    Optional<UsageSample> sample() {
        ChildProcess c;
        synchronized (this) {
            c = child;
        }
        return c == null ? Optional.empty() : Optional.of(c.sample());
    }

    /// Runs it to its end. Its thread waits; nothing else does.
    Outcome run(SessionRunner sessions) throws InterruptedException {
        var limit = claim.options()
                .timeLimit()
                .map(t -> means.timer().schedule(() -> stop(Stop.TIMEOUT), t.toMillis(), TimeUnit.MILLISECONDS));
        try {
            var ended = switch (claim.work()) {
                case Work.Command command -> command(command);
                case Work.OpenJd openJd -> sessions.run(this, openJd);
                case Work.Group group -> new Ended(0, OptionalInt.empty(), "", false);
            };
            return outcome(ended);
        } finally {
            limit.ifPresent(l -> l.cancel(false));
        }
    }

    /// How the work ended, before it is known whether somebody wanted it to.
    ///
    /// @param code exit code, -1 when there is none
    /// @param reason a word when it never ran or broke off, else ""
    /// @param lost its keeper died: nobody knows
    record Ended(int code, OptionalInt signal, String reason, boolean lost) {}

    private Ended command(Work.Command command) throws InterruptedException {
        var secrets = new Secrets();
        tap.hide(secrets);
        var gauge = gauge(command.argv());
        tap.onLine((channel, line) -> {
            hear(Directive.parse(line), secrets);
            read(gauge, secrets.hide(line));
        });
        try {
            var copies = TaskStreams.copies(claim, false);
            tap.copy(copies);
            var ended = reading(command);
            return ended(ended, copies.values());
        } catch (LaunchException e) {
            return refused(e);
        }
    }

    private Ended reading(Work.Command command) throws InterruptedException, LaunchException {
        var input = means.streams().input(claim);
        var cwd = Path.of(claim.cwd());
        var grace = claim.options().graceTime();
        try {
            var stdin = input.map(TaskStreams.Input::file);
            return process(new Run(command.argv(), environment, cwd, stdin, grace, Optional.empty(), false));
        } finally {
            input.ifPresent(TaskStreams.Input::opened);
        }
    }

    /// A copy of the output that is not whole is a failure of the task.
    private Ended ended(Ended ended, Collection<FileCopy> copies) throws InterruptedException {
        tap.copy(Map.of());
        var result = ended;
        for (var copy : Set.copyOf(copies)) {
            var failure = copy.end();
            if (failure.isPresent()) {
                tap.note(Channel.LOG, "aque: " + failure.get());
                result = result.code() == 0 ? new Ended(-1, OptionalInt.empty(), "output_file", false) : result;
            }
        }
        return result;
    }

    private Ended refused(LaunchException e) {
        var sentence = e.getMessage() == null ? e.reason() : e.getMessage();
        tap.note(Channel.LOG, "aque: " + sentence);
        return new Ended(-1, OptionalInt.empty(), e.reason(), false);
    }

    /// One process of the task.
    ///
    /// @param stdin what it reads, nothing when empty
    /// @param grace between TERM and KILL when it is stopped
    /// @param timeout after which it is stopped with the reason `timeout`
    /// @param always starts also when the task was asked to stop: it tidies up
    record Run(
            List<String> argv,
            Map<String, String> environment,
            Path cwd,
            Optional<Path> stdin,
            Duration grace,
            Optional<Duration> timeout,
            boolean always) {}

    /// Starts one process and waits until it and all that came from it are gone.
    Ended process(Run run) throws InterruptedException {
        ChildProcess started;
        try {
            synchronized (this) {
                if (stop != null && (!run.always || stop == Stop.LOST)) {
                    return new Ended(-1, OptionalInt.empty(), "stopped", false);
                }
                broken = "";
                errorLine = "";
                grace = run.grace;
                started = means.processes()
                        .start(new Launch(
                                claim.task(), claim.attempt(), run.argv, run.environment, run.cwd, run.stdin, tap));
                child = started;
            }
        } catch (LaunchException e) {
            return refused(e);
        }
        var limit =
                run.timeout.map(t -> means.timer().schedule(() -> breakOff("timeout"), t.toMillis(), TimeUnit.MILLISECONDS));
        Exit exit;
        try {
            exit = started.exit().get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the end of " + started + " is not known", e.getCause());
        } finally {
            limit.ifPresent(l -> l.cancel(false));
        }
        String why;
        synchronized (this) {
            child = null;
            why = broken;
        }
        peak = Math.max(peak, exit.peakMemory());
        cpuMillis += exit.cpuMillis();
        tap.end();
        return new Ended(exit.code().orElse(-1), exit.signal(), reason(exit, why), exit.keeperLost());
    }

    /// Why it did not end as its code says.
    private String reason(Exit exit, String why) {
        if (exit.keeperLost()) {
            return "keeper_lost";
        }
        if (!errorLine.isEmpty()) {
            status(errorLine);
        }
        return why.isEmpty() && !errorLine.isEmpty() && exit.code().orElse(-1) == 0 ? ERROR_LINE : why;
    }

    /// Stops the process that runs now, not the task: it said what it must not say.
    void cancelProcess() {
        breakOff("cancelled");
    }

    private void breakOff(String reason) {
        ChildProcess c;
        synchronized (this) {
            c = child;
            if (c == null) {
                return;
            }
            broken = reason;
        }
        c.kill(grace).exceptionally(e -> null);
    }

    /// Takes a line that the task addressed to us.
    private void hear(Directive directive, Secrets secrets) {
        switch (directive) {
            case Directive.Progress p -> progress(p.percent());
            case Directive.Status s -> status(s.text());
            case Directive.Fail f -> fail(f.text());
            case Directive.RedactedEnv e -> secrets.add(e.value());
            case Directive.Malformed m -> m.value().ifPresent(secrets::add);
            default -> {}
        }
    }

    /// Takes a line that its tool prints for people, without secrets.
    void read(Gauge gauge, String line) {
        for (var sign : gauge.take(line)) {
            switch (sign) {
                case Sign.Progress p -> progress(p.percent());
                case Sign.Status s -> status(s.text());
                case Sign.Error e -> complain(e);
            }
        }
    }

    /// The first such line counts.
    private void complain(Sign.Error error) {
        if (errorLine.isEmpty()) {
            errorLine = error.line();
            tap.note(Channel.LOG, "aque: this line of " + error.tool() + " tells of an error: " + error.line());
        }
    }

    /// The line that tells of an error; empty when there was none.
    String errorLine() {
        return errorLine;
    }

    /// What the output of this command line tells.
    Gauge gauge(List<String> argv) {
        return means.patterns().get().gauge(argv);
    }

    void progress(double p) {
        percent = p;
        tap.note(Channel.PROGRESS, Double.toString(p));
    }

    void status(String text) {
        status = text;
        tap.note(Channel.STATUS, text);
    }

    /// Why the task says that it failed; shown as its status, decided by its exit.
    void fail(String text) {
        failure = text;
        status = text;
        tap.note(Channel.STATUS, text);
    }

    OutputTap tap() {
        return tap;
    }

    Map<String, String> environment() {
        return environment;
    }

    void requeue() {
        stop(Stop.REQUEUE);
    }

    /// Its lease is gone: somebody else may run it, so it ends here at once and without a word.
    void lose() {
        stop(Stop.LOST);
    }

    void stop(Beat.Stop how) {
        stop(how == Beat.Stop.KILL ? Stop.KILL : Stop.REQUEUE);
    }

    private void stop(Stop why) {
        ChildProcess c;
        synchronized (this) {
            if (stop != null && why != Stop.LOST) {
                return;
            }
            stop = why;
            c = child;
        }
        onStop.run();
        if (c != null) {
            var gone = c.kill(why == Stop.LOST ? Duration.ZERO : grace);
            gone.exceptionally(e -> null);
        }
    }

    /// Called once when a stop is asked, before the processes hear of it.
    synchronized void onStop(Runnable action) {
        onStop = action;
        if (stop != null) {
            action.run();
        }
    }

    synchronized boolean stopping() {
        return stop != null;
    }

    void signal(int number) {
        ChildProcess c;
        synchronized (this) {
            c = child;
        }
        if (c != null) {
            c.signal(number);
        }
    }

    private synchronized Outcome outcome(Ended e) {
        var code = e.code() >= 0 ? OptionalInt.of(e.code()) : OptionalInt.empty();
        var end = end(e);
        return new Outcome(
                claim.task(),
                claim.attempt(),
                end,
                reason(end, e),
                code,
                e.signal(),
                OptionalLong.of(peak),
                OptionalLong.of(cpuMillis),
                percent,
                status);
    }

    private Outcome.End end(Ended e) {
        if (e.code() == 0 && e.reason().isEmpty() && stop != Stop.TIMEOUT) {
            return Outcome.End.SUCCESS;
        }
        if (stop == Stop.REQUEUE || (e.lost() && stop == null)) {
            return Outcome.End.GIVEN_BACK;
        }
        return stop == Stop.KILL ? Outcome.End.KILLED : Outcome.End.ERROR;
    }

    private String reason(Outcome.End end, Ended e) {
        if (end == Outcome.End.SUCCESS) {
            return "";
        }
        if (stop == Stop.TIMEOUT) {
            return "timeout";
        }
        if (!e.reason().isEmpty()) {
            return e.reason();
        }
        if (!failure.isEmpty() && end == Outcome.End.ERROR) {
            return "task_failed";
        }
        return e.signal().isPresent() ? "signal" : "exit";
    }
}
