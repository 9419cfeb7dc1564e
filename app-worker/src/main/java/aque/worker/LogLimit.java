package aque.worker;

/// How much of each of a task's streams the database keeps, bytes: its head and its tail, with a mark between.
///
/// @param elsewhere whether all of it stays on the worker, see [KeptOutput]
record LogLimit(long head, long tail, boolean elsewhere) {
    /// @param bytes for both streams of a task together
    static LogLimit of(long bytes) {
        return new LogLimit(bytes / 4, bytes / 4, false);
    }

    /// The same, with all of it on the worker.
    LogLimit andElsewhere() {
        return new LogLimit(head, tail, true);
    }

    /// After so much more the middle is dropped again.
    long step() {
        return Math.max(1, tail / 4);
    }

    /// Whether, with the bytes up to `end` written after those up to `before`, it is time to drop.
    boolean isDue(long before, long end) {
        return end > head + tail + step() && before / step() != end / step();
    }
}
