package aque.benchmark;

import aque.broker.Broker;
import aque.db.Database;
import aque.event.Hints;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/// `console`: the real console, in a process of its own on the headless platform, on a farm of 5,000 jobs, one of them
/// with 100,000 tasks, and 2,000 workers, of which 1,000 tasks change every second. `--minutes` says how long the storm
/// lasts; in its last quarter the console's connections are cut again and again. Then a log of a gigabyte. The storm
/// blows before the console starts, so that every figure holds in it; some of the jobs that it plays with are unfolded,
/// so that their tasks are shown, and compared with the tables, too.
final class ConsoleBenchmark implements Benchmark {
    private static final int STEPS = 10;
    private static final int SMALL = 20;
    private static final int UNFOLDED = 10_000;
    /// Jobs of the storm that somebody has unfolded.
    private static final int WATCHED = 8;
    private static final Duration MARK = Duration.ofMillis(200);

    @Override
    public Figures run(Stage stage) throws Exception {
        var options = stage.options();
        int jobs = options.number("jobs", 5000);
        int tasks = options.number("tasks", 100_000);
        int seconds = options.has("seconds") ? options.number("seconds", 60) : 60 * options.number("minutes", 20);
        var figures = new Figures();
        try (var database = stage.farm(6)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            var farm = fill(stage, database, broker, jobs, tasks);
            var cache = Files.createTempDirectory("aque-console").resolve("console.aot");
            ConsoleProcess.rehearse(cache);
            stage.say("the console is rehearsed");
            var storm = new Storm(database, farm.small(), options.number("changes", 1000));
            try (storm;
                    var console = new ConsoleProcess(database.address(), farm.marker(), cache)) {
                figures.figure("first_rows_ms", console.expect("first_rows_ms"));
                stage.say("the console shows rows");
                console.ask("settle");
                figures.figure("open_100k_ms", console.ask("open " + farm.big()));
                play(stage, database, broker, farm, console, storm, seconds, figures);
                storm.close();
                figures.figure("rows_wrong", settled(console));
                figures.figure("heap_mb", console.ask("heap"));
            }
        }
        figures.condition("jobs", jobs)
                .condition("tasks_of_one", tasks)
                .condition("workers", options.number("workers", 2000))
                .condition("seconds", seconds);
        return options.has("no-log") ? figures : ConsoleLogBenchmark.into(figures, stage);
    }

    /// What the storm plays with.
    private record Filled(TaskId big, TaskId layered, TaskId marker, List<TaskId> small) {}

    private static Filled fill(Stage stage, Database database, Broker broker, int jobs, int tasks) throws Exception {
        var big = broker.submit(big(tasks)).id();
        var layered = broker.submit(Jobs.dag(UNFOLDED)).id();
        var small = new ArrayList<TaskId>();
        for (int i = 0; i < jobs - 3; i++) {
            small.add(broker.submit(small("shot_%04d".formatted(i))).id());
        }
        var marker = broker.submit(small("marker")).id();
        broker.hold(List.of(big, layered, marker));
        workers(database, stage.options().number("workers", 2000));
        stage.settle(database);
        stage.say("%d jobs are there", jobs);
        return new Filled(big, layered, marker, List.copyOf(small));
    }

    private static void workers(Database database, int workers) {
        sql(database, """
                INSERT INTO worker (worker_id, name, host, incarnation, cpu_m, memory, capabilities, version)
                SELECT nextval('worker_seq'), 'node' || i, 'node' || i, gen_random_uuid(), 16000, 64::bigint << 30,
                       '{"host":"node' || i || '","platform":"linux","user":"bench","cpuMilli":16000,'
                       || '"memory":68719476736,"amounts":{},"attributes":{}}', 'bench'
                  FROM generate_series(1, %d) i""".formatted(workers));
    }

    private static void sql(Database database, String statement) {
        database.<Boolean, RuntimeException>read(c -> {
            try (var s = c.createStatement()) {
                return s.execute(statement);
            }
        });
    }

