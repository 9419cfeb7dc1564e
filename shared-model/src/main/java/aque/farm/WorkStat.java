package aque.farm;

import java.time.Duration;
import java.util.Optional;

/// What a host, a group or a day of the farm did.
///
/// @param name of the host or the group, or the day
/// @param done attempts by their ends: in success; `failed`; `lost` with their worker; `taken` back or killed
/// @param worked time of those that succeeded; `wasted` of all others
/// @param waited how long jobs waited for their first start: the mean, empty where none began; `longest` the worst
public record WorkStat(
        String name,
        int done,
        int failed,
        int lost,
        int taken,
        Duration worked,
        Duration wasted,
        Optional<Duration> waited,
        Optional<Duration> longest) {

    /// By what the farm's work is added up.
    public enum By {
        HOST,
        GROUP,
        DAY
    }

    /// Of all the time that tasks ran so much led to nothing, 0 to 1.
    public double waste() {
        var all = worked.plus(wasted).toMillis();
        return all == 0 ? 0 : (double) wasted.toMillis() / all;
    }
}
