package aque.event;

import java.time.Duration;
import java.time.Instant;

/// Is what is shown what is true? `since` is when the feed was last read with success.
public record FeedStatus(State state, Instant since) {

    /// How much one may believe it.
    public enum State {
        LIVE,
        LAGGING,
        OFFLINE
    }

    public Duration age(Instant now) {
        return Duration.between(since, now);
    }
}
