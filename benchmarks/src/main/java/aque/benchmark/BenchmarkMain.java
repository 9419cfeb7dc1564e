package aque.benchmark;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `benchmarks/run NAME [options]`: progress and a table on standard error; last on standard output one line of JSON.
public final class BenchmarkMain {
    private static final TreeMap<String, Supplier<Benchmark>> ALL = new TreeMap<>();

    static {
        ALL.put("console", ConsoleBenchmark::new);
        ALL.put("console-log", ConsoleLogBenchmark::new);
        ALL.put("acquire", AcquireBenchmark::new);
        ALL.put("commits", CommitsBenchmark::new);
        ALL.put("drain", DrainBenchmark::new);
        ALL.put("feed", FeedBenchmark::new);
        ALL.put("latency", LatencyBenchmark::new);
        ALL.put("log", LogBenchmark::new);
        ALL.put("spawn", SpawnBenchmark::new);
        ALL.put("reliability", ReliabilityBenchmark::new);
        ALL.put("startup", StartupBenchmark::new);
        ALL.put("steer", SteerBenchmark::new);
        ALL.put("submit", SubmitBenchmark::new);
    }

    private BenchmarkMain() {}

    public static void main(String[] args) throws Exception {
        var make = args.length == 0 ? null : ALL.get(args[0]);
        if (make == null) {
            System.err.println("benchmarks/run NAME [options]; names: " + String.join(" ", ALL.keySet()));
            System.exit(2);
            return;
        }
        Logger.getLogger("").setLevel(Level.WARNING);
        var options = Options.of(Arrays.asList(args).subList(1, args.length));
        try (var stage = new Stage(options)) {
            var figures = make.get()
                    .run(stage)
                    .condition("cores", Runtime.getRuntime().availableProcessors());
            if (stage.hasServer()) {
                figures.condition("postgresql", stage.server().version());
            }
            System.err.print(figures.table(args[0]));
            System.out.println(figures.json(args[0]));
        }
        System.exit(0);
    }
}
