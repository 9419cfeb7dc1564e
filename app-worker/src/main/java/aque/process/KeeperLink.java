package aque.process;

import aque.keeper.Message;
import aque.keeper.Message.Ended;
import aque.keeper.Message.Forget;
import aque.keeper.Message.HandOver;
import aque.keeper.Message.Held;
import aque.keeper.Message.Holding;
import aque.keeper.Message.Refused;
import aque.keeper.Message.Start;
import aque.keeper.Message.Started;
import aque.posix.Proc;
import aque.posix.Spawn;
import aque.task.TaskId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/// The worker's side of one keeper: tells it what to start, hears how it ends. One platform thread listens;
/// when the keeper is gone, it sees to the end of all that the keeper had started.
final class KeeperLink {
    private static final Logger LOG = System.getLogger(KeeperLink.class.getName());
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final KeeperProcess keeper;
    private final String worker;
    private final OutputPump pump;
    private final Census census;
    private final String namespace = Proc.namespace();
    private final AtomicLong keys = new AtomicLong();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<Long, ChildProcess> children = new ConcurrentHashMap<>();
    private final Thread listener =
            Thread.ofPlatform().name("aque-keeper").daemon().unstarted(this::listen);
    private volatile boolean lost;
    private volatile boolean closing;
    private volatile boolean handedOver;

    private KeeperLink(KeeperProcess keeper, String worker, OutputPump pump) {
        this.keeper = keeper;
        this.worker = worker;
        this.pump = pump;
        this.census = new Census(keeper.id(), () -> !lost);
    }

    /// A start that the keeper has not answered yet.
    private record Waiting(
            TaskId task, int attempt, boolean stays, OutputSink sink, CompletableFuture<ChildProcess> answer) {
        static Waiting of(Launch launch) {
            return new Waiting(
                    launch.task(), launch.attempt(), launch.stays(), launch.sink(), new CompletableFuture<>());
        }
    }

    /// Starts a keeper, and listens to it.
    static KeeperLink open(String worker, OutputPump pump) throws IOException {
        KeeperLink link = new KeeperLink(KeeperProcess.start(), worker, pump);
        link.listener.start();
        return link;
    }

    /// Connects to a keeper that a former worker has left.
    static KeeperLink find(String worker, Path folder, OutputPump pump) throws IOException {
        return new KeeperLink(KeeperProcess.find(folder), worker, pump);
    }

    /// Listens to it, and reads on the output of all that it holds.
    ///
    /// @param sinks for a task and its attempt, where the output goes from here on
    /// @return what it holds; some of it may have ended
    List<ChildProcess> takeOver(BiFunction<TaskId, Integer, OutputSink> sinks) throws IOException {
        Map<Long, Waiting> held = new TreeMap<>();
        for (Holding holding : held()) {
            Label label = Label.parse(holding.label());
            OutputSink sink = sinks.apply(label.task(), label.attempt());
            held.put(holding.key(), new Waiting(label.task(), label.attempt(), false, sink, new CompletableFuture<>()));
            keys.accumulateAndGet(holding.key(), Math::max);
        }
        waiting.putAll(held);
        listener.start();
        List<ChildProcess> inherited = new ArrayList<>();
        for (Map.Entry<Long, Waiting> start : held.entrySet()) {
            ChildProcess child = answer(start.getKey(), start.getValue());
            inherited.add(read(child, Streams.find(keeper.folder(), start.getKey())));
        }
        return inherited;
    }

    /// Leaves the keeper and all that it holds to another worker, who finds it in this folder.
    synchronized Path handOver() throws IOException {
        handedOver = true;
        keeper.wire().send(new HandOver());
        return keeper.folder();
    }

    boolean lost() {
        return lost;
    }

    List<ChildProcess> running() {
        return List.copyOf(children.values());
    }

    /// Starts the file `program` with `argv`, and begins to read its output.
    ///
    /// @throws Refusal when the system did not start it
    ChildProcess start(Launch launch, String program, List<String> argv) throws IOException {
        long key = keys.incrementAndGet();
        Streams streams = Streams.make(keeper.folder(), key);
        if (launch.user().isPresent()) {
            streams.give(launch.user().get());
        }
        Spawn spawn = new Spawn(
                program,
                argv,
                environment(launch, key),
                launch.cwd().toString(),
                streams.stdout().toString(),
                streams.stderr().toString(),
                launch.stdin().map(Path::toString).orElse(Spawn.NOTHING));
        try {
            String label = new Label(launch.task(), launch.attempt()).toString();
            return read(ask(new Start(key, label, spawn), Waiting.of(launch)), streams);
        } catch (IOException e) {
            census.forget(key);
            streams.abandon();
            throw e;
        }
    }

