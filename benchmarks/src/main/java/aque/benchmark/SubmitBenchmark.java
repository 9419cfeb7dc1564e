package aque.benchmark;

import aque.broker.Broker;
import aque.event.Hints;
import aque.submit.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `submit`: one durable call from Java for 100,000 tasks: side by side, with 180,000 edges, and half after half. Then
/// a
/// template of a million tasks, checked and submitted by the command with its usual heap of 512 MB.
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
        return template(stage)
                .median("flat_s", Samples.of(flat))
                .median("dag_s", Samples.of(dag))
                .median("gated_s", Samples.of(gated))
                .condition("tasks", n)
                .condition("edges", n / 10 * 9 * 2)
                .condition("rounds", rounds);
    }

    private static Figures template(Stage stage) throws IOException, InterruptedException {
        var n = stage.options().number("template-tasks", 1_000_000);
        var rounds = Math.min(3, stage.options().rounds());
        var file = Files.writeString(Files.createTempFile("aque-template-", ".yaml"), """
            specificationVersion: jobtemplate-2023-09
            name: million
            steps:
            - name: render
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: "1-%d"}]}
              script: {actions: {onRun: {command: "true", args: ["{{Task.Param.Frame}}"]}}}
            """.formatted(n));
        var check = new ArrayList<Double>();
        var submit = new ArrayList<Double>();
        try {
            for (var round = 1; round <= rounds; round++) {
                var broker = Map.of("AQUE_BROKER", stage.server().freshFarm().toString());
                check.add(Launched.milliseconds(List.of(Launched.AQUE, "check", file.toString()), broker) / 1000);
                submit.add(Launched.milliseconds(List.of(Launched.AQUE, "submit", file.toString()), broker) / 1000);
                stage.say("template: checked in %.2f s, submitted in %.1f s", check.getLast(), submit.getLast());
            }
        } finally {
            Files.delete(file);
        }
        return new Figures()
                .median("template_check_s", Samples.of(check))
                .median("template_s", Samples.of(submit))
                .condition("template_tasks", n)
                .condition("heap", "512 MB");
    }

    private static double seconds(Broker broker, Submission job) {
        var began = System.nanoTime();
        broker.submit(job);
        return (System.nanoTime() - began) / 1e9;
    }
}
