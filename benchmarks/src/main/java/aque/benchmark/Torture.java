package aque.benchmark;

import aque.broker.Broker;
import aque.db.Database;
import aque.db.DbException;
import aque.db.Unreachable;
import aque.event.ChangeFeed;
import aque.event.FarmEvent;
import aque.event.Hints;
import aque.farm.Audit;
import aque.farm.FarmStore;
import aque.submit.JobRules;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.task.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// A farm under random work and random harm: jobs of all shapes come, depend on each other, are killed, retried, held
/// and
/// reprioritised, while workers, connections or the server itself are killed. Afterwards everything is mended and
/// looked
/// at: every job must come to success, nothing may have been done twice, and the change feed must have told all of it.
final class Torture {
    /// What is done to the farm.
    ///
    /// @param networkCuts how often one worker's way to the server is late, half open or cut
    /// @param clocks commands before each worker's, that set its clock
    record Storm(int workerKills, int serverKills, int connectionKills, int networkCuts, List<List<String>> clocks) {
        static final Storm CALM = new Storm(0, 0, 0, 0, List.of());

        Storm withWorkerKills(int n) {
            return new Storm(n, serverKills, connectionKills, networkCuts, clocks);
        }

        Storm withServerKills(int n) {
            return new Storm(workerKills, n, connectionKills, networkCuts, clocks);
        }

        Storm withConnectionKills(int n) {
            return new Storm(workerKills, serverKills, n, networkCuts, clocks);
        }

        Storm withNetworkCuts(int n) {
            return new Storm(workerKills, serverKills, connectionKills, n, clocks);
        }

        Storm withClocks(List<List<String>> commands) {
            return new Storm(workerKills, serverKills, connectionKills, networkCuts, commands);
        }

        /// Whether a worker that lives may be taken for lost; its tasks then run twice, though only one is accepted.
        boolean mayCutOff() {
            return serverKills + connectionKills + networkCuts > 0;
        }
    }

    /// What was found; all but the jobs must be 0.
    record Verdict(int jobs, int tasks, long deadlocks, long doubled, long stranded, List<String> faults) {
        boolean passed() {
            return deadlocks == 0 && doubled == 0 && stranded == 0 && faults.isEmpty();
        }
    }

    private static final int WORKERS = 3;
    private static final Duration CUT = Duration.ofSeconds(45);
    private static final Duration MENDING = Duration.ofMinutes(3);

    private final Stage stage;
    private final Storm storm;
    private final Database database;
    private final Broker broker;
    private final FarmStore farm;
    private final Random random = new Random(7);
    private final Ledger ledger;
    private final List<Proxy> proxies = new ArrayList<>();
    private final List<TaskId> jobs = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Process[] workers = new Process[WORKERS];
    private final Map<TaskId, TaskState> replica = new HashMap<>();
    private volatile boolean over;

    Torture(Stage stage, Storm storm) throws IOException {
        this.stage = stage;
        this.storm = storm;
        this.database = stage.farm(6);
        this.broker = new Broker(database, Hints.coalescing(database), "torture");
        this.farm = new FarmStore(database);
        this.ledger = new Ledger(Files.createTempFile("aque-ledger-", ".txt"));
        stage.server()
                .sql("postgres", "ALTER DATABASE " + database.address().database() + " SET deadlock_timeout = '200ms'");
    }

