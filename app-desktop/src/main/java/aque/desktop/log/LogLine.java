package aque.desktop.log;

import aque.log.Ansi;
import aque.log.Channel;
import aque.log.LogPlace;
import java.time.Instant;

/// One line that a task wrote, as it wrote it, without its end.
///
/// @param place where it ends; lines are in the order of their ends
/// @param position bytes of the whole log before its end
record LogLine(LogPlace place, long position, Instant at, Channel channel, String raw) {

    /// What a person reads: without the escape sequences.
    String text() {
        return Ansi.plain(raw);
    }
}
