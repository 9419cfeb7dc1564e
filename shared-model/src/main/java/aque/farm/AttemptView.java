package aque.farm;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One ended attempt of a task, for the history.
///
/// @param end `success`, `error`, `killed`, `requeued` or `lost`
public record AttemptView(
        int attempt,
        String worker,
        Instant started,
        Instant ended,
        String end,
        String reason,
        OptionalInt exitCode,
        OptionalInt signal,
        OptionalLong peakMemory,
        OptionalLong cpuMillis) {}
