package aque.process;

import aque.keeper.Message.Ended;
import aque.log.Channel;
import aque.posix.ProcStat;
import aque.posix.ProcessId;
import aque.posix.Signal;
import aque.posix.Wait;
import aque.task.TaskId;
import aque.usage.UsageSample;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A started program and all its descendants, those too that called `setsid` or whose parents are gone. Any
/// thread.
public final class ChildProcess {
    /// Several samples within this time are one look at the machine.
    private static final long SAMPLE_AGE_NANOS = 200_000_000;
    /// After so many looks the youngest children of a tree that forks on and on are left to the next call.
    private static final int LOOKS = 5;

    private final long key;
    private final TaskId task;
    private final int attempt;
    private final OutputSink sink;
    private final ProcessId main;
    private final Census census;
    private final long born = System.nanoTime();
    private final Ending ending;
    private final UsageMeter usage = new UsageMeter();
    private final CompletableFuture<Optional<Ended>> mainEnd = new CompletableFuture<>();
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private volatile List<OutputPump.Stream> streams = List.of();

    /// @param stays whether what the main process leaves behind lives on until [#kill]
    ChildProcess(long key, TaskId task, int attempt, boolean stays, OutputSink sink, ProcessId main, Census census) {
        this.key = key;
        this.task = task;
        this.attempt = attempt;
        this.sink = sink;
        this.main = main;
        this.census = census;
        this.ending = new Ending(task + "." + attempt, main.pid() + "-" + main.start(), this::members, stays);
    }

    public TaskId task() {
        return task;
    }

    public int attempt() {
        return attempt;
    }

    /// The number of the main process; its session and process group have the same number.
    public long pid() {
        return main.pid();
    }

    /// Completes, on a thread of its own, when the main process has ended, all output is delivered and no
    /// descendant is left.
    public CompletableFuture<Exit> exit() {
        return exit.copy();
    }

    /// Completes when the main process has ended and what it wrote is delivered, though some of its tree live on; of a
    /// tree that is gone, or is being ended, the same as [#exit()].
    public CompletableFuture<Exit> mainExit() {
        return ending.left()
                .thenCompose(some -> some ? drained().thenApply(done -> result(mainEnd.join())) : exit.copy());
    }

    /// Sends one signal to each process of the tree, without any further steps.
    public void signal(int signal) {
        Set<ProcessId> told = new HashSet<>();
        for (int look = 0; look < LOOKS && tell(signal, told); look++) {}
    }

    /// Ends the tree: TERM, after the grace KILL; KILL at once without a grace. Completes when nothing is left
    /// of it. Called again, the shorter of both
    /// graces counts.
    public CompletableFuture<Void> kill(Duration grace) {
        end(grace);
        return ending.gone().copy();
    }

    /// Stops every process until [#resume()].
    public void suspend() {
        signal(Signal.STOP);
    }

    /// Lets every process go on.
    public void resume() {
        signal(Signal.CONT);
    }

    /// What the tree uses now; reads `/proc`.
    public UsageSample sample() {
        long age = Math.min(SAMPLE_AGE_NANOS, System.nanoTime() - born);
        Census.Count count = census.lately(age);
        return usage.sample(task, attempt, count, count.of(key));
    }

    @Override
    public String toString() {
        return "process " + pid() + " of task " + task + ", attempt " + attempt;
    }

    /// Completes when what it has written until now is with its sink.
    public CompletableFuture<Void> drained() {
        return CompletableFuture.allOf(
                streams.stream().map(OutputPump.Stream::drained).toArray(CompletableFuture[]::new));
    }

    /// Processor time that was seen of the tree up to the last sample, milliseconds.
    public long cpuMillis() {
        return usage.cpuMillis();
    }

    /// The largest size of the tree that was seen, bytes.
    public long peakMemory() {
        return usage.peakMemory();
    }

    /// The same as [#kill(Duration)] for those who do not wait.
    void end(Duration grace) {
        ending.begin(grace);
    }

    long key() {
        return key;
    }

    /// The main process ended.
    void ended(Ended end) {
        if (mainEnd.complete(Optional.of(end))) {
            ending.mainEnded(!end.orphans());
        }
    }

    /// Its keeper died: nobody will tell how it ends, and it has to.
    void lost() {
        boolean ran = mainEnd.complete(Optional.empty());
        ending.begin(Duration.ZERO);
        if (ran) {
            ending.mainEnded(false);
        }
    }

    /// From here on the output is read.
    ///
    /// @param release runs before [#exit()] completes; false when it is not to complete here
    @SuppressWarnings("FutureReturnValueIgnored") // the last of each chain passes every failure on to exit
    void read(OutputPump pump, Streams streams, BooleanSupplier release) throws IOException {
        OutputPump.Stream out = add(pump, streams.out(), Channel.STDOUT, streams.late());
        OutputPump.Stream err = add(pump, streams.err(), Channel.STDERR, streams.late());
        this.streams = List.of(out, err);
        ending.gone().thenRun(() -> {
            out.finish();
            err.finish();
        });
        CompletableFuture.allOf(ending.gone(), mainEnd, out.ended(), err.ended())
                .whenComplete(
                        (done, failure) -> Thread.ofVirtual().name("aque-exit").start(() -> finish(release, failure)));
    }

    private OutputPump.Stream add(OutputPump pump, int fd, Channel channel, boolean late) throws IOException {
        return late ? pump.addLate(fd, channel, sink) : pump.add(fd, channel, sink);
    }

    /// On a thread of its own: what hangs on the exit must not hold up the output of others.
    private void finish(BooleanSupplier release, @Nullable Throwable failure) {
        if (!release.getAsBoolean()) {
            return;
        }
        if (failure == null) {
            exit.complete(result(mainEnd.join()));
        } else {
            exit.completeExceptionally(failure);
        }
    }

    private List<ProcStat> members() {
        return census.now().of(key);
    }

    private boolean tell(int signal, Set<ProcessId> told) {
        List<ProcessId> untold =
                members().stream().map(ProcStat::id).filter(told::add).toList();
        untold.forEach(process -> Signal.send(process, signal));
        return !untold.isEmpty();
    }

    private Exit result(Optional<Ended> end) {
        OptionalInt none = OptionalInt.empty();
        long cpu = Math.max(end.map(Ended::cpuMicros).orElse(0L) / 1000, usage.cpuMillis());
        long peak = Math.max(end.map(Ended::peakMemory).orElse(0L), usage.peakMemory());
        return new Exit(
                end.map(e -> Wait.code(e.status())).orElse(none),
                end.map(e -> Wait.signal(e.status())).orElse(none),
                cpu,
                peak,
                end.isEmpty());
    }
}
