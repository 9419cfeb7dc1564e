package aque.desktop.log;

import aque.log.LogId;
import aque.log.LogPlace;
import java.util.List;
import java.util.Optional;

/// What is known of a log at one moment: the lines in memory and where they stand in the whole. Immutable.
///
/// @param total bytes of the whole log, all channels
/// @param atStart there is nothing before the first line
/// @param atEnd there is nothing after the last line
/// @param moveTo the line at or after this place shall be seen
record LogShown(
        Optional<LogId> log,
        List<LogLine> lines,
        long total,
        boolean atStart,
        boolean atEnd,
        Optional<LogPlace> moveTo) {
    static final LogShown NOTHING = new LogShown(Optional.empty(), List.of(), 0, true, true, Optional.empty());
}
