package aque.farm;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How long one kind of thing is kept after its job has ended; what has no rule is kept for good.
///
/// @param folder where the logs are written before they go; empty when they just go
public record Retention(What what, Duration keep, Optional<String> folder) {
    /// What goes.
    public enum What {
        /// What tasks wrote.
        LOGS,
        /// Their curves of cpu and memory.
        USAGE,
        /// Jobs with all that belongs to them.
        JOBS;

        /// As people type it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