    /// Ends everything and the keeper.
    void close() {
        closing = true;
        List<ChildProcess> last = running();
        last.forEach(child -> child.end(Duration.ZERO));
        CompletableFuture<?>[] exits = last.stream().map(ChildProcess::exit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(exits)
                    .exceptionally(failure -> null)
                    .completeOnTimeout(null, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            keeper.wire().close();
            listener.join(FAREWELL);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the connection to the keeper was not closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Holding> held() throws IOException {
        Optional<Message> first = keeper.wire().receive();
        if (first.isPresent() && first.get() instanceof Held held) {
            return held.holdings();
        }
        throw new IOException("the keeper does not say what it holds");
    }

    private ChildProcess read(ChildProcess child, Streams streams) throws IOException {
        try {
            child.read(pump, streams, () -> forget(child.key(), streams));
            return child;
        } catch (IOException e) {
            child.end(Duration.ZERO);
            throw e;
        }
    }

    private ChildProcess ask(Start start, Waiting mine) throws IOException {
        census.announce(start.key());
        waiting.put(start.key(), mine);
        try {
            keeper.wire().send(start);
        } catch (IOException e) {
            waiting.remove(start.key());
            throw e;
        }
        return answer(start.key(), mine);
    }

    private ChildProcess answer(long key, Waiting mine) throws IOException {
        try {
            if (lost) {
                mine.answer.completeExceptionally(gone());
            }
            return mine.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        } finally {
            waiting.remove(key);
        }
    }

    private static IOException gone() {
        return new IOException("the keeper is gone");
    }

    private List<String> environment(Launch launch, long key) {
        Map<String, String> all = new TreeMap<>(launch.environment());
        all.put("AQUE_TID", launch.task().toString());
        all.put("AQUE_ATTEMPT", Integer.toString(launch.attempt()));
        all.put("AQUE_WORKER", worker);
        all.put(Mark.VARIABLE, new Mark(keeper.id(), namespace, key).toString());
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /// All is known about a start.
    ///
    /// @return false when it is another worker's by now, who will be told
    private synchronized boolean forget(long key, Streams streams) {
        if (handedOver) {
            return false;
        }
        children.remove(key);
        census.forget(key);
        try {
            streams.delete();
            if (!lost) {
                keeper.wire().sendLater(new Forget(key));
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the keeper could not be told to forget a start", e);
        }
        return true;
    }

    private void listen() {
        try {
            for (Optional<Message> heard = hear(); heard.isPresent(); heard = hear()) {
                act(heard.get());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the keeper is not understood", e);
        } finally {
            if (!handedOver) {
                mourn();
            }
        }
    }

    private Optional<Message> hear() {
        try {
            return keeper.wire().receive();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void act(Message message) {
        switch (message) {
            case Started started ->
                Optional.ofNullable(waiting.get(started.key()))
                        .ifPresent(start -> start.answer.complete(born(started, start)));
            case Refused refused ->
                Optional.ofNullable(waiting.get(refused.key()))
                        .ifPresent(start -> start.answer.completeExceptionally(new Refusal(refused)));
            case Ended ended -> Optional.ofNullable(children.get(ended.key())).ifPresent(child -> child.ended(ended));
            case Held held -> LOG.log(Level.DEBUG, "the keeper holds {0}", held.holdings());
            case Start m -> throw unexpected(m);
            case Forget m -> throw unexpected(m);
            case HandOver m -> throw unexpected(m);
        }
    }

    private ChildProcess born(Started started, Waiting start) {
        ChildProcess child = new ChildProcess(
                started.key(), start.task, start.attempt, start.stays, start.sink, started.process(), census);
        census.started(started.key(), started.process());
        children.put(started.key(), child);
        return child;
    }

    private static IllegalStateException unexpected(Message message) {
        return new IllegalStateException("a keeper does not say " + message);
    }

    /// The keeper is gone, or as good as gone.
    private void mourn() {
        lost = true;
        if (!closing) {
            LOG.log(Level.WARNING, "the keeper {0} is gone, its tasks are ended. {1}", keeper.id(), keeper.log());
        }
        waiting.values().forEach(start -> start.answer.completeExceptionally(gone()));
        children.values().forEach(ChildProcess::lost);
        try {
            keeper.wire().close();
            keeper.bury();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "not all of the keeper is cleared away", e);
        }
    }

    /// The system did not start a program.
    static final class Refusal extends IOException {
        private final int errno;

        private Refusal(Refused refused) {
            super(refused.sentence());
            this.errno = refused.errno();
        }

        int errno() {
            return errno;
        }
    }
}
