package aque.farm;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A worker as the console and `aque why` see it. Sizes in bytes, cpus in thousandths of a core.
///
/// @param state `up`, `draining` or `lost`
/// @param silent how long ago its last heartbeat was, on the server's clock
/// @param capabilities what it offers beside cpus and memory
/// @param note the latest that somebody left on it, else ""
/// @param aside why it is kept from work, when somebody said so
public record WorkerView(
        int id,
        String name,
        String host,
        String state,
        int cpuMilli,
        long memory,
        int usedCpuMilli,
        long usedMemory,
        int running,
        Instant started,
        Duration silent,
        String version,
        aque.schedule.Capabilities capabilities,
        String note,
        Optional<Aside> aside) {

    /// Somebody set it aside: until when is for a person to say.
    public record Aside(String note, String actor, Instant at) {}
}
