package aque.benchmark;

import aque.broker.Broker;
import aque.event.Hints;
import aque.submit.Submission;
import java.util.ArrayList;

/// `submit`: one durable call from Java for 100,000 tasks: side by side, with 180,000 edges, and half after half.
final class SubmitBenchmark implements Benchmark {
    @Override
    public Figures run(Stage stage) throws Exception {
        var rounds = stage.options().rounds();
        var n = stage.options().number("tasks", 100_000);
        var flat = new ArrayList<Double>();
        var dag = new ArrayList<Double>();
        var gated = new ArrayList<Double>();
        try (var database = stage.farm(2)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            broker.submit(Jobs.dag(Math.min(n, 10_000)));
            for (var round = 1; round <= rounds; round++) {
                stage.settle(database);
                flat.add(seconds(broker, Jobs.flat(n)));
                stage.settle(database);
                dag.add(seconds(broker, Jobs.dag(n)));
                stage.settle(database);
                gated.add(seconds(broker, Jobs.gated(n)));
                stage.say(
                        "round %d: flat %.2f s, edges %.2f s, gated %.2f s",
                        round, flat.getLast(), dag.getLast(), gated.getLast());
            }
        }
        return new Figures()
                .median("flat_s", Samples.of(flat))
                .median("dag_s", Samples.of(dag))
                .median("gated_s", Samples.of(gated))
                .condition("tasks", n)
                .condition("edges", n / 10 * 9 * 2)
                .condition("rounds", rounds);
    }

    private static double seconds(Broker broker, Submission job) {
        var began = System.nanoTime();
        broker.submit(job);
        return (System.nanoTime() - began) / 1e9;
    }
}
