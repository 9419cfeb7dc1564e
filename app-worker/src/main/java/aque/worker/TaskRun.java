package aque.worker;

import aque.broker.Beat;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.posix.Signal;
import aque.process.ChildProcess;
import aque.process.Exit;
import aque.process.Launch;
import aque.process.LaunchException;
import aque.process.Processes;
import aque.process.RunAs;
import aque.progress.Gauge;
import aque.progress.Patterns;
import aque.session.SessionState;
import aque.submit.EnvironmentPolicy;
import aque.submit.Work;
import aque.usage.UsageSample;
import aque.worker.Verdict.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One claim from start to report: starts its processes, tells how far they are, stops them when asked, and says how it
/// ended. Runs on a virtual thread of its own; may be asked things from any.
final class TaskRun {
    /// The reason of a task that exited with 0 although its output tells of an error.
    static final String ERROR_LINE = "error_line";

    private static final Duration TOLD = Duration.ofSeconds(5);

    private final Claim claim;
    private final Means means;
    private final Map<String, String> environment;
    private final OutputTap tap;
    private final Optional<HandedRun> handed;
    private final Instant begun;
    private final Voice voice;
    private final MemoryWatch memory;
    private volatile long peak;
    private volatile long cpuMillis;
    private volatile Duration grace;
    /// Who is stopped by hand is silent, and has not stalled.
    private volatile boolean suspended;
    private volatile Instant processBegun = Instant.now();
    private final List<Integer> gpus;
    private Optional<Supplier<SessionState>> session = Optional.empty();
    private Optional<Inherited> inherited = Optional.empty();
    private boolean lasting;
    private String broken = "";
    private @Nullable ChildProcess child;
    private @Nullable Stop stop;
    private Runnable onStop = () -> {};

    /// What every task of a worker uses.
    record Means(
            Processes processes,
            TaskStreams streams,
            Supplier<Patterns> patterns,
            Supplier<HouseRules> rules,
            Users users,
            Gpus gpus,
            Here here,
            ScheduledExecutorService timer,
            Gate gate) {}

    /// A process of a former worker, or how it ended.
    private record Inherited(@Nullable ChildProcess child, CompletableFuture<Exit> exit) {}

    TaskRun(Claim claim, Means means, Map<String, String> environment, OutputTap tap) {
        this(claim, means, environment, tap, Optional.empty());
    }

    /// @param handed what a former worker left of it
    TaskRun(Claim claim, Means means, Map<String, String> environment, OutputTap tap, Optional<HandedRun> handed) {
        this.claim = claim;
        this.means = means;
        this.gpus = handed.map(HandedRun::gpus).orElseGet(() -> means.gpus().take(claim.gpus()));
        means.gpus().keep(gpus);
        this.environment = withGpus(environment);
        this.tap = tap;
        this.voice = new Voice(claim, tap);
        this.memory = new MemoryWatch(claim.memory());
        this.handed = handed;
        this.grace = claim.options().graceTime();
        this.begun = handed.map(h -> Instant.ofEpochMilli(h.begun())).orElseGet(Instant::now);
        handed.ifPresent(this::restore);
    }

    private Map<String, String> withGpus(Map<String, String> plain) {
        if (gpus.isEmpty()) {
            return plain;
        }
        var all = new HashMap<>(plain);
        all.put(Gpus.VISIBLE, means.gpus().visible(gpus));
        return Map.copyOf(all);
    }

    private void restore(HandedRun old) {
        voice.restore(old);
        peak = old.peak();
        cpuMillis = old.cpuMillis();
        processBegun = Instant.ofEpochMilli(old.process());
        old.exit()
                .ifPresent(
                        e -> inherited = Optional.of(new Inherited(null, CompletableFuture.completedFuture(e.exit()))));
    }

    /// The process that a former worker started for it.
    void inherit(ChildProcess process) {
        inherited = Optional.of(new Inherited(process, process.exit()));
    }

    Claim claim() {
        return claim;
    }

    Voice voice() {
        return voice;
    }

    /// What its processes use now; empty between processes.
    Optional<UsageSample> sample() {
        ChildProcess c;
        synchronized (this) {
            c = child;
        }
        if (c == null) {
            return Optional.empty();
        }
        var sample = c.sample();
        if (memory.isNowOver(sample)) {
            overMemory(sample.memory());
        }
        return Optional.of(sample);
    }

