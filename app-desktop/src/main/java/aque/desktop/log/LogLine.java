package aque.desktop.log;

import aque.log.Channel;
import java.time.Instant;

/// One line that a task wrote, as it wrote it, without its end.
record LogLine(Instant at, Channel channel, String raw) {

    /// What a person reads: without the escape sequences.
    String text() {
        return AnsiText.plain(raw);
    }
}
