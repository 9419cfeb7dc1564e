package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Outcome;
import aque.db.Database;
import aque.db.Migrations;
import aque.event.Hints;
import aque.farm.Audit;
import aque.schedule.Capabilities;
import aque.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `reliability [NAME…] [--minutes M]`: what must hold whatever breaks. Each test says what it found wrong; no name:
/// all.
final class ReliabilityBenchmark implements Benchmark {
    private static final int DEFAULT_MINUTES = 1;
    private static final int A_MILLION = 1_000_000;

    private interface Test {
        List<String> faults(Stage stage, Duration time) throws Exception;
    }

    /// In the order of their numbers, from 1.
    private final Map<String, Test> tests = new LinkedHashMap<>();
    /// Only when asked for.
    private final Map<String, Test> more = new LinkedHashMap<>();
    private static final Path FAKETIME = Path.of("/usr/bin/faketime");

    private long deadlocks;
    private long doubled;
    private long stranded;

    ReliabilityBenchmark() {
        tests.put("oracle", (s, t) -> torture(s, t, Torture.Storm.CALM));
        tests.put("worker-kill", (s, t) -> torture(s, t, Torture.Storm.CALM.withWorkerKills(each(t, 8))));
        tests.put("server-kill", (s, t) -> torture(s, t, Torture.Storm.CALM.withServerKills(each(t, 25))));
        tests.put("connection-kill", (s, t) -> torture(s, t, Torture.Storm.CALM.withConnectionKills(each(t, 2))));
        tests.put("network", (s, t) -> torture(s, t, Torture.Storm.CALM.withNetworkCuts(each(t, 55))));
        tests.put("clocks", (s, t) -> clocks(s, t));
        tests.put("told-twice", (s, t) -> toldTwice(s));
        tests.put("locks", (s, t) -> torture(s, t, Torture.Storm.CALM.withWorkerKills(each(t, 20))));
        tests.put("reference", (s, t) -> Reference.faults(s, t.dividedBy(4)));
        tests.put("plans", (s, t) -> PlanCheck.faults(s, s.options().number("tasks", A_MILLION)));
        tests.put("held-snapshot", (s, t) -> Steady.faults(s, t, true));
        tests.put("soak", (s, t) -> Steady.faults(s, t, false));
        tests.put("migrations", (s, t) -> migrations(s));
        tests.put("privileges", (s, t) -> Strangers.faults(s));
        more.put(
                "torture",
                (s, t) -> torture(
                        s,
                        t,
                        Torture.Storm.CALM
                                .withWorkerKills(each(t, 10))
                                .withServerKills(each(t, 40))
                                .withConnectionKills(each(t, 5))));
    }

    private static int each(Duration time, int seconds) {
        return (int) Math.max(1, time.toSeconds() / seconds);
    }

    @Override
    public Figures run(Stage stage) throws Exception {
        var names = stage.options().words().isEmpty()
                ? List.copyOf(tests.keySet())
                : stage.options().words();
        var time = Duration.ofMinutes(stage.options().number("minutes", DEFAULT_MINUTES));
        var failed = 0;
        for (var name : names) {
            var test = Optional.ofNullable(tests.get(name))
                    .or(() -> Optional.ofNullable(more.get(name)))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no test " + name + "; there are " + tests.keySet() + " and " + more.keySet()));
            stage.say("%s …", name);
            var faults = test.faults(stage, time);
            faults.stream().limit(20).forEach(f -> stage.say("  %s", f));
            stage.say("%s %s", name, faults.isEmpty() ? "passed" : "FAILED");
            failed += faults.isEmpty() ? 0 : 1;
        }
        return new Figures()
                .figure("tests", names.size())
                .figure("failed", failed)
                .figure("deadlocks", deadlocks)
                .figure("doubled", doubled)
                .figure("stranded", stranded)
                .condition("names", names)
                .condition("minutes", time.toMinutes());
    }

    private List<String> torture(Stage stage, Duration time, Torture.Storm storm) throws Exception {
        var verdict = new Torture(stage, storm).run(time);
        deadlocks += verdict.deadlocks();
        doubled += verdict.doubled();
        stranded += verdict.stranded();
        stage.say(
                "  %d jobs, %d tasks; %d deadlocks, %d doubled, %d stranded",
                verdict.jobs(), verdict.tasks(), verdict.deadlocks(), verdict.doubled(), verdict.stranded());
        if (verdict.passed()) {
            return List.of();
        }
        return verdict.faults().isEmpty() ? List.of("see the counts") : verdict.faults();
    }

    /// Three workers of whom one is an hour ahead, one an hour behind, and one runs fast.
    private List<String> clocks(Stage stage, Duration time) throws Exception {
        if (!Files.isExecutable(FAKETIME)) {
            return List.of("there is no " + FAKETIME + ": install Debian's faketime");
        }
        var clocks = Stream.of("+1h", "-1h", "+0 x1.2")
                .map(c -> List.of(FAKETIME.toString(), "-f", c))
                .toList();
        return torture(stage, time, Torture.Storm.CALM.withClocks(clocks));
    }

    /// The same report twice, and late; the same submission twice; no hint ever heard.
    private static List<String> toldTwice(Stage stage) throws Exception {
        var faults = new java.util.ArrayList<String>();
        try (var database = stage.farm(2)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            var job = broker.submit(Jobs.flat(50).withKey("k"));
            if (!broker.submit(Jobs.flat(50).withKey("k")).id().equals(job.id())) {
                faults.add("a key made two jobs");
            }
            var worker = broker.hello("a", new Capabilities("a", "linux", "u", 4000, 0, Map.of(), Map.of()), "");
            var claims = broker.acquire(worker, broker.classes(0).keySet(), 4000, 4000, 0, 100);
            var outcomes = claims.stream()
                    .map(c -> Outcome.success(c.task(), c.attempt()))
                    .toList();
            var reversed = outcomes.reversed();
            if (broker.complete(worker, reversed).size() != 50) {
                faults.add("a report was refused");
            }
            if (!broker.complete(worker, outcomes).isEmpty()) {
                faults.add("a report was taken twice");
            }
            broker.cancel(List.of(job.id()));
            broker.cancel(List.of(job.id()));
            if (new aque.farm.FarmStore(database).task(job.id()).orElseThrow().state() != TaskState.SUCCESS) {
                faults.add("an ended job changed its state");
            }
            faults.addAll(Audit.faults(database));
        }
        return faults;
    }

    /// By an owner who is no superuser, four at once, and again.
    private static List<String> migrations(Stage stage) throws Exception {
        var server = stage.server();
        server.sql("postgres", "CREATE ROLE plain LOGIN");
        server.sql("postgres", "CREATE DATABASE plain OWNER plain");
        var address = aque.db.Address.parse(server.url("plain").replace("://bench@", "://plain@"));
        var faults = new java.util.concurrent.CopyOnWriteArrayList<String>();
        var threads = new java.util.ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    Migrations.toHead(address);
                } catch (RuntimeException e) {
                    faults.add("a migration failed: " + e.getMessage());
                }
            }));
        }
        for (var t : threads) {
            t.join();
        }
        if (Migrations.toHead(address) != 0) {
            faults.add("a second run found something to do");
        }
        try (var database = Database.plain(address, "bench")) {
            if (!Migrations.present(database)) {
                faults.add("there is no schema");
            }
        }
        return faults;
    }
}