    private void overMemory(long used) {
        var rule = means.rules().get().overMemory();
        if (rule != HouseRules.OverMemory.ALLOW) {
            voice.remark("it uses " + MemoryWatch.size(used) + " of memory and has reserved "
                    + MemoryWatch.size(claim.memory()));
        }
        if (rule == HouseRules.OverMemory.KILL) {
            stop(Stop.MEMORY);
        }
    }

    /// Runs it to its end. Its thread waits; nothing else does.
    Outcome run(SessionRunner sessions) throws InterruptedException {
        handed.filter(h -> !h.stop().isEmpty()).ifPresent(h -> stop(Stop.valueOf(h.stop())));
        var limit = claim.options().timeLimit().map(t -> after(begun, t, () -> stop(Stop.TIMEOUT)));
        var watch = claim.options()
                .stallLimit()
                .map(t -> means.timer().scheduleWithFixedDelay(() -> stopIfSilent(t), 1, 1, TimeUnit.SECONDS));
        try {
            return outcome(work(sessions));
        } finally {
            limit.ifPresent(l -> l.cancel(false));
            watch.ifPresent(w -> w.cancel(false));
            inherited.ifPresent(this::refuse);
            means.gpus().give(gpus);
        }
    }

    private Verdict work(SessionRunner sessions) throws InterruptedException {
        if (isSubmitters() && !means.users().takes(claim.user())) {
            voice.remark("this worker runs nothing for " + claim.user());
            return Verdict.of("run_as");
        }
        return switch (claim.work()) {
            case Work.Command command -> command(command);
            case Work.OpenJd openJd -> sessions.run(this, openJd);
            case Work.Group group -> Verdict.GOOD;
        };
    }

    private boolean isSubmitters() {
        return means.rules().get().runAs() == HouseRules.RunAs.SUBMITTER;
    }

    /// Who its processes are; empty when they are who the worker is.
    Optional<RunAs> user() {
        return isSubmitters() ? means.users().become(claim.user()) : Optional.empty();
    }

    private void stopIfSilent(Duration limit) {
        if (!suspended && tap.silence().compareTo(limit) > 0) {
            stop(Stop.STALL);
        }
    }

    /// Nobody could go on with it.
    private void refuse(Inherited old) {
        tap.ready();
        if (old.child != null) {
            old.child.kill(grace).exceptionally(e -> null);
        }
    }

