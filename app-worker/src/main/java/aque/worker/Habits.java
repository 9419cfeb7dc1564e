package aque.worker;

import aque.schedule.Hours;
import aque.schedule.WorkerSetting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// When a worker works, and what it counts for the farm; its operator says so.
///
/// @param hours of the day; empty always
/// @param idle only while nobody sits at the machine
/// @param idleCommand tells that, where there is one; see [Idle]
/// @param limits of the farm's limits, the commands that print how much there is of each
public record Habits(
        Optional<Hours> hours, Optional<Idle> idle, Optional<String> idleCommand, Map<String, String> limits) {
    public static final Habits NONE = new Habits(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    /// Idle-machine mode: the machine joins the farm when its user has been away for a while, and leaves at once.
    ///
    /// @param command prints the milliseconds since the last key, as `xprintidle` does; empty: the terminals tell
    public record Idle(Duration after, Optional<String> command) {}

    /// What the farm says over these.
    Habits with(WorkerSetting farm) {
        return new Habits(
                farm.hours().or(() -> hours),
                farm.idleAfter()
                        .map(seconds -> new Idle(Duration.ofSeconds(seconds), idleCommand))
                        .or(() -> idle),
                idleCommand,
                limits);
    }
}
