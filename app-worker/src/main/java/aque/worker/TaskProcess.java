package aque.worker;

import aque.broker.Claim;
import aque.db.Unreachable;
import aque.posix.Signal;
import aque.process.ChildProcess;
import aque.process.Exit;
import aque.process.Launch;
import aque.process.LaunchException;
import aque.process.OutputSink;
import aque.process.RunAs;
import aque.usage.UsageSample;
import aque.worker.Verdict.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The processes of one task, one at a time: starts each, or takes over that of a former worker, stops the one that
/// runs when the task is to stop, and adds up what they used. The task's own thread runs them; may be asked things from
/// any.
final class TaskProcess {
    /// The reason of a task that exited with 0 although its output tells of an error.
    static final String ERROR_LINE = "error_line";

    private static final Duration TOLD = Duration.ofSeconds(5);

    private final Claim claim;
    private final TaskRun.Means means;
    private final OutputTap tap;
    private final Voice voice;
    private final MemoryWatch memory;
    private volatile long peak;
    private volatile long cpuMillis;
    private volatile Duration grace;
    private volatile Instant begun = Instant.now();
    private Optional<Inherited> inherited = Optional.empty();
    private boolean lasting;
    private boolean starting;
    private String broken = "";
    private boolean preparing;
    /// What preparations have left behind, which works for this task too.
    private volatile List<ChildProcess> beside = List.of();

    private long besideBefore;
    /// Signals that came while it was being started.
    private final List<Integer> owed = new ArrayList<>();
    private @Nullable ChildProcess child;
    private @Nullable Stop stop;
    private Runnable onStop = () -> {};

    /// A process of a former worker, or how it ended.
    private record Inherited(@Nullable ChildProcess child, CompletableFuture<Exit> exit) {}

    TaskProcess(Claim claim, TaskRun.Means means, OutputTap tap, Voice voice) {
        this.claim = claim;
        this.means = means;
        this.tap = tap;
        this.voice = voice;
        this.memory = new MemoryWatch(claim.memory());
        this.grace = claim.options().graceTime();
    }

    /// What a process is for.
    enum Kind {
        /// The task itself; it may outlive its worker.
        WORK,
        /// Does it among others; it ends before its worker is replaced.
        ITEM,
        /// Makes ready for it, and may leave behind what works for it.
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

    /// Goes on where a former worker was.
    void restore(HandedRun old) {
        peak = old.peak();
        cpuMillis = old.cpuMillis();
        begun = Instant.ofEpochMilli(old.process());
        old.exit()
                .ifPresent(
                        e -> inherited = Optional.of(new Inherited(null, CompletableFuture.completedFuture(e.exit()))));
    }

    /// The process that a former worker started for it.
    void inherit(ChildProcess process) {
        inherited = Optional.of(new Inherited(process, process.exit()));
    }

    /// Whether it goes on with a process of a former worker, which it has not taken yet.
    boolean inherits() {
        return inherited.isPresent();
    }

    /// Nobody could go on with the process of a former worker.
    void refuseInherited() {
        inherited.ifPresent(old -> {
            tap.ready();
            if (old.child != null) {
                old.child.kill(grace).exceptionally(e -> null);
            }
        });
    }

    /// When the one that runs, or the last one, began.
    Instant begun() {
        return begun;
    }

    /// The largest resident size that was seen, bytes.
    long peak() {
        return peak;
    }

    /// The processor time of those that have ended.
    long cpuMillis() {
        return cpuMillis;
    }

    /// Who they are; empty when they are who the worker is.
    Optional<RunAs> user() {
        return means.rules().get().runAs() == HouseRules.RunAs.SUBMITTER
                ? means.users().become(claim.user())
                : Optional.empty();
    }

    private synchronized Optional<ChildProcess> child() {
        return Optional.ofNullable(child);
    }

    /// What runs uses now; empty between processes.
    Optional<UsageSample> sample() {
        var sample = child().map(this::sample);
        sample.filter(memory::isNowOver).ifPresent(s -> overMemory(s.memory()));
        return sample;
    }

    private UsageSample sample(ChildProcess running) {
        var sum = running.sample().of(claim.task(), claim.attempt());
        for (var other : beside) {
            sum = sum.plus(other.sample());
        }
        if (!beside.isEmpty()) {
            peak = Math.max(peak, sum.memory());
        }
        return sum;
    }

    /// What preparations of others have left behind, and those of this task will, works for it from now on.
    ///
    /// @param left is added to
    void workWith(List<ChildProcess> left) {
        beside = left;
        besideBefore = besideCpu();
    }

