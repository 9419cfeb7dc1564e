package aque.benchmark;

import java.util.Arrays;

/// Values of one kind, and what one says about them.
record Samples(double[] sorted) {

    Samples {
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    static Samples of(Iterable<Double> values) {
        var stream = java.util.stream.StreamSupport.stream(values.spliterator(), false);
        return new Samples(stream.mapToDouble(d -> d).toArray());
    }

    double median() {
        var n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /// The value that a share `p` of all does not exceed (nearest rank).
    double quantile(double p) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(p * sorted.length) - 1)];
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[sorted.length - 1];
    }
}
