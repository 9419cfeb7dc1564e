package aque.usage;

import java.time.Instant;

/// What all tasks of one worker used together, over a step of time.
///
/// @param cpuMilli thousandths of a core, on average
/// @param memory bytes, the most of each task
/// @param tasks how many tasks ran
public record LoadSample(Instant at, int cpuMilli, long memory, int tasks) {}