    private long besideCpu() {
        return beside.stream().mapToLong(ChildProcess::cpuMillis).sum();
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

    /// Starts one and waits until it and all that came from it are gone.
    ///
    /// @param started runs once it has what it reads, or will never have it
    Verdict run(Run run, Runnable started) throws InterruptedException {
        return attend(run, () -> start(run, tap), started);
    }

    /// The same, but what it leaves behind lives on, see [#workWith].
    ///
    /// @param sink gets what is written, then too
    Verdict prepare(Run run, OutputSink sink) throws InterruptedException {
        return attend(run, () -> start(run, sink), () -> {});
    }

    private Verdict attend(Run run, Birth birth, Runnable started) throws InterruptedException {
        CompletableFuture<Exit> exit;
        try {
            var begunExit = begin(run, birth);
            started.run();
            if (begunExit.isEmpty()) {
                return Verdict.of("stopped");
            }
            exit = begunExit.get();
        } catch (LaunchException e) {
            started.run();
            return refused(e);
        }
        var limit = run.timeout.map(t -> means.after(begun, t, () -> breakOff("timeout")));
        try {
            return finish(exit.get(), 0);
        } catch (ExecutionException e) {
            throw unknown(e);
        } finally {
            limit.ifPresent(l -> l.cancel(false));
        }
    }

    private IllegalStateException unknown(ExecutionException e) {
        return new IllegalStateException("the end of task " + claim.task() + " is not known", e.getCause());
    }

    /// Has its item done by a process that does others before and after it; starts that when it is not there yet.
    /// Returns when the item is done or the process is gone.
    ///
    /// @param give gives it the item
    Verdict item(Run run, WarmProcess warm, Runnable give) throws InterruptedException {
        var before = warm.child().map(ChildProcess::cpuMillis).orElse(0L);
        try {
            var exit = begin(run, () -> goOn(run, warm, give));
            if (exit.isEmpty()) {
                return Verdict.of("stopped");
            }
            var done = warm.done();
            CompletableFuture.anyOf(exit.get(), done).get();
            return done.isDone()
                    ? done(warm, done.get(), before)
                    : finish(exit.get().get(), before);
        } catch (LaunchException e) {
            return refused(e);
        } catch (ExecutionException e) {
            throw unknown(e);
        }
    }

    private ChildProcess goOn(Run run, WarmProcess warm, Runnable give) throws LaunchException {
        var running = warm.child();
        if (running.isPresent()) {
            voice.begin();
            memory.begin();
            begun = Instant.now();
        }
        give.run();
        return running.isPresent() ? running.get() : warm.started(start(run, warm));
    }

    /// @param said why the item failed, "" when it did not
    /// @param before processor time of the items before it, milliseconds
    private Verdict done(WarmProcess warm, String said, long before) throws InterruptedException, ExecutionException {
        var worked = warm.child().orElseThrow();
        means.gate().enter();
        try {
            worked.drained().get();
            worked.sample();
            warm.rest();
            String why;
            synchronized (this) {
                child = null;
                why = broken;
                peak = Math.max(peak, worked.peakMemory());
                cpuMillis = cpuMillis + worked.cpuMillis() - before;
            }
            tap.end();
            if (!said.isEmpty()) {
                voice.fail(said);
                return Verdict.of(why.isEmpty() ? "task_failed" : why);
            }
            return new Verdict(0, OptionalInt.empty(), complaint(why), false);
        } finally {
            means.gate().leave();
        }
    }

    /// It was not started; its log says why.
    Verdict refused(LaunchException e) {
        voice.remark(e.getMessage() == null ? e.reason() : e.getMessage());
        return Verdict.of(e.reason());
    }

    /// Where its process comes from.
    @FunctionalInterface
    private interface Birth {
        ChildProcess child() throws LaunchException;
    }

    /// Takes over the process of a former worker, or starts it.
    ///
    /// @return how it will end; empty when it is not to start any more
    private Optional<CompletableFuture<Exit>> begin(Run run, Birth birth) throws LaunchException {
        means.gate().enter();
        try {
            Optional<Stop> before;
            synchronized (this) {
                grace = run.grace;
                lasting = run.kind == Kind.WORK;
                preparing = run.kind == Kind.PREPARATION;
                if (inherited.isPresent()) {
                    return Optional.of(takeOver(inherited.get()));
                }
                if (stop != null && (run.kind != Kind.LEAVING || stop == Stop.LOST)) {
                    return Optional.empty();
                }
                before = stopped();
                broken = "";
                owed.clear();
                starting = true;
            }
            try {
                var process = born(birth.child(), before);
                return Optional.of(run.kind == Kind.PREPARATION ? process.mainExit() : process.exit());
            } finally {
                synchronized (this) {
                    starting = false;
                    notifyAll();
                }
            }
        } finally {
            means.gate().leave();
        }
    }

    /// Outside of the monitor: a folder on a dead server may hold it up for hours, and whoever asks this task anything
    /// would wait with it, the worker's beat too.
    private ChildProcess start(Run run, OutputSink sink) throws LaunchException {
        voice.begin();
        memory.begin();
        obey(run);
        begun = Instant.now();
        return means.processes()
                .start(new Launch(
                        claim.task(),
                        claim.attempt(),
                        run.argv,
                        user().map(u -> u.environment(run.environment)).orElse(run.environment),
                        run.cwd,
                        run.stdin,
                        user(),
                        run.kind == Kind.PREPARATION,
                        sink));
    }

    /// What was asked while it was being started is done now.
    ///
    /// @param before why the task was to stop when the start began
    private synchronized ChildProcess born(ChildProcess started, Optional<Stop> before) {
        child = started;
        owed.forEach(started::signal);
        if (!broken.isEmpty() || !stopped().equals(before)) {
            end(started);
        }
        return started;
    }

    /// Programs that the policy of this worker does not allow are not started.
    private void obey(Run run) throws LaunchException {
        var program = run.argv.isEmpty() ? "" : run.argv.getFirst();
        if (run.kind != Kind.LEAVING && !allowed(program)) {
            throw new LaunchException("not_allowed", "this worker's policy does not allow " + program);
        }
    }

    private boolean allowed(String program) throws LaunchException {
        try {
            return means.rules()
                    .get()
                    .policy()
                    .allows(program, claim.user(), () -> means.queues().apply(claim.job()));
        } catch (Unreachable e) {
            throw new LaunchException("not_allowed", "the policy asks for its queue, which cannot be asked for now");
        }
    }

    private CompletableFuture<Exit> takeOver(Inherited old) {
        inherited = Optional.empty();
        memory.begin();
        child = old.child;
        tap.ready();
        if (stop != null && child != null) {
            end(child);
        }
        return old.exit;
    }

    private void end(ChildProcess process) {
        var atOnce = stopped().filter(why -> why == Stop.LOST || why == Stop.FENCED);
        process.kill(atOnce.isPresent() ? Duration.ZERO : grace).exceptionally(e -> null);
    }

    /// At a closed gate the end is another worker's, and this thread goes with its worker.
    ///
    /// @param before processor time of what the process did for others, milliseconds
    private Verdict finish(Exit exit, long before) {
        means.gate().enter();
        try {
            String why;
            for (var other : beside) {
                other.drained().join();
                other.sample();
            }
            synchronized (this) {
                if (preparing && child != null && !child.exit().isDone()) {
                    beside.add(child);
                }
                child = null;
                lasting = false;
                why = broken;
                peak = Math.max(peak, exit.peakMemory());
                var besideNow = besideCpu();
                cpuMillis = cpuMillis + exit.cpuMillis() - before + besideNow - besideBefore;
                besideBefore = besideNow;
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
        if (exit.signal().orElse(0) == Signal.KILL && why.isEmpty() && stopped().isEmpty() && memory.wasTheKernel()) {
            voice.remark("the kernel has killed it: no memory was left. Before that, " + memory.curve());
            return "out_of_memory";
        }
        var complaint = complaint(why);
        return exit.code().orElse(-1) == 0 ? complaint : why;
    }

    /// A line of its output may tell of an error that it did not end with.
    private String complaint(String why) {
        var errorLine = voice.errorLine();
        if (!errorLine.isEmpty()) {
            voice.status(errorLine);
        }
        return why.isEmpty() && !errorLine.isEmpty() ? ERROR_LINE : why;
    }

    /// Whether it is at a point where another worker can go on with it.
    synchronized boolean canBeHanded() {
        return child != null && lasting && beside.isEmpty();
    }

    /// How it ended, when the keeper has forgotten it already and its end is only told here.
    ///
    /// @param held the processes that the keeper still holds
    Optional<HandedRun.HandedExit> ended(Set<ChildProcess> held) throws InterruptedException {
        var running = child().filter(c -> !held.contains(c));
        return running.isPresent() ? Optional.of(exit(running.get())) : Optional.empty();
    }

    private static HandedRun.HandedExit exit(ChildProcess c) throws InterruptedException {
        try {
            return HandedRun.HandedExit.of(c.exit().get(TOLD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the end of " + c + " is not known", e);
        }
    }

    /// Ends the one that runs now, not the task.
    void breakOff(String reason) {
        Optional<ChildProcess> running;
        synchronized (this) {
            running = child();
            if (running.isPresent() || starting) {
                broken = reason;
            }
        }
        running.ifPresent(this::end);
    }

    /// Ends the one that runs, and starts none any more but those that tidy up. The first reason counts, but a lost
    /// lease beats all.
    void stop(Stop why) {
        Optional<ChildProcess> running;
        synchronized (this) {
            if (stop != null && why != Stop.LOST) {
                return;
            }
            stop = why;
            running = child();
        }
        onStop.run();
        running.ifPresent(this::end);
    }

    /// Why it is to stop; empty when it is not.
    synchronized Optional<Stop> stopped() {
        return Optional.ofNullable(stop);
    }

    /// Called once when a stop is asked, before the processes hear of it.
    synchronized void onStop(Runnable action) {
        onStop = action;
        if (stop != null) {
            action.run();
        }
    }

    /// To the one that runs; one that is being started gets it when it is there.
    void signal(int number) {
        Optional<ChildProcess> running;
        synchronized (this) {
            running = child();
            if (starting) {
                owed.add(number);
            }
        }
        running.ifPresent(c -> c.signal(number));
        if (number == Signal.STOP || number == Signal.CONT) {
            beside.forEach(c -> c.signal(number));
        }
    }

    /// Returns when none is being started: a process may speak before the start that made it is known to be through.
    synchronized void awaitStart() throws InterruptedException {
        while (starting) {
            wait();
        }
    }
}
