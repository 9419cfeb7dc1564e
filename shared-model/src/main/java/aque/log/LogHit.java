package aque.log;

import java.time.Instant;

/// A line that was looked for and found.
///
/// @param place where the line ends
/// @param position about how many bytes of the log, all channels together, are before it
/// @param line without escape sequences, cut where it is very long
public record LogHit(LogId log, LogPlace place, long position, Channel channel, Instant at, String line) {}
