package aque.keeper;

import aque.posix.ProcessId;
import aque.posix.Spawn;
import java.util.List;

/// What a worker and its keeper tell each other. `key` is the worker's number for one start.
public sealed interface Message {

    /// Worker: start this and hold the reading ends of its streams, until [Forget].
    record Start(long key, String label, Spawn spawn) implements Message {}

    /// Worker: all is known about this one.
    record Forget(long key) implements Message {}

    /// Worker: I go and another comes; keep everything alive for it.
    record HandOver() implements Message {}

    /// Keeper: it runs.
    record Started(long key, ProcessId process) implements Message {}

    /// Keeper: it could not be started.
    record Refused(long key, int errno, String sentence) implements Message {}

    /// Keeper: the main process ended.
    ///
    /// @param status as `wait` gives it
    /// @param peakMemory of the largest process of the tree, in bytes; 0 when it was no larger than the keeper
    /// @param orphans whether any process at all has lost its parent and not yet ended
    record Ended(long key, int status, long cpuMicros, long peakMemory, boolean orphans) implements Message {}

    /// Keeper, to a worker that has just come: what I hold. [Started] and [Ended] follow for each.
    record Held(List<Holding> holdings) implements Message {}

    /// One start of a former worker: its key, and the label that the worker gave it.
    record Holding(long key, String label) {}
}
