package aque.worker;

import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.Progress;
import aque.log.Channel;
import aque.task.TaskId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/// The task that a function of this JVM does now: who it is, and what it says and writes (A45, A105). It is bound while
/// the function runs, also in the threads of a structured scope; what two tasks print at once is never mixed. The
/// function's own threads.
public final class CurrentTask {
    private static final ScopedValue<CurrentTask> NOW = ScopedValue.newInstance();
    private static final int PIECE = 1 << 16;

    private final Claim claim;
    private final List<String> words;
    private final LogWriter writer;
    /// Made when it first says something: most of many short ones never do.
    private Optional<Speech> speech = Optional.empty();

    private record Speech(OutputTap tap, Voice voice, PrintStream out, PrintStream err) {
        static Speech of(Claim claim, LogWriter writer) {
            var tap = new OutputTap(claim.task(), claim.attempt(), writer);
            return new Speech(
                    tap,
                    new Voice(claim, tap),
                    print(new Pen(tap, Channel.STDOUT)),
                    print(new Pen(tap, Channel.STDERR)));
        }

        private static PrintStream print(Pen pen) {
            return new PrintStream(new BufferedOutputStream(pen), true, StandardCharsets.UTF_8);
        }

        void end() {
            out.flush();
            err.flush();
            tap.end();
        }
    }

    CurrentTask(Claim claim, List<String> words, LogWriter writer) {
        this.claim = claim;
        this.words = words;
        this.writer = writer;
    }

    private synchronized Speech speech() {
        var made = speech.orElseGet(() -> Speech.of(claim, writer));
        speech = Optional.of(made);
        return made;
    }

    private synchronized Optional<Speech> said() {
        return speech;
    }

    /// The task that this thread works for.
    ///
    /// @throws NoSuchElementException when it works for none
    public static CurrentTask get() {
        return NOW.get();
    }

    /// The same; empty when this thread works for none.
    public static Optional<CurrentTask> find() {
        return NOW.isBound() ? Optional.of(NOW.get()) : Optional.empty();
    }

    /// Does the function for this task.
    void during(InProcessWorker.Function function) throws Exception {
        ScopedValue.where(NOW, this).<Optional<Object>, Exception>call(() -> {
            function.run(claim);
            return Optional.empty();
        });
    }

    public TaskId id() {
        return claim.task();
    }

    public TaskId job() {
        return claim.job();
    }

    public int attempt() {
        return claim.attempt();
    }

    public String name() {
        return claim.name();
    }

    /// Its command without the function's name.
    public List<String> words() {
        return words.subList(1, words.size());
    }

    /// The task's standard output.
    public PrintStream out() {
        return speech().out;
    }

    /// The task's standard error.
    public PrintStream err() {
        return speech().err;
    }

    /// How far it is, 0 to 100.
    public void progress(double percent) {
        speech().voice.progress(percent);
    }

    /// What it is doing.
    public void status(String text) {
        speech().voice.status(text);
    }

    /// A line in its channel `log`.
    public void log(System.Logger.Level level, String text) {
        speech().tap.note(Channel.LOG, level.getName() + " " + text);
    }

    /// What came out.
    public void result(String value) {
        speech().tap.note(Channel.RESULT, value);
    }

    Progress toldSoFar() {
        return said().map(s -> s.voice.toldSoFar()).orElseGet(() -> new Progress(id(), attempt(), -1, ""));
    }

    Outcome success() {
        var spoken = said();
        spoken.ifPresent(Speech::end);
        return spoken.map(s -> outcome(s.voice, Outcome.End.SUCCESS, "", OptionalInt.of(0)))
                .orElseGet(() -> Outcome.success(id(), attempt()));
    }

    /// What it threw is in its standard error.
    Outcome failed(Exception thrown) {
        thrown.printStackTrace(err());
        status(thrown.toString());
        speech().end();
        return outcome(speech().voice, Outcome.End.ERROR, "exception", OptionalInt.empty());
    }

    private Outcome outcome(Voice voice, Outcome.End end, String reason, OptionalInt exit) {
        return new Outcome(
                id(),
                attempt(),
                end,
                reason,
                exit,
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                voice.percent(),
                voice.status());
    }

    /// Who writes faster than the log is taken waits.
    private static final class Pen extends OutputStream {
        private final OutputTap tap;
        private final Channel channel;

        private Pen(OutputTap tap, Channel channel) {
            this.tap = tap;
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            for (var at = from; at < from + count; at += PIECE) {
                var room = new Semaphore(0);
                var piece = Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, from + count));
                if (!tap.accept(channel, piece, room::release)) {
                    await(room);
                }
            }
        }

        private static void await(Semaphore room) throws IOException {
            try {
                room.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the task is to stop");
            }
        }
    }
}
