package aque.worker;

import aque.broker.Beat;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.posix.Signal;
import aque.process.ChildProcess;
import aque.process.Processes;
import aque.progress.Gauge;
import aque.progress.Patterns;
import aque.session.SessionState;
import aque.submit.Work;
import aque.task.TaskId;
import aque.worker.Verdict.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// One claim from start to report: starts its processes, tells how far they are, stops them when asked, and says how it
/// ended. Runs on a virtual thread of its own; may be asked things from any.
final class TaskRun {
    private final Claim claim;
    private final Means means;
    private final Map<String, String> environment;
    private final OutputTap tap;
    private final Optional<HandedRun> handed;
    private final Instant begun;
    private final Voice voice;
    private final TaskProcess process;
    /// Who is stopped by hand is silent, and has not stalled.
    private volatile boolean suspended;
    private final List<Integer> gpus;
    private Optional<Supplier<SessionState>> session = Optional.empty();
    private volatile Items items;

    /// Who runs a task, by the kind of its work.
    record Runners(CommandRunner commands, WarmRunner warm, SessionRunner sessions) {}

    /// What every task of a worker uses.
    ///
    /// @param queues the pool that a job asks for
    record Means(
            Processes processes,
            Supplier<Patterns> patterns,
            Supplier<HouseRules> rules,
            Users users,
            Gpus gpus,
            Here here,
            ScheduledExecutorService timer,
            Gate gate,
            Function<TaskId, String> queues) {
        /// Runs this once so much time has passed since then.
        ScheduledFuture<?> after(Instant from, Duration time, Runnable action) {
            var left = Duration.between(Instant.now(), from.plus(time));
            return timer.schedule(action, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

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
        this.process = new TaskProcess(claim, means, tap, voice);
        this.items = new OneItem(claim);
        this.handed = handed;
        this.begun = handed.map(h -> Instant.ofEpochMilli(h.begun())).orElseGet(Instant::now);
        handed.ifPresent(old -> {
            voice.restore(old);
            process.restore(old);
        });
    }

    private Map<String, String> withGpus(Map<String, String> plain) {
        if (gpus.isEmpty()) {
            return plain;
        }
        var all = new HashMap<>(plain);
        all.put(Gpus.VISIBLE, means.gpus().visible(gpus));
        return Map.copyOf(all);
    }

    Claim claim() {
        return claim;
    }

    Voice voice() {
        return voice;
    }

    /// Its processes, one at a time.
    TaskProcess process() {
        return process;
    }

    /// Runs it to its end. Its thread waits; nothing else does.
    Outcome run(Runners runners) throws InterruptedException {
        handed.filter(h -> !h.stop().isEmpty()).ifPresent(h -> process.stop(Stop.valueOf(h.stop())));
        var limit = claim.options().timeLimit().map(t -> means.after(begun, t, () -> process.stop(Stop.TIMEOUT)));
        var watch = claim.options()
                .stallLimit()
                .map(t -> means.timer().scheduleWithFixedDelay(() -> stopIfSilent(t), 1, 1, TimeUnit.SECONDS));
        try {
            return outcome(work(runners));
        } finally {
            limit.ifPresent(l -> l.cancel(false));
            watch.ifPresent(w -> w.cancel(false));
            process.refuseInherited();
            means.gpus().give(gpus);
        }
    }

    private Verdict work(Runners runners) throws InterruptedException {
        if (means.rules().get().runAs() == HouseRules.RunAs.SUBMITTER
                && !means.users().takes(claim.user())) {
            voice.remark("this worker runs nothing for " + claim.user());
            return Verdict.of("run_as");
        }
        return switch (claim.work()) {
            case Work.Command command
            when claim.options().warm() > 0 -> runners.warm().run(this, command);
            case Work.Command command -> runners.commands().run(this, command);
            case Work.OpenJd openJd -> runners.sessions().run(this, openJd);
            case Work.Group group -> Verdict.GOOD;
        };
    }

    private void stopIfSilent(Duration limit) {
        if (!suspended && tap.silence().compareTo(limit) > 0) {
            process.stop(Stop.STALL);
        }
    }

    /// What another worker needs to go on with it, when no output comes any more; the gate is closed.
    ///
    /// @param held the processes that the keeper still holds
    HandedRun hand(Set<ChildProcess> held) throws InterruptedException {
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
                process.peak(),
                process.cpuMillis(),
                begun.toEpochMilli(),
                process.begun().toEpochMilli(),
                process.stopped().map(Stop::name).orElse(""),
                environment.getOrDefault(TaskEnvironment.CHANNEL, ""),
                tap.places(),
                voice.memory(),
                voice.secrets(),
                session.map(Supplier::get),
                process.ended(held));
    }

    /// Files that get copies of the output are written to the end.
    void endCopies() throws InterruptedException {
        for (var copy : Set.copyOf(tap.copies())) {
            copy.end().ifPresent(voice::remark);
        }
    }

    /// What its process is to do, as it asks.
    Items items() {
        return items;
    }

    /// It is an item among others of this process.
    void itemsOf(Items process) {
        items = process;
    }

    /// Its secret at the worker's door.
    String channelKey() {
        var channel = environment.getOrDefault(TaskEnvironment.CHANNEL, "");
        return channel.substring(channel.lastIndexOf(':') + 1);
    }

    /// The session that its process belongs to.
    void inSession(Supplier<SessionState> state) {
        session = Optional.of(state);
    }

    /// The session that a former worker ran it in.
    Optional<SessionState> handedSession() {
        return process.inherits() ? handed.flatMap(HandedRun::session) : Optional.empty();
    }

    /// What the output of this command line tells.
    ///
    /// @param patterns what its template says of its tools
    Gauge gauge(List<String> argv, List<String> patterns) {
        var reader = means.patterns().get().with(patterns).gauge(argv);
        if (process.inherits()) {
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
        process.stop(Stop.REQUEUE);
    }

    /// Its lease is gone: somebody else may run it, so it ends here at once and without a word.
    void lose() {
        process.stop(Stop.LOST);
    }

    /// Its worker has not reached the broker for so long that somebody else may soon run it: it ends now, and if its
    /// lease is still held when the broker is back, it goes back there.
    void fence() {
        process.stop(Stop.FENCED);
    }

    void stop(Beat.Stop how) {
        process.stop(how == Beat.Stop.KILL ? Stop.KILL : Stop.REQUEUE);
    }

    boolean stopping() {
        return process.stopped().isPresent();
    }

    void signal(int number) {
        if (number == Signal.STOP || number == Signal.CONT) {
            tap.heard();
            suspended = number == Signal.STOP;
        }
        process.signal(number);
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

    private Outcome outcome(Verdict given) {
        var why = process.stopped();
        var verdict = why.isEmpty() ? judged(given) : given;
        return new Outcome(
                claim.task(),
                claim.attempt(),
                verdict.end(why),
                verdict.word(why, !voice.failure().isEmpty()),
                verdict.code() >= 0 ? OptionalInt.of(verdict.code()) : OptionalInt.empty(),
                verdict.signal(),
                OptionalLong.of(process.peak()),
                OptionalLong.of(process.cpuMillis()),
                voice.percent(),
                voice.status());
    }
}
