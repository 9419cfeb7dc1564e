package aque.worker;

import aque.broker.Beat;
import aque.broker.Broker;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.Progress;
import aque.broker.Room;
import aque.broker.WorkerSession;
import aque.db.Address;
import aque.db.Database;
import aque.db.Unreachable;
import aque.event.Hint;
import aque.event.Hints;
import aque.event.Listener;
import aque.farm.FarmStore;
import aque.local.UserFolders;
import aque.log.LogStore;
import aque.posix.Signal;
import aque.process.OutputSink;
import aque.process.Processes;
import aque.schedule.Capabilities;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.task.TaskId;
import aque.usage.UsageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker: one loop that takes what fits and starts it, one that beats and stops what somebody wants stopped. A
/// hint
/// wakes the first at once; without one it looks by itself every few seconds. While the database is away its tasks
/// run on. [#run] is called once, from the thread that may wait; [#drain], [#release] and [#status] from any.
public final class Worker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration LOOK = Duration.ofSeconds(4);
    private static final Duration SHORT_LOOK = Duration.ofMillis(250);
    /// A lease that nobody knows of is a minute old before it is put back: no need to ask at every beat.
    private static final int FORGOTTEN_BEATS = 6;
    /// A released worker waits so long for a broker that is away; then it goes.
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_AT_ONCE = 256;
    private static final Duration ATTEND = Duration.ofSeconds(2);

    private final Database database;
    private final Broker broker;
    private final Sampler sampler;
    private final Outfit outfit;
    private final Beats beats;
    private final String version;
    private final Processes processes;
    private final LogWatch watch;
    private final LogWriter logs;
    private final Completer completer;
    private final FileLooks files;
    private final SessionRunner sessions;
    private final WarmRunner warm;
    private final TaskRun.Runners runners;
    private final TaskRun.Means means;
    private final TaskDoor door;
    private final Listener listener;
    private final Succession succession;
    private final Hints hints;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("aque-timer").factory());
    private final Held held = new Held();
    private final Chores chores;
    private final Here here;
    private final Gpus gpus = new Gpus(Optional.ofNullable(System.getenv(Gpus.VISIBLE)));
    private final Health health = new Health();
    private final CommonCause cause;
    private final FittingClasses classes;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile WorkerSession session;
    private volatile boolean draining;
    private volatile boolean drainedByBroker;
    private volatile boolean releasing;
    private volatile boolean away;
    /// Its room is kept for something big.
    private volatile boolean keeping;
    private volatile boolean tookSome;
    private volatile Instant leaveBy = Instant.MAX;
    private volatile Runnable onReload = () -> {};
    private final Gate gate = new Gate();
    private int started;
    private Instant lastBusy = Instant.now();

    /// Says hello and starts the keeper.
    ///
    /// @throws IOException when processes cannot be supervised on this machine
    public Worker(Database database, WorkerOptions options, String version) throws IOException {
        this(database, options, version, Optional.empty());
    }

    /// @param keeper where a former worker has left its tasks (see [#handedOver()]): goes on with them under its name
    /// @throws IOException when processes cannot be supervised on this machine, or nothing is left there
    public Worker(Database database, WorkerOptions options, String version, Optional<Path> keeper) throws IOException {
        this.database = database;
        this.outfit = new Outfit(options);
        this.version = version;
        this.hints = Hints.coalescing(database);
        this.broker = new Broker(database, hints, "worker " + options.name());
        this.watch = new LogWatch(hints);
        this.sampler = new Sampler(new UsageStore(database));
        this.chores = new Chores(database, broker);
        this.cause = new CommonCause(database);
        this.here = new Here(chores::roots);
        this.logs = new LogWriter(new LogStore(database), spool(database.address()), this::limit);
        logs.onWritten(watch::wrote);
        logs.onKept(this::tellKept);
        this.classes = new FittingClasses(broker, outfit::machine, this::meet);
        this.completer = new Completer(broker);
        this.files = new FileLooks(broker);
        this.sessions = new SessionRunner(broker, here, timer);
        var legacy = keeper.isPresent() ? Optional.of(Legacy.take(keeper.get())) : Optional.<Legacy>empty();
        var taps = new HashMap<TaskId, OutputTap>();
        this.door =
                door(legacy.map(Legacy::port).orElse(0), new TaskTalk(broker, new FarmStore(database), this::gives));
        this.warm = new WarmRunner(broker, door, timer);
        this.runners = new TaskRun.Runners(new CommandRunner(new TaskStreams(database)), warm, sessions);
        legacy.ifPresent(l -> l.runs().forEach(r -> taps.put(new TaskId(r.task()), tap(r))));
        this.processes = keeper.isPresent()
                ? Processes.takeOver(options.name(), keeper.get(), (task, attempt) -> sink(taps, task))
                : Processes.start(options.name());
        this.means = new TaskRun.Means(
                processes, outfit::patterns, outfit::rules, outfit.users(), gpus, here, timer, gate, broker::queue);
        this.beats = new Beats(held, new Pulse());
        this.session =
                legacy.isPresent() ? legacy.get().session() : broker.hello(options.name(), outfit.machine(), version);
        this.listener = new Listener(
                database.address(), Set.of(Hint.Topic.WAKE, Hint.Topic.CONTROL), this::hinted, this::lookAround);
        this.succession = new Succession(means, held, this::leaveIdle, new Succession.Ties(listener, door, logs));
        listener.holdLockOf(session.id());
        legacy.ifPresent(l -> goOn(l, taps));
    }

    /// Ends what waits for its next task; whether all of it has ended.
    private boolean leaveIdle() {
        return sessions.leaveIdle() & warm.leaveIdle();
    }

    private static TaskDoor door(int port, TaskDoor.Listener listener) throws IOException {
        try {
            return TaskDoor.open(port, listener);
        } catch (IOException e) {
            log.warn("the port {} is taken; running tasks cannot talk to this worker", port);
            return TaskDoor.open(0, listener);
        }
    }

    /// Whether something else could start here in place of this one, and should.
    private boolean gives(TaskRun run) {
        var claim = run.claim();
        return broker.comesBefore(
                claim.task(),
                classes.ids(),
                options().cpuMilli(),
                options().cpuMilli() - held.usedCpu() + claim.cpuMilli(),
                options().memory() - held.usedMemory() + claim.memory());
    }

    private WorkerOptions options() {
        return outfit.options();
    }

    private OutputTap tap(HandedRun run) {
        var tap = new OutputTap(new TaskId(run.task()), run.attempt(), logs);
        tap.restore(run.places());
        return tap;
    }

    private LogLimit limit(TaskId task) {
        var usual = outfit.rules().logBytes();
        return held.run(task).map(r -> chores.limit(r.claim().job(), usual)).orElseGet(() -> LogLimit.of(usual));
    }

    private void tellKept(TaskId task, Path file) {
        held.run(task)
                .ifPresent(r -> r.voice()
                        .remark("the logs of the farm have used up their budget: this output stays on "
                                + options().name() + ", in " + file));
    }

    private static OutputSink sink(Map<TaskId, OutputTap> taps, TaskId task) {
        var tap = taps.get(task);
        return tap == null ? (channel, piece, more) -> true : tap;
    }

    /// Goes on with what a former worker left.
    private void goOn(Legacy legacy, Map<TaskId, OutputTap> taps) {
        started = legacy.started();
        outfit.ask(options());
        for (var handed : legacy.runs()) {
            var claim = handed.claim();
            var tap = taps.getOrDefault(claim.task(), tap(handed));
            var run = new TaskRun(claim, means, environment(claim, handed.channel()), tap, Optional.of(handed));
            door.admit(handed.channel().substring(handed.channel().lastIndexOf(':') + 1), run);
            held.addRunning(run);
        }
        for (var child : processes.inherited()) {
            held.run(child.task())
                    .ifPresentOrElse(
                            run -> run.process().inherit(child),
                            () -> child.kill(Duration.ZERO).exceptionally(e -> null));
        }
        log.info(
                "worker {} goes on with {} tasks", options().name(), held.runs().size());
        held.runs().forEach(this::begin);
    }

    /// Works until it is told to end or its mode says so. Blocks.
    public void run() throws InterruptedException {
        listener.start();
        var fence = timer.scheduleWithFixedDelay(beats::fence, 1, 1, TimeUnit.SECONDS);
        chores.readRoots();
        beats.start();
        Thread.ofVirtual().name("aque-attend").start(this::attend);
        log.info(
                "worker {} is up: {} cpus, {} MiB, broker {}",
                options().name(),
                Fit.cpus(options().cpuMilli()),
                options().memory() >> 20,
                database.address());
        if (System.getProperty("user.name").equals("root") && options().rules().runAs() == HouseRules.RunAs.WORKER) {
            log.info("this worker is root: every task that it takes runs as root");
        }
        try {
            while (!finished()) {
                if (outfit.change(this::tell)) {
                    classes.forget();
                }
                if (succession.isAsked() && !draining && !away && handOver()) {
                    return;
                }
                turn();
                giveBack(held.takeStale());
                if (work.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            }
        } finally {
            fence.cancel(false);
            ended.countDown();
            beats.end(Duration.ofSeconds(2));
            if (handedOver().isEmpty()) {
                sessions.close();
                warm.close();
                leave();
            }
        }
    }

    private Duration pause() {
        return held.someWait()
                ? SHORT_LOOK
                : LOOK.plusMillis(ThreadLocalRandom.current().nextLong(500));
    }

    /// Output that waits on disk belongs to one broker.
    static Path spool(Address broker) {
        return UserFolders.ofEnvironment()
                .data()
                .resolve("spool")
                .resolve(broker.toString().replaceAll("[^A-Za-z0-9.-]+", "_"));
    }

    private boolean finished() {
        if (Instant.now().isAfter(leaveBy)) {
            log.warn(
                    "leaving without a word to the broker; {} tasks are put back when it misses this worker",
                    held.runs().size());
            return true;
        }
        var idle = held.isEmpty();
        if (!idle) {
            lastBusy = Instant.now();
            return false;
        }
        return releasing
                || draining
                || (options().mode() == WorkerOptions.Mode.ONE && started > 0)
                || (options().mode() == WorkerOptions.Mode.TO_END && nothingLeft)
                || options().idleExit().isPresent()
                        && Duration.between(lastBusy, Instant.now())
                                        .compareTo(options().idleExit().get())
                                > 0;
    }

    private boolean nothingLeft;

    /// Takes what fits now and starts it. A failure here costs one turn.
    private void turn() {
        try {
            if (draining
                    || drainedByBroker
                    || succession.isRestless()
                    || options().mode() == WorkerOptions.Mode.ONE && started > 0) {
                return;
            }
            if (classes.wantsMore()) {
                classes.learn();
            }
            take();
            back();
        } catch (Unreachable e) {
            gone(e);
        } catch (RuntimeException e) {
            log.error("could not take tasks", e);
        }
    }

    /// On a shared farm this worker says whose tasks it takes.
    private void meet(Collection<Needs> fresh) {
        outfit.meet(fresh, this::tell);
    }

    private void tell(Capabilities machine) {
        broker.reconfigure(session, machine, version);
    }

    private void take() {
        var one = options().mode() == WorkerOptions.Mode.ONE;
        while (held.wantsMore()) {
            var idle = held.isEmpty();
            var room = room(one ? 1 : MOST_AT_ONCE);
            if (keeping) {
                room = keepRoom(room);
            }
            var claims = broker.acquire(session, room);
            claims.forEach(this::hold);
            startNext();
            nothingLeft = idle && claims.isEmpty();
            if (one && !claims.isEmpty() || room.most() <= 0 || claims.size() < room.most() && !classes.learn()) {
                break;
            }
        }
    }

    private Room room(int most) {
        return held.room(classes.ids(), options().cpuMilli(), options().memory(), most);
    }

    /// What to take when something that is too big for what is free has waited for long.
    private Room keepRoom(Room room) {
        var kept = broker.keepRoom(session, room);
        keeping = kept.isPresent();
        return kept.orElse(room);
    }

    private void hold(Claim given) {
        started++;
        tookSome = true;
        var claim = here.of(given);
        var key = door.newKey();
        var tap = new OutputTap(claim.task(), claim.attempt(), logs);
        var run = new TaskRun(claim, means, environment(claim, door.address(key)), tap);
        door.admit(key, run);
        held.add(run);
    }

    private void startNext() {
        for (var run = next(); run.isPresent(); run = next()) {
            begin(run.get());
        }
    }

    private Optional<TaskRun> next() {
        return held.next(options().cpuMilli(), options().memory());
    }

    /// These have not started, and others may do so sooner.
    private void giveBack(Collection<TaskRun> runs) {
        for (var run : runs) {
            run.requeue();
            begin(run);
        }
    }

    private Map<String, String> environment(Claim claim, String channel) {
        var broker = options().local() ? "" : database.address().toString();
        return TaskEnvironment.of(claim, options().name(), broker, channel);
    }

    private void begin(TaskRun run) {
        var mine = session;
        Thread.ofVirtual().name("aque-task-" + run.claim().task()).start(() -> work(run, mine));
    }

    private void work(TaskRun run, WorkerSession mine) {
        var claim = run.claim();
        try {
            var outcome = run.run(runners);
            vacate(run);
            logs.written(claim.task()).get();
            completer.report(mine, outcome, () -> told(run, outcome, mine));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | RuntimeException e) {
            log.error("task {} broke in the worker", claim.task(), e);
            vacate(run);
            completer.report(mine, Outcome.error(claim.task(), claim.attempt(), "worker_error"), () -> free(run));
        }
    }

    /// Its processes are gone: others may start while its end is being told.
    private void vacate(TaskRun run) {
        held.ended(run);
        startNext();
        if (held.wantsMore()) {
            work.release();
        }
    }

    private void told(TaskRun run, Outcome outcome, WorkerSession mine) {
        free(run);
        if (outcome.reason().equals(Verdict.NO_VOLUME)) {
            Volume.of(Path.of(run.claim().cwd()))
                    .ifPresent(
                            v -> broker.volumeAway(mine, v.root(), run.voice().illVolume()));
        }
        if (outcome.reason().equals(Verdict.NO_FOLDER)) {
            broker.folderAway(mine, outcome.task(), Path.of(run.claim().cwd()));
        }
        health.ended(run.claim(), outcome).ifPresent(doubt -> doubt(doubt, mine));
    }

    private void doubt(Health.Doubt doubt, WorkerSession mine) {
        try {
            var how = doubt.how()
                    + cause.of(doubt.tasks())
                            .filter(c -> !doubt.how().contains(c))
                            .map(c -> "; " + c)
                            .orElse("");
            if (broker.asideWhenSick(mine, doubt.jobs(), how) == Broker.Sickness.ASIDE) {
                log.warn(
                        "worker {} has set itself aside: {} jobs failed here in a row",
                        mine.name(),
                        doubt.jobs().size());
            }
        } catch (RuntimeException e) {
            log.debug("nobody was told that this worker may be ill: {}", e.getMessage());
        }
    }

    private void free(TaskRun run) {
        held.remove(run);
        door.dismiss(run);
        if (held.isEmpty()) {
            work.release();
        }
    }

    private void hinted(Hint hint) {
        var looked = hint.watched();
        if (looked.isPresent()) {
            looked.flatMap(held::run).ifPresent(run -> watch.watch(run.claim().task()));
            return;
        }
        classes.heard(hint);
        if (hint.topic() == Hint.Topic.CONTROL) {
            beats.now();
        } else {
            work.release();
        }
    }

    private void lookAround() {
        work.release();
        beats.now();
    }

    /// What this worker does at its beats.
    private final class Pulse implements Beats.Heart {
        private int beats;

        @Override
        public void look() {
            logs.takeHindrance()
                    .ifPresent(why -> held.runs().forEach(r -> r.voice().remark(why)));
            sampler.look(held.runs());
        }

        @Override
        public Optional<Instant> beat(List<Progress> progress) {
            try {
                var answer = broker.beat(session, progress);
                back();
                if (answer.fenced()) {
                    givenUp();
                } else {
                    obey(answer);
                }
                return Optional.of(
                        answer.nextStop().map(left -> Instant.now().plus(left)).orElse(Instant.MAX));
            } catch (Unreachable e) {
                gone(e);
            } catch (RuntimeException e) {
                log.error("a beat failed", e);
            }
            return Optional.empty();
        }

        @Override
        public void full() {
            putBack(broker::reap);
            if (beats++ % FORGOTTEN_BEATS == 0) {
                putBack(() -> broker.reapForgotten(session, held.tasks()));
            }
            makeRoom();
        }
    }

    private void obey(Beat answer) {
        drainedByBroker = answer.draining();
        if (outfit.hear(answer.setting())) {
            work.release();
        }
        if (answer.leaving() && !releasing) {
            release();
        }
        if (answer.reload()) {
            log.info("somebody asks to reload");
            Thread.ofVirtual().name("aque-reload").start(onReload);
        }
        if (answer.files()) {
            files.begin(classes.ids());
        }
        answer.lost().forEach(id -> ifRunning(id, TaskRun::lose));
        answer.stops().forEach((id, how) -> ifRunning(id, r -> r.stop(how)));
        answer.signals().forEach(s -> ifRunning(s.task(), r -> signal(r, s.number())));
    }

    /// A stopped task is shown as suspended until it goes on.
    private void signal(TaskRun run, int number) {
        run.signal(number);
        if (number == Signal.STOP || number == Signal.CONT) {
            broker.suspended(run.claim().task(), run.claim().attempt(), number == Signal.STOP);
        }
    }

    private void ifRunning(TaskId id, Consumer<TaskRun> action) {
        held.run(id).ifPresent(action);
    }

    /// The broker gave this worker up while it was cut off: its attempts are others' now.
    private void givenUp() {
        log.warn(
                "worker {} was given up by the broker; ending its {} tasks and starting afresh",
                options().name(),
                held.runs().size());
        held.runs().forEach(TaskRun::lose);
        held.takeWaiting().forEach(this::begin);
        session = broker.hello(options().name(), outfit.machine(), version);
        listener.holdLockOf(session.id());
        work.release();
    }

    private static void putBack(IntSupplier reaping) {
        try {
            var n = reaping.getAsInt();
            if (n > 0) {
                log.warn("{} tasks of lost workers were put back", n);
            }
        } catch (RuntimeException e) {
            log.debug("could not look for lost workers: {}", e.getMessage());
        }
    }

    /// For what is more urgent than what runs here, and for what is too big to come in between. Who has taken nothing
    /// has let nothing pass.
    private void makeRoom() {
        if (held.isEmpty()) {
            return;
        }
        try {
            broker.makeRoom(session, room(1));
            if (tookSome && classes.ids().size() > 1) {
                tookSome = false;
                keepRoom(room(1));
            }
        } catch (RuntimeException e) {
            log.debug("could not make room: {}", e.getMessage());
        }
    }

    private void gone(Unreachable e) {
        if (!away) {
            away = true;
            log.warn("{}; {} tasks run on", e.getMessage(), held.runs().size());
        }
    }

    private void back() {
        if (away) {
            away = false;
            log.info("the broker is back");
        }
    }

    /// Works with these from now on, without touching what runs; reads the patterns of progress again.
    public void configure(WorkerOptions changed) {
        outfit.ask(changed);
        work.release();
    }

    /// Comes and goes with its hours and with its machine's user, and does its chores.
    private void attend() {
        try {
            while (!ended.await(ATTEND.toMillis(), TimeUnit.MILLISECONDS)) {
                if (outfit.attend()) {
                    work.release();
                }
                if (outfit.leaves()) {
                    held.runs().forEach(TaskRun::requeue);
                }
                chores.round(options().name(), options().habits(), logs::takeGrowth, claims());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is done when somebody on the farm asks this worker to read its configuration again.
    public void onReload(Runnable action) {
        onReload = action;
    }

    /// Leaves what runs to another worker, as soon as it can; [#run()] returns then, and [#handedOver()] tells where.
    public void replace() {
        succession.ask();
        log.info("worker {} is about to be replaced", session.name());
        work.release();
    }

    /// Where the keeper waits for the next worker, 30 seconds long; empty when this worker was not replaced.
    public Optional<Path> handedOver() {
        return succession.keeper();
    }

    private boolean handOver() throws InterruptedException {
        return succession.attempt(session, started, () -> giveBack(held.takeWaiting()));
    }

    /// Takes no more; ends when what runs has ended (W29).
    public void drain() {
        draining = true;
        giveBack(held.takeWaiting());
        log.info("draining: {} tasks are left", held.runs().size());
        work.release();
    }

    /// Stops what runs and gives it back, no retry spent; then ends.
    public void release() {
        draining = true;
        releasing = true;
        leaveBy = Instant.now().plus(PATIENCE);
        log.info("releasing {} tasks", held.runs().size());
        giveBack(held.takeWaiting());
        held.runs().forEach(TaskRun::requeue);
        work.release();
    }

    /// What is added here can be read by the whole farm.
    public OwnLog ownLog() {
        return chores.ownLog();
    }

    public boolean isDraining() {
        return draining;
    }

    /// The claims that run now.
    public Collection<Claim> claims() {
        return held.runs().stream().map(TaskRun::claim).toList();
    }

    private void leave() {
        chores.tell(options().name());
        try {
            broker.bye(session);
        } catch (RuntimeException e) {
            log.debug("no goodbye: {}", e.getMessage());
        }
        log.info("worker {} has ended after {} tasks", options().name(), started);
    }

    /// Kills what still runs and ends the keeper, unless everything was handed over.
    @Override
    public void close() {
        if (handedOver().isEmpty()) {
            listener.close();
            door.close();
            processes.close();
            logs.close();
        }
        completer.close();
        timer.shutdownNow();
        hints.close();
    }
}
