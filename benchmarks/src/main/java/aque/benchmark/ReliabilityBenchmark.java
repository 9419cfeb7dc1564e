package aque.benchmark;

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
    private static final int LOCK_STEERERS = 8;

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
        tests.put("oracle", (s, t) -> torture(s, t, Harm.CALM));
        tests.put("worker-kill", (s, t) -> torture(s, t, Harm.CALM.withWorkerKills(Harm.each(t, 8))));
        tests.put("server-kill", (s, t) -> torture(s, t, Harm.CALM.withServerKills(Harm.each(t, 25))));
        tests.put("connection-kill", (s, t) -> torture(s, t, Harm.CALM.withConnectionKills(Harm.each(t, 2))));
        tests.put("network", (s, t) -> torture(s, t, Harm.CALM.withBadNetwork()));
        tests.put("clocks", (s, t) -> clocks(s, t));
        tests.put("told-twice", (s, t) -> ToldTwice.faults(s, t));
        tests.put("locks", (s, t) -> torture(s, t, Harm.CALM.withSteerers(LOCK_STEERERS)));
        tests.put("reference", (s, t) -> Reference.faults(s, t.dividedBy(4)));
        tests.put("plans", (s, t) -> Plans.faults(s, s.options().number("tasks", A_MILLION)));
        tests.put("held-snapshot", (s, t) -> Steady.faults(s, t, true));
        tests.put("soak", (s, t) -> Steady.faults(s, t, false));
        tests.put("migrations", (s, t) -> MigrationsAgain.faults(s));
        tests.put("privileges", (s, t) -> Strangers.faults(s));
        more.put(
                "torture",
                (s, t) -> torture(
                        s,
                        t,
                        Harm.CALM
                                .withSteerers(LOCK_STEERERS)
                                .withWorkerKills(Harm.each(t, 10))
                                .withServerKills(Harm.each(t, 80))
                                .withConnectionKills(Harm.each(t, 15))));
    }

    /// What one of them found wrong in so long, each as a sentence.
    List<String> faults(String name, Stage stage, Duration time) throws Exception {
        return Optional.ofNullable(tests.get(name))
                .or(() -> Optional.ofNullable(more.get(name)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no test " + name + "; there are " + tests.keySet() + " and " + more.keySet()))
                .faults(stage, time);
    }

    @Override
    public Figures run(Stage stage) throws Exception {
        var names = stage.options().words().isEmpty()
                ? List.copyOf(tests.keySet())
                : stage.options().words();
        var time = Duration.ofSeconds((long) (60 * stage.options().decimal("minutes", DEFAULT_MINUTES)));
        var failed = 0;
        for (var name : names) {
            stage.say("%s …", name);
            var faults = faults(name, stage, time);
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
                .condition("minutes", time.toSeconds() / 60.0);
    }

    private List<String> torture(Stage stage, Duration time, Harm harm) throws Exception {
        var verdict = new Torture(stage, harm).run(time);
        deadlocks += verdict.deadlocks();
        doubled += verdict.doubled();
        stranded += verdict.stranded();
        stage.say("  %s", verdict);
        if (verdict.passed()) {
            return List.of();
        }
        return verdict.faults().isEmpty() ? List.of("see the counts") : verdict.faults();
    }

    /// Workers of whom one is an hour ahead, one an hour behind, one runs fast and one slow; a console that is
    /// ahead; and a server that is two hours behind and runs fast.
    private List<String> clocks(Stage stage, Duration time) throws Exception {
        if (!Files.isExecutable(FAKETIME)) {
            return List.of("there is no " + FAKETIME + ": install Debian's faketime");
        }
        var harm = Harm.CALM.withClocks(Stream.of("+1h", "-1h", "+0 x1.2", "-5m x0.9")
                .map(ReliabilityBenchmark::clock)
                .toList());
        try (var behind = new Stage(stage.options(), PostgresServer.start("", clock("-2h x1.1")))) {
            return torture(behind, time, harm);
        }
    }

    private static List<String> clock(String shift) {
        return List.of("env", "FAKETIME_DONT_FAKE_MONOTONIC=1", FAKETIME.toString(), "-f", shift);
    }
}