    private static aque.submit.Submission big(int tasks) {
        var all = new ArrayList<NewTask>(tasks + STEPS + 1);
        all.add(NewTask.group("big", -1, List.of()));
        for (int step = 0; step < STEPS; step++) {
            all.add(NewTask.group("step" + step, 0, step == 0 ? List.of() : List.of(step)));
        }
        for (int i = 0; i < tasks; i++) {
            all.add(task("%06d".formatted(i), 1 + i % STEPS));
        }
        return Jobs.job("big", all);
    }

    private static aque.submit.Submission small(String title) {
        var all = new ArrayList<NewTask>();
        all.add(NewTask.group(title, -1, List.of()));
        for (int i = 0; i < SMALL; i++) {
            all.add(task("%04d".formatted(i), 0));
        }
        return Jobs.job(title, all);
    }

    private static NewTask task(String name, int parent) {
        return new NewTask(
                name, new Work.Command(List.of("true")), parent, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE);
    }

    private static void play(
            Stage stage,
            Database database,
            Broker broker,
            Filled farm,
            ConsoleProcess console,
            Storm storm,
            int seconds,
            Figures figures)
            throws Exception {
        figures.figure("graph_folded_fps", console.ask("graph " + farm.big() + " 1"));
        figures.figure("graph_10k_fps", console.ask("graph " + farm.layered() + " " + UNFOLDED));
        stage.say("graph: %s", figures.json("console"));
        for (var job : farm.small()
                .subList(
                        Math.max(0, farm.small().size() - WATCHED), farm.small().size())) {
            console.ask("unfold " + job);
        }
        figures.figure("heap_before_mb", console.ask("heap"));
        console.ask("watch");
        long changes = storm.changes();
        var began = Instant.now();
        var committed = mark(broker, farm.marker(), began.plusSeconds(seconds * 3L / 4));
        figures.figure("longest_stall_ms", console.ask("stall"));
        figures.figure("shown_p95_ms", p95(committed, console.shown()));
        var rate = (storm.changes() - changes)
                * 1000.0
                / Duration.between(began, Instant.now()).toMillis();
        figures.condition("changes_per_s", Math.round(rate));
        stage.say("%.0f changes a second; now the connections are cut", rate);
        cut(database, began.plusSeconds(seconds));
    }

    /// Changes one job again and again.
    ///
    /// @return when each change was committed, to a millisecond
    private static Map<Integer, Instant> mark(Broker broker, TaskId job, Instant until) throws InterruptedException {
        var committed = new HashMap<Integer, Instant>();
        for (int mark = 2000; Instant.now().isBefore(until); mark++) {
            broker.priority(mark, List.of(job));
            committed.put(mark, Instant.now());
            Thread.sleep(MARK);
        }
        return committed;
    }

    /// A mark that another one overtook before it was shown counts from its commit to that one's pulse; one after which
    /// nothing was shown any more counts until now.
    private static double p95(Map<Integer, Instant> committed, Map<Integer, Instant> shown) {
        var millis = new ArrayList<Double>();
        var seen = Instant.now();
        for (int mark :
                committed.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
            seen = shown.getOrDefault(mark, seen);
            var waited = Duration.between(Objects.requireNonNull(committed.get(mark)), seen);
            millis.add(Math.max(0, waited.toNanos() / 1e6));
        }
        return Samples.of(millis).quantile(0.95);
    }

    /// Cuts every connection of the console, at moments that nobody knows before.
    private static void cut(Database database, Instant until) throws Exception {
        while (Instant.now().isBefore(until)) {
            sql(database, """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE application_name LIKE 'aque-desktop%' OR application_name LIKE 'aque-listen%'""");
            Thread.sleep(ThreadLocalRandom.current().nextInt(500, 8000));
        }
    }

    /// How many rows differ from the tables, once everything had fifteen seconds to arrive.
    private static double settled(ConsoleProcess console) throws Exception {
        double wrong = -1;
        for (int i = 0; i < 15 && wrong != 0; i++) {
            Thread.sleep(1000);
            wrong = console.ask("wrong");
        }
        return wrong;
    }
}
