package aque.benchmark;

import aque.broker.Broker;
import aque.db.Database;
import aque.event.Hints;
import aque.submit.Submission;
import aque.worker.InProcessWorker;
import java.util.ArrayList;
import java.util.Map;

/// `drain`: 100,000 tasks that do nothing, by a real worker with several claims in flight; `--dag`: with 180,000 edges.
/// Time runs from the worker's start until the database shows no task that is not in success, so every completion is
/// committed, with its history and its change rows. Beside it graphile-worker, which deletes its rows.
final class DrainBenchmark implements Benchmark {
    private static final int THREADS = 4;
    private static final int WARM = 5_000;
    /// Its default settings complete one job a commit; 20,000 are enough for a rate.
    private static final int DEFAULT_JOBS = 20_000;

    @Override
    public Figures run(Stage stage) throws Exception {
        var options = stage.options();
        var n = options.number("tasks", 100_000);
        var threads = options.number("threads", THREADS);
        var dag = options.has("dag");
        var graphile = dag || options.has("alone") ? java.util.Optional.<Graphile>empty() : Graphile.on(stage.server());
        var ours = new ArrayList<Double>();
        var single = new ArrayList<Double>();
        var batched = new ArrayList<Double>();
        for (var round = 1; round <= options.rounds(); round++) {
            ours.add(rate(stage, dag ? Jobs.dag(n) : Jobs.flat(n), threads));
            stage.say("round %d: %.0f tasks/s", round, ours.getLast());
            if (graphile.isPresent()) {
                single.add(graphile.get().drain("default", 1, Math.min(n, DEFAULT_JOBS)));
                batched.add(graphile.get().drain("batched", 2, n));
                stage.say(
                        "round %d: graphile default %.0f, batched %.0f jobs/s",
                        round, single.getLast(), batched.getLast());
            }
        }
        var figures = new Figures().median(dag ? "dag_tasks_per_s" : "tasks_per_s", Samples.of(ours));
        if (graphile.isPresent()) {
            figures.row("graphile default, jobs/s", Samples.of(single))
                    .row("graphile batched x 2, jobs/s", Samples.of(batched))
                    .figure(
                            "ratio_graphile_default",
                            Samples.of(ours).median() / Samples.of(single).median())
                    .figure(
                            "ratio_graphile_batched",
                            Samples.of(ours).median() / Samples.of(batched).median());
        }
        return figures.condition("tasks", n).condition("threads", threads).condition("rounds", options.rounds());
    }

    private static double rate(Stage stage, Submission job, int threads) throws Exception {
        try (var database = stage.farm(threads + 4)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            broker.submit(Jobs.flat(WARM));
            drain(database, threads);
            broker.submit(job);
            stage.settle(database);
            return job.size() / drain(database, threads);
        }
    }

    /// Seconds until nothing is left.
    static double drain(Database database, int threads) throws InterruptedException {
        var began = System.nanoTime();
        try (var worker = new InProcessWorker(database, "bench", threads, Map.of(Jobs.NO_OP, c -> {}))) {
            while (left(database)) {
                Thread.sleep(5);
            }
            return (System.nanoTime() - began) / 1e9;
        }
    }

    static boolean left(Database database) {
        return database.read(c -> {
            try (var s = c.createStatement();
                    var r = s.executeQuery("SELECT EXISTS (SELECT 1 FROM lane WHERE todo > 0)")) {
                r.next();
                return r.getBoolean(1);
            }
        });
    }
}
