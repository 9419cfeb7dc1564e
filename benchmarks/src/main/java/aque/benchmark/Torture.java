package aque.benchmark;

import aque.broker.Broker;
import aque.db.Database;
import aque.db.DbException;
import aque.db.Unreachable;
import aque.event.ChangeFeed;
import aque.event.Hints;
import aque.farm.Audit;
import aque.farm.FarmStore;
import aque.log.Channel;
import aque.log.LogPiece;
import aque.log.LogStore;
import aque.submit.JobRules;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.task.TaskView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/// A farm under random work and random harm: jobs of all shapes come, depend on each other and are steered by many,
/// while workers, connections or the server itself are killed. Afterwards everything is mended and looked at: every
/// job must come to success, nothing may have been done twice, every byte that was written must be there, and the
/// change feed must have told all of it. One use.
final class Torture {
    /// What was found; deadlocks, doubled, stranded and faults must be none.
    ///
    /// @param recovery seconds from a worker's kill until the last task that it ran was put back
    record Verdict(
            int jobs, int tasks, long deadlocks, long doubled, long stranded, Samples recovery, List<String> faults) {
        boolean passed() {
            return deadlocks == 0 && doubled == 0 && stranded == 0 && faults.isEmpty();
        }

        @Override
        public String toString() {
            return "%d jobs, %d tasks; %d deadlocks, %d doubled, %d stranded%s"
                    .formatted(
                            jobs,
                            tasks,
                            deadlocks,
                            doubled,
                            stranded,
                            recovery.sorted().length == 0
                                    ? ""
                                    : "; killed workers' tasks put back after %.1f .. %.1f s, n = %d"
                                            .formatted(recovery.least(), recovery.most(), recovery.sorted().length));
        }
    }

    /// Longer than a lease.
    private static final Duration CUT = Duration.ofSeconds(40);

    private static final Duration MENDING = Duration.ofMinutes(3);
    /// A lease, a beat, and what a loaded machine needs.
    private static final double RECOVERY_SECONDS = 45;

    private static final int URGENT = 5000;

    private static final int READ = 1 << 20;
    /// Of the server's log, from where it speaks of one on.
    private static final int DEADLOCK_LINES = 14;

    private final Stage stage;
    private final Harm harm;
    private final Database database;
    private final Broker broker;
    private final FarmStore farm;
    private final Random random = new Random(7);
    private final RunLocks locks;
    private final Ledger ledger;
    private final long logged;
    private final List<TaskId> jobs = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<String> kills = new CopyOnWriteArrayList<>();
    private final List<TaskId> outlasting = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    Torture(Stage stage, Harm harm) throws IOException {
        this.stage = stage;
        this.harm = harm;
        this.database = stage.farm(harm.steerers() + 4);
        this.broker = new Broker(database, Hints.coalescing(database), "torture");
        this.farm = new FarmStore(database);
        this.locks = new RunLocks(Files.createTempDirectory("aque-torture-"));
        this.ledger = new Ledger(Files.createFile(locks.folder().resolve("ledger")));
        this.logged = Files.size(stage.server().log());
        stage.server()
                .sql("postgres", "ALTER DATABASE " + database.address().database() + " SET deadlock_timeout = '200ms'");
    }

    Verdict run(Duration time) throws Exception {
        try (database;
                var console = console();
                var workers = new TortureWorkers(
                        stage.server().url(database.address().database()),
                        stage.server().port(),
                        harm.clocks(),
                        ledger)) {
            awaitWorkers();
            var replica = new Replica(new ChangeFeed(database), farm);
            var feed = Thread.ofPlatform().name("feed").start(replica);
            var threads = new ArrayList<Thread>();
            threads.add(start("submit", () -> submit()));
            for (var i = 0; i < harm.steerers(); i++) {
                var steerer = new Steerer(broker, farm, jobs, new Random(i));
                threads.add(start("steer", steerer::step));
            }
            threads.add(start("kill workers", () -> every(time, harm.workerKills(), () -> killWorker(workers))));
            threads.add(start("kill connections", () -> every(time, harm.connectionKills(), this::killConnections)));
            threads.add(start("kill server", () -> every(time, harm.serverKills(), this::killServer)));
            if (harm.badNetwork()) {
                threads.add(start("cut the network", () -> cut(workers, time)));
            }
            Thread.sleep(time);
            over = true;
            for (var t : threads) {
                t.join();
            }
            workers.mend();
            mend();
            feed.interrupt();
            feed.join();
            faults.addAll(replica.faults());
            console.wrong().filter(n -> n > 0).ifPresent(n -> faults.add("the console shows " + n + " rows wrong"));
            return verdict();
        } finally {
            locks.delete();
        }
    }