    Verdict run(Duration time) throws Exception {
        try (database) {
            for (var i = 0; i < WORKERS; i++) {
                proxies.add(new Proxy(stage.server().port()));
                workers[i] = worker(i);
            }
            var feed = Thread.ofPlatform().name("feed").start(this::follow);
            var threads = List.of(
                    start("submit", () -> submit()),
                    start("steer", () -> steer()),
                    start("steer more", () -> steer()),
                    start("kill workers", () -> pause(time, storm.workerKills(), this::killWorker)),
                    start("cut the network", () -> pause(time, storm.networkCuts(), () -> cut(time))),
                    start("kill connections", () -> pause(time, storm.connectionKills(), this::killConnection)),
                    start("kill server", () -> pause(time, storm.serverKills(), this::killServer)));
            Thread.sleep(time);
            over = true;
            for (var t : threads) {
                t.join();
            }
            mend();
            feed.interrupt();
            feed.join();
            return verdict();
        } finally {
            for (var w : workers) {
                w.destroyForcibly().waitFor();
            }
            for (var p : proxies) {
                p.close();
            }
            Files.deleteIfExists(ledger.file());
        }
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

    private static void rest() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(Duration time, int times, Step step) throws Exception {
        if (times == 0) {
            Thread.sleep(200);
            return;
        }
        var wait = time.toMillis() / (times + 1);
        for (var waited = 0L; waited < wait && !over; waited += 100) {
            Thread.sleep(100);
        }
        if (!over) {
            step.run();
        }
    }

    /// The same key twice, as after an answer that was lost, makes one job.
    private void submit() throws Exception {
        var job = switch (random.nextInt(4)) {
            case 0 -> Jobs.dag(100);
            case 1 -> Jobs.gated(60);
            case 2 -> Jobs.one("one");
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

    private void steer() throws Exception {
        Thread.sleep(random.nextInt(80));
        if (jobs.isEmpty()) {
            return;
        }
        var all = farm.tasksOfJob(jobs.get(random.nextInt(jobs.size())));
        var some = List.of(all.get(random.nextInt(all.size())).id());
        switch (random.nextInt(8)) {
            case 0 -> broker.kill(some);
            case 1 -> broker.cancel(some);
            case 2 -> broker.retry(some);
            case 3 -> broker.hold(some);
            case 4 -> broker.release(some);
            case 5 -> broker.requeue(some);
            case 6 -> broker.kill(broker.withUpstream(some));
            default -> broker.priority(1000 + random.nextInt(5), some);
        }
    }

    private void killWorker() throws Exception {
        var i = random.nextInt(WORKERS);
        workers[i].destroyForcibly().waitFor();
        ledger.dead(workers[i].pid());
        workers[i] = worker(i);
    }

    /// One worker for so long that its lease is over, when there is time.
    private void cut(Duration time) throws InterruptedException {
        var proxy = proxies.get(random.nextInt(WORKERS));
        var bad = List.of(Proxy.Link.LATE, Proxy.Link.HALF_OPEN, Proxy.Link.CUT);
        proxy.become(bad.get(random.nextInt(bad.size())));
        Thread.sleep(Math.min(CUT.toMillis(), time.toMillis() / 2));
        proxy.become(Proxy.Link.GOOD);
    }

    private void killConnection() {
        stage.sql(database, """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'torture%' ORDER BY random() LIMIT 2""");
    }

    private void killServer() throws IOException {
        stage.server().kill();
        stage.server().restart();
    }

    private Process worker(int number) throws IOException {
        var command = new ArrayList<String>();
        command.addAll(
                storm.clocks().isEmpty()
                        ? List.of()
                        : storm.clocks().get(number % storm.clocks().size()));
        var url = stage.server().url(database.address().database());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "aque.benchmark.TortureWorkerMain",
                url.replace(
                        ":" + stage.server().port() + "/",
                        ":" + proxies.get(number).port() + "/"),
                "w" + number,
                ledger.file().toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// A second reader of the farm, who knows only what the feed tells.
    private void follow() {
        var feed = new ChangeFeed(database);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                read(feed);
                Thread.sleep(100);
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                rest();
            }
        }
        read(feed);
    }

    private void read(ChangeFeed feed) {
        for (var event : feed.poll()) {
            switch (event) {
                case FarmEvent.JobSubmitted e -> put(farm.tasksOfJob(e.job()));
                case FarmEvent.TasksChanged e -> put(farm.tasks(e.tasks()));
                case FarmEvent.JobsChanged e -> e.jobs().forEach(j -> put(farm.tasksOfJob(j)));
                case FarmEvent.JobsRemoved e -> e.jobs().forEach(replica::remove);
                case FarmEvent.WorkerChanged e -> {}
                case FarmEvent.Resync e ->
                    farm.jobs().forEach(j -> put(farm.tasksOfJob(j.root().id())));
            }
        }
    }

    private void put(List<TaskView> tasks) {
        tasks.forEach(t -> replica.put(t.id(), t.state()));
    }

    /// Everything is freed and retried until all has succeeded.
    private void mend() throws InterruptedException {
        var until = System.nanoTime() + MENDING.toNanos();
        while (System.nanoTime() < until && unfinished() > 0) {
            try {
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
        if (!storm.mayCutOff()) {
            faults.addAll(ledger.overlaps());
        }
        var doubled = stage.number(
                database,
                "SELECT count(*) FROM (SELECT 1 FROM attempt WHERE state = 'S' GROUP BY task_id HAVING count(*) > 1) q");
        farm.jobs()
                .forEach(j -> farm.tasksOfJob(j.root().id()).forEach(t -> {
                    if (replica.get(t.id()) != t.state()) {
                        faults.add(
                                "the feed says " + replica.get(t.id()) + " of " + t.id() + ", which is " + t.state());
                    }
                }));
        var log = Files.readString(stage.server().data().resolve("server.log"));
        var deadlocks = Arrays.stream(log.split("\n"))
                .filter(l -> l.contains("deadlock detected"))
                .count();
        var found = new ArrayList<>(faults);
        return new Verdict(
                jobs.size(),
                (int) stage.number(database, "SELECT count(*) FROM task"),
                deadlocks,
                doubled,
                unfinished(),
                found);
    }
}
