package aque.usage;

import aque.task.TaskId;
import java.time.Instant;

/// What the process tree of one attempt used at one moment (A102).
///
/// @param cpuMilli thousandths of a core since the sample before
/// @param memory resident bytes of all processes together
/// @param readBytes bytes read from storage since the start; `writeBytes` likewise
/// @param processes how many processes were alive
/// @param detail what not every machine tells
public record UsageSample(
        TaskId task,
        int attempt,
        Instant at,
        int cpuMilli,
        long memory,
        long readBytes,
        long writeBytes,
        int processes,
        Detail detail) {

    /// Of the whole tree; -1 where it is not known.
    ///
    /// @param threads how many there were
    /// @param share bytes of memory, where what several processes share counts once (PSS)
    /// @param gpuMilli thousandths of a gpu since the sample before; `gpuMemory` bytes on gpus
    public record Detail(int threads, long share, int gpuMilli, long gpuMemory) {
        public static final Detail UNKNOWN = new Detail(-1, -1, -1, -1);

        /// The sums; -1 where one is not known.
        public Detail plus(Detail other) {
            return new Detail(
                    (int) sum(threads, other.threads),
                    sum(share, other.share),
                    (int) sum(gpuMilli, other.gpuMilli),
                    sum(gpuMemory, other.gpuMemory));
        }

        private static long sum(long one, long two) {
            return one < 0 || two < 0 ? -1 : one + two;
        }

        /// Of each the larger.
        public Detail most(Detail other) {
            return new Detail(
                    Math.max(threads, other.threads),
                    Math.max(share, other.share),
                    Math.max(gpuMilli, other.gpuMilli),
                    Math.max(gpuMemory, other.gpuMemory));
        }
    }

    /// Of which nothing more is known.
    public UsageSample(
            TaskId task,
            int attempt,
            Instant at,
            int cpuMilli,
            long memory,
            long readBytes,
            long writeBytes,
            int processes) {
        this(task, attempt, at, cpuMilli, memory, readBytes, writeBytes, processes, Detail.UNKNOWN);
    }

    /// With what other processes used for the same task.
    public UsageSample plus(UsageSample other) {
        return new UsageSample(
                task,
                attempt,
                at,
                cpuMilli + other.cpuMilli,
                memory + other.memory,
                readBytes + other.readBytes,
                writeBytes + other.writeBytes,
                processes + other.processes,
                detail.plus(other.detail));
    }

    /// The same, of another task: a process may do one after the other.
    public UsageSample of(TaskId other, int itsAttempt) {
        return new UsageSample(other, itsAttempt, at, cpuMilli, memory, readBytes, writeBytes, processes, detail);
    }
}