    /// On a loaded machine they take their time.
    private void awaitWorkers() throws InterruptedException {
        var until = System.nanoTime() + MENDING.toNanos();
        while (stage.number(database, "SELECT count(*) FROM worker WHERE state = 'up'") < TortureWorkers.COUNT) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the workers do not come");
            }
            Thread.sleep(50);
        }
    }

    /// With clocks there is one that keeps another time.
    private TortureConsole console() throws IOException {
        return harm.clocks().isEmpty()
                ? TortureConsole.none()
                : TortureConsole.start(database.address(), harm.clocks().getFirst());
    }

    private interface Step {
        void run() throws Exception;
    }

    private Thread start(String name, Step step) {
        return Thread.ofPlatform().name(name).start(() -> {
            while (!over) {
                try {
                    step.run();
                } catch (Unreachable | SubmitException e) {
                    rest();
                } catch (DbException e) {
                    if (!e.connectionLost()) {
                        faults.add(name + ": " + e.getMessage());
                    }
                    rest();
                } catch (Exception e) {
                    faults.add(name + ": " + e);
                    rest();
                }
            }
        });
    }

    static void rest() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void every(Duration time, int times, Step step) throws Exception {
        var wait = time.toMillis() / (times + 1);
        for (var waited = 0L; (waited < wait || times == 0) && !over; waited += 100) {
            Thread.sleep(100);
        }
        if (!over) {
            step.run();
        }
    }

    /// The same key twice, as after an answer that was lost, makes one job.
    private void submit() throws Exception {
        var job = switch (random.nextInt(6)) {
            case 0 -> Jobs.dag(100);
            case 1 -> Jobs.gated(60);
            case 2 -> Jobs.one("one");
            case 3 -> locks.job(1 + random.nextInt(10), random.nextBoolean());
            default -> Jobs.flat(1 + random.nextInt(120));
        };
        var keyed = job.withKey("torture " + random.nextLong()).withPriority(1000 + random.nextInt(3));
        if (random.nextInt(4) == 0) {
            keyed = keyed.withRules(JobRules.NONE.withMaxParallel(1 + random.nextInt(4)));
        }
        if (!jobs.isEmpty() && random.nextInt(2) == 0) {
            keyed = keyed.withAfter(List.of(jobs.get(random.nextInt(jobs.size()))));
        }
        var first = insist(keyed);
        if (random.nextInt(5) == 0 && !insist(keyed).id().equals(first.id())) {
            faults.add("a key made two jobs");
        }
        jobs.add(first.id());
        Thread.sleep(random.nextInt(60));
    }

    private Broker.Submitted insist(Submission submission) {
        while (true) {
            try {
                return broker.submit(submission);
            } catch (Unreachable e) {
                rest();
            }
        }
    }

    private void killWorker(TortureWorkers workers) throws Exception {
        var killed = workers.kill();
        if (killed.left() > 0) {
            faults.add(killed.left() + " processes outlived their worker " + killed.name());
        }
        kills.add(
                "SELECT max(extract(epoch FROM a.ended_at - clock.at)) FROM attempt a, (SELECT '%s'::timestamptz at) clock WHERE a.state = 'L' AND a.worker_id = ANY ('{%s}')"
                        .formatted(
                                text("SELECT clock_timestamp()"),
                                text("SELECT string_agg(worker_id::text, ',') FROM worker WHERE name = '"
                                        + killed.name() + "' AND state = 'up' AND last_seen < clock_timestamp()")));
    }

    private String text(String query) throws IOException {
        return stage.server().rows(database.address().database(), query).getFirst();
    }

    /// The process worker that has begun something that outlasts a lease is cut off for longer than that, with
    /// the other ways bad as well: what is exclusive it must end before another begins it, and of the other the
    /// late end must not count.
    private void cut(TortureWorkers workers, Duration time) throws InterruptedException {
        var job = insist(locks.outlasting().withPriority(URGENT)).id();
        var exclusive = farm.tasksOfJob(job).stream()
                .filter(t -> t.name().endsWith(RunLocks.EXCLUSIVE))
                .findFirst()
                .orElseThrow()
                .id();
        if (time.compareTo(CUT.multipliedBy(3).dividedBy(2)) >= 0) {
            outlasting.add(exclusive);
        }
        while (farm.task(exclusive).orElseThrow().state() != TaskState.RUNNING && !over) {
            Thread.sleep(50);
        }
        if (over) {
            return;
        }
        workers.cutOff(farm.task(exclusive).orElseThrow().worker());
        var until = System.nanoTime() + Math.min(CUT.toNanos(), time.toNanos() * 2 / 3);
        while (System.nanoTime() < until && !over) {
            Thread.sleep(100);
        }
        workers.mend();
        for (var waited = 0; waited < 10_000 && !over; waited += 100) {
            Thread.sleep(100);
        }
    }

    /// Of every kind; every other time nobody gets a new one for a while.
    private void killConnections() throws IOException, InterruptedException {
        stage.sql(database, """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 3""");
        if (random.nextBoolean()) {
            exhaust();
        }
    }

    private void exhaust() throws IOException, InterruptedException {
        var idle = new ArrayList<Connection>();
        try {
            while (idle.size() < 1000) {
                idle.add(Database.connect(database.address(), "bench-idle"));
            }
        } catch (Unreachable e) {
            Thread.sleep(1000);
        } finally {
            for (var c : idle) {
                try {
                    c.close();
                } catch (java.sql.SQLException e) {
                    faults.add("an idle connection does not close: " + e);
                }
            }
        }
    }

    private void killServer() throws IOException {
        stage.server().kill();
        stage.server().restart();
    }

    /// Everything is freed and retried until all has succeeded.
    private void mend() throws InterruptedException {
        var until = System.nanoTime() + MENDING.toNanos();
        while (System.nanoTime() < until && unfinished() > 0) {
            try {
                broker.carryOutDue();
                broker.release(jobs);
                broker.retry(jobs);
            } catch (RuntimeException e) {
                stage.say("mending waits: %s", String.valueOf(e.getMessage()));
            }
            Thread.sleep(1000);
        }
        Thread.sleep(1000);
    }

    private long unfinished() {
        return stage.number(database, "SELECT count(*) FROM task WHERE state <> 'S'");
    }

    private Verdict verdict() throws IOException {
        faults.addAll(Audit.faults(database));
        faults.addAll(locks.overlaps(!harm.mayCutOff()));
        if (!outlasting.isEmpty()
                && stage.number(
                                database,
                                "SELECT count(*) FROM attempt WHERE state = 'L' AND task_id = ANY ('{%s}')"
                                        .formatted(String.join(
                                                ",",
                                                outlasting.stream()
                                                        .map(TaskId::toString)
                                                        .toList())))
                        == 0) {
            faults.add("nobody was cut off for so long that what is exclusive went to another: nothing was tried");
        }
        if (!harm.mayCutOff()) {
            faults.addAll(ledger.overlaps());
        }
        farm.jobs()
                .forEach(j -> farm.tasksOfJob(j.root().id()).stream()
                        .filter(t -> t.name().startsWith("process ")
                                && t.attempt() > 0
                                && t.exitCode().isPresent())
                        .forEach(this::readOutput));
        var recovery = new ArrayList<Double>();
        for (var kill : kills) {
            var seconds =
                    stage.server().rows(database.address().database(), kill).getFirst();
            if (seconds != null) {
                recovery.add(Double.valueOf(seconds));
            }
        }
        recovery.stream()
                .filter(s -> s > RECOVERY_SECONDS && harm.serverKills() == 0)
                .forEach(s -> faults.add("a killed worker's tasks were put back after " + s + " s"));
        var doubled = stage.number(
                database,
                // Somebody may ask for a task that had succeeded to run again.
                "SELECT count(*) FROM (SELECT 1 FROM attempt t WHERE state = 'S' GROUP BY task_id HAVING count(*) > 1 + (SELECT count(*) FROM action a WHERE a.verb = 'retry' AND a.ids @> ARRAY[t.task_id])) q");
        return new Verdict(
                jobs.size(),
                (int) stage.number(database, "SELECT count(*) FROM task"),
                deadlocks(),
                doubled,
                unfinished(),
                Samples.of(recovery),
                List.copyOf(faults));
    }

    private void readOutput(TaskView task) {
        for (var channel : List.of(Channel.STDOUT, Channel.STDERR)) {
            var bytes = new ByteArrayOutputStream();
            new LogStore(database)
                    .read(task.id(), task.attempt(), 0, READ).pieces().stream()
                            .map(LogPiece::chunk)
                            .filter(c -> c.channel().equals(channel))
                            .forEach(c -> bytes.writeBytes(c.data()));
            var got = bytes.toString(StandardCharsets.UTF_8);
            if (!got.equals(RunLocks.EXPECTED)) {
                faults.add("of what task %s wrote on %s, %d bytes, %d are there"
                        .formatted(task.id(), channel, RunLocks.EXPECTED.length(), got.length()));
            }
        }
    }

    /// Their number; what the server says of each, with the statements and rows, is shown.
    private long deadlocks() throws IOException {
        try (var log = Files.newInputStream(stage.server().log())) {
            log.skipNBytes(logged);
            var lines = new String(log.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            var found = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).contains("deadlock detected"))
                    .toArray();
            for (var at : found) {
                lines.subList(at, Math.min(lines.size(), at + DEADLOCK_LINES)).forEach(l -> stage.say("  %s", l));
            }
            return found.length;
        }
    }
}