    private ScheduledFuture<?> after(Instant from, Duration limit, Runnable action) {
        var left = Duration.between(Instant.now(), from.plus(limit));
        return means.timer().schedule(action, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }

    private Verdict command(Work.Command command) throws InterruptedException {
        voice.listen(gauge(command.argv(), List.of()), EnvironmentPolicy.secrets(environment));
        try {
            var copies = TaskStreams.copies(claim, inherited.isPresent(), user());
            tap.copy(copies);
            return ended(reading(command), copies.values());
        } catch (LaunchException e) {
            return refused(e);
        }
    }

    private Verdict reading(Work.Command command) throws InterruptedException, LaunchException {
        var input = inherited.isPresent()
                ? Optional.<TaskStreams.Input>empty()
                : means.streams().input(claim);
        if (input.isPresent() && input.get().temporary() && user().isPresent()) {
            give(input.get().file(), user().get());
        }
        var argv = inherited.isPresent() ? command.argv() : means.streams().words(command.argv());
        var cwd = Path.of(claim.cwd());
        var stdin = input.map(TaskStreams.Input::file);
        var run = new Run(argv, environment, cwd, stdin, claim.options().graceTime(), Optional.empty(), Kind.WORK);
        if (user().isEmpty()) {
            return process(run, () -> input.ifPresent(TaskStreams.Input::opened));
        }
        try {
            return process(run);
        } finally {
            input.ifPresent(TaskStreams.Input::opened);
        }
    }

    private static void give(Path file, RunAs user) throws LaunchException {
        try {
            user.own(file);
        } catch (IOException e) {
            throw new LaunchException("no_stdin", "standard input cannot be given to " + user.name());
        }
    }

    /// A copy of the output that is not whole is a failure of the task.
    private Verdict ended(Verdict ended, Collection<FileCopy> copies) throws InterruptedException {
        tap.copy(Map.of());
        var result = ended;
        for (var copy : Set.copyOf(copies)) {
            var trouble = copy.end();
            if (trouble.isPresent()) {
                voice.remark(trouble.get());
                result = result.code() == 0 ? Verdict.of("output_file") : result;
            }
        }
        return result;
    }

    private Verdict refused(LaunchException e) {
        voice.remark(e.getMessage() == null ? e.reason() : e.getMessage());
        return Verdict.of(e.reason());
    }

    /// What a process is for.
    enum Kind {
        /// The task itself; it may outlive its worker.
        WORK,
        /// Makes ready for it.
        PREPARATION,
        /// Tidies up; starts also when the task was asked to stop.
        LEAVING
    }

    /// One process of the task.
    ///
    /// @param stdin what it reads, nothing when empty
    /// @param grace between TERM and KILL when it is stopped
    /// @param timeout after which it is stopped with the reason `timeout`
    record Run(
            List<String> argv,
            Map<String, String> environment,
            Path cwd,
            Optional<Path> stdin,
            Duration grace,
            Optional<Duration> timeout,
            Kind kind) {}

    /// Starts one process and waits until it and all that came from it are gone.
    Verdict process(Run run) throws InterruptedException {
        return process(run, () -> {});
    }

    private Verdict process(Run run, Runnable started) throws InterruptedException {
        CompletableFuture<Exit> exit;
        try {
            var begunExit = begin(run);
            started.run();
            if (begunExit.isEmpty()) {
                return Verdict.of("stopped");
            }
            exit = begunExit.get();
        } catch (LaunchException e) {
            started.run();
            return refused(e);
        }
        var limit = run.timeout.map(t -> after(processBegun, t, () -> breakOff("timeout")));
        try {
            return finish(exit.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of task " + claim.task() + " is not known", e.getCause());
        } finally {
            limit.ifPresent(l -> l.cancel(false));
        }
    }

    /// Takes over the process of a former worker, or starts it.
    ///
    /// @return how it will end; empty when it is not to start any more
    private Optional<CompletableFuture<Exit>> begin(Run run) throws LaunchException {
        means.gate().enter();
        try {
            synchronized (this) {
                grace = run.grace;
                lasting = run.kind == Kind.WORK;
                if (inherited.isPresent()) {
                    return Optional.of(takeOver(inherited.get()));
                }
                if (stop != null && (run.kind != Kind.LEAVING || stop == Stop.LOST)) {
                    return Optional.empty();
                }
                broken = "";
                voice.begin();
                memory.begin();
                obey(run);
                processBegun = Instant.now();
                child = means.processes()
                        .start(new Launch(
                                claim.task(),
                                claim.attempt(),
                                run.argv,
                                user().map(u -> u.environment(run.environment)).orElse(run.environment),
                                run.cwd,
                                run.stdin,
                                user(),
                                tap));
                return Optional.of(child.exit());
            }
        } finally {
            means.gate().leave();
        }
    }

    /// Programs that the policy of this worker does not allow are not started.
    private void obey(Run run) throws LaunchException {
        var program = run.argv.isEmpty() ? "" : run.argv.getFirst();
        if (run.kind != Kind.LEAVING && !means.rules().get().policy().allows(program, claim.user())) {
            throw new LaunchException("not_allowed", "this worker's policy does not allow " + program);
        }
    }

    private CompletableFuture<Exit> takeOver(Inherited old) {
        inherited = Optional.empty();
        memory.begin();
        child = old.child;
        tap.ready();
        if (stop != null && child != null) {
            var unused = child.kill(stop == Stop.LOST ? Duration.ZERO : grace);
        }
        return old.exit;
    }

    /// At a closed gate the end is another worker's, and this thread goes with its worker.
    private Verdict finish(Exit exit) {
        means.gate().enter();
        try {
            String why;
            synchronized (this) {
                child = null;
                lasting = false;
                why = broken;
                peak = Math.max(peak, exit.peakMemory());
                cpuMillis = cpuMillis + exit.cpuMillis();
            }
            tap.end();
            return new Verdict(exit.code().orElse(-1), exit.signal(), reason(exit, why), exit.keeperLost());
        } finally {
            means.gate().leave();
        }
    }

    /// Why it did not end as its code says.
    private String reason(Exit exit, String why) {
        if (exit.keeperLost()) {
            return "keeper_lost";
        }
        if (exit.signal().orElse(0) == Signal.KILL && why.isEmpty() && !stopping() && memory.wasTheKernel()) {
            voice.remark("the kernel has killed it: no memory was left. Before that, " + memory.curve());
            return "out_of_memory";
        }
        var errorLine = voice.errorLine();
        if (!errorLine.isEmpty()) {
            voice.status(errorLine);
        }
        return why.isEmpty() && !errorLine.isEmpty() && exit.code().orElse(-1) == 0 ? ERROR_LINE : why;
    }

    /// Whether it is at a point where another worker can go on with it.
    synchronized boolean canBeHanded() {
        return child != null && lasting;
    }

    /// What another worker needs to go on with it, when no output comes any more; the gate is closed.
    ///
    /// @param held the processes that the keeper still holds
    HandedRun hand(Set<ChildProcess> held) throws InterruptedException {
        ChildProcess c;
        synchronized (this) {
            c = child;
        }
        var argv = claim.work() instanceof Work.Command w ? w.argv() : List.<String>of();
        var openJd = claim.work() instanceof Work.OpenJd w ? w : new Work.OpenJd(0, "{}");
        return new HandedRun(
                claim.task().value(),
                claim.job().value(),
                claim.name(),
                claim.attempt(),
                claim.cpuMilli(),
                claim.memory(),
                gpus,
                argv,
                openJd.step(),
                openJd.parameters(),
                claim.user(),
                claim.cwd(),
                claim.environment(),
                claim.options().toJson().orElse(""),
                voice.percent(),
                voice.status(),
                voice.failure(),
                voice.errorLine(),
                peak,
                cpuMillis,
                begun.toEpochMilli(),
                processBegun.toEpochMilli(),
                stopWord(),
                environment.getOrDefault(TaskEnvironment.CHANNEL, ""),
                tap.places(),
                voice.memory(),
                voice.secrets(),
                session.map(Supplier::get),
                c == null || held.contains(c) ? Optional.empty() : Optional.of(exit(c)));
    }

    private synchronized String stopWord() {
        return stop == null ? "" : stop.name();
    }

    /// The keeper has forgotten it: its end is being told here.
    private static HandedRun.HandedExit exit(ChildProcess c) throws InterruptedException {
        try {
            return HandedRun.HandedExit.of(c.exit().get(TOLD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the end of " + c + " is not known", e);
        }
    }

    /// Files that get copies of the output are written to the end.
    void endCopies() throws InterruptedException {
        for (var copy : Set.copyOf(tap.copies())) {
            copy.end().ifPresent(voice::remark);
        }
    }

    /// The session that its process belongs to.
    void inSession(Supplier<SessionState> state) {
        session = Optional.of(state);
    }

    /// Whether it goes on with a process of a former worker, which it has not taken yet.
    boolean inherits() {
        return inherited.isPresent();
    }

    /// The session that a former worker ran it in.
    Optional<SessionState> handedSession() {
        return inherited.isEmpty() ? Optional.empty() : handed.flatMap(HandedRun::session);
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

    /// What the output of this command line tells.
    ///
    /// @param patterns what its template says of its tools
    Gauge gauge(List<String> argv, List<String> patterns) {
        var reader = means.patterns().get().with(patterns).gauge(argv);
        if (inherited.isPresent()) {
            handed.ifPresent(h -> h.memory().forEach(reader::take));
        }
        voice.readWith(reader);
        return reader;
    }

    Here here() {
        return means.here();
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

    /// Its worker has not reached the broker for so long that somebody else may soon run it: it ends now, and if its
    /// lease is still held when the broker is back, it goes back there.
    void fence() {
        stop(Stop.FENCED);
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
            var gone = c.kill(why == Stop.LOST || why == Stop.FENCED ? Duration.ZERO : grace);
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
        if (number == Signal.STOP || number == Signal.CONT) {
            tap.heard();
            suspended = number == Signal.STOP;
        }
        ChildProcess c;
        synchronized (this) {
            c = child;
        }
        if (c != null) {
            c.signal(number);
        }
    }

    /// Where a licence was short or a disk ill a failure is only a delay; a success in less time than it takes is
    /// none.
    private Verdict judged(Verdict verdict) {
        var options = claim.options();
        if (!verdict.good()) {
            var delayed = voice.lacksLicence() || options.licenceExits().contains(verdict.code());
            if (!voice.illVolume().isEmpty()) {
                return verdict.because(Verdict.NO_VOLUME);
            }
            return delayed ? verdict.because(Verdict.NO_LICENCE) : verdict;
        }
        var tooShort = Duration.between(begun, Instant.now()).toSeconds() < options.least();
        return tooShort ? verdict.because("too_short") : verdict;
    }

    private synchronized Outcome outcome(Verdict given) {
        var verdict = stop == null ? judged(given) : given;
        var why = Optional.ofNullable(stop);
        return new Outcome(
                claim.task(),
                claim.attempt(),
                verdict.end(why),
                verdict.word(why, !voice.failure().isEmpty()),
                verdict.code() >= 0 ? OptionalInt.of(verdict.code()) : OptionalInt.empty(),
                verdict.signal(),
                OptionalLong.of(peak),
                OptionalLong.of(cpuMillis),
                voice.percent(),
                voice.status());
    }
}
