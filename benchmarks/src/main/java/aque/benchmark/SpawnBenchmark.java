package aque.benchmark;

import aque.broker.Broker;
import aque.event.Hints;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.worker.Worker;
import aque.worker.WorkerOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `spawn`: 2,000 × `/bin/true` through broker and worker, with history, logs and usage kept; beside it a bare loop of
/// `ProcessBuilder`, which keeps nothing, and `xargs -P2`.
final class SpawnBenchmark implements Benchmark {
    private static final String TRUE = "/bin/true";
    private static final int WARM = 200;
    private static final int CPUS = 2;

    @Override
    public Figures run(Stage stage) throws Exception {
        var n = stage.options().number("tasks", 2_000);
        var ours = new ArrayList<Double>();
        var loop = new ArrayList<Double>();
        var xargs = new ArrayList<Double>();
        for (var round = 1; round <= stage.options().rounds(); round++) {
            ours.add(worker(stage, n));
            loop.add(loop(n));
            xargs.add(xargs(n));
            stage.say(
                    "round %d: %.0f, ProcessBuilder %.0f, xargs %.0f a second",
                    round, ours.getLast(), loop.getLast(), xargs.getLast());
        }
        return new Figures()
                .median("tasks_per_s", Samples.of(ours))
                .row("ProcessBuilder loop, /s", Samples.of(loop))
                .row("xargs -P2, /s", Samples.of(xargs))
                .figure(
                        "ratio_processbuilder",
                        Samples.of(ours).median() / Samples.of(loop).median())
                .figure(
                        "ratio_xargs",
                        Samples.of(ours).median() / Samples.of(xargs).median())
                .condition("tasks", n)
                .condition("cpus", CPUS)
                .condition("rounds", stage.options().rounds());
    }

    private static double worker(Stage stage, int n) throws Exception {
        try (var database = stage.farm(8)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            var options = new WorkerOptions(
                    "bench",
                    CPUS * 1000,
                    4L << 30,
                    Map.of(),
                    Map.of(),
                    WorkerOptions.Mode.FOREVER,
                    Optional.empty(),
                    false);
            try (var worker = new Worker(database, options, "bench")) {
                var thread = Thread.ofPlatform().start(() -> work(worker));
                broker.submit(job(WARM));
                await(database);
                stage.settle(database);
                var began = System.nanoTime();
                broker.submit(job(n));
                await(database);
                var seconds = (System.nanoTime() - began) / 1e9;
                worker.drain();
                thread.join();
                return n / seconds;
            }
        }
    }

    private static void work(Worker worker) {
        try {
            worker.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(aque.db.Database database) throws InterruptedException {
        while (DrainBenchmark.left(database)) {
            Thread.sleep(5);
        }
    }

    private static Submission job(int n) {
        var tasks = new ArrayList<NewTask>(n + 1);
        tasks.add(NewTask.group("spawn", -1, List.of()));
        var task =
                new NewTask("true", new Work.Command(List.of(TRUE)), 0, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE);
        tasks.addAll(Collections.nCopies(n, task));
        return Jobs.job("spawn", tasks);
    }

    private static double loop(int n) throws IOException, InterruptedException {
        var began = System.nanoTime();
        for (var i = 0; i < n; i++) {
            var process = new ProcessBuilder(TRUE).start();
            process.getInputStream().readAllBytes();
            process.getErrorStream().readAllBytes();
            process.waitFor();
        }
        return n * 1e9 / (System.nanoTime() - began);
    }

    private static double xargs(int n) throws IOException, InterruptedException {
        var began = System.nanoTime();
        new ProcessBuilder("sh", "-c", "seq " + n + " | xargs -P2 -n1 " + TRUE)
                .inheritIO()
                .start()
                .waitFor();
        return n * 1e9 / (System.nanoTime() - began);
    }
}
