package aque.worker;

/// How much of each of a task's streams is kept, bytes: its head and its tail, with a mark between.
record LogLimit(long head, long tail) {
    /// @param bytes for both streams of a task together
    static LogLimit of(long bytes) {
        return new LogLimit(bytes / 4, bytes / 4);
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
