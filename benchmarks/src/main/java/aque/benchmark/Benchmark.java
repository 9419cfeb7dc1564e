package aque.benchmark;

/// One thing that is measured. Run once a process, by [BenchmarkMain], on its main thread.
@FunctionalInterface
interface Benchmark {
    /// Measures in as many rounds as the options say, the peer's round beside each of its own.
    Figures run(Stage stage) throws Exception;
}
