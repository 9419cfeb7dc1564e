package aque.usage;

import aque.task.TaskId;
import java.time.Instant;

/// What the process tree of one attempt used at one moment (A102).
///
/// @param cpuMilli thousandths of a core since the sample before
/// @param memory resident bytes of all processes together
/// @param readBytes bytes read from storage since the start; `writeBytes` likewise
/// @param processes how many processes were alive
public record UsageSample(
        TaskId task,
        int attempt,
        Instant at,
        int cpuMilli,
        long memory,
        long readBytes,
        long writeBytes,
        int processes) {}
