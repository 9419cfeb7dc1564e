package aque.farm;

import java.time.Instant;

/// How busy the farm was at one moment, or on average over a step of time. Cpus in thousandths of a core, memory in
/// bytes: what the workers have, and what of it was given to tasks.
public record FarmSample(
        Instant at, int workers, long cpuMilli, long usedCpuMilli, long memory, long usedMemory, int running) {}
