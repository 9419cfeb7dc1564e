package aque.process;

import java.util.OptionalInt;

/// How a child ended: with a code, by a signal, or unknown to us because the keeper died first.
///
/// @param cpuMillis processor time of the whole tree, as far as known
/// @param peakMemory the most resident bytes seen: of the tree when it was sampled, else of its largest
///     process; 0 when     that is not known, as of a small process that nobody sampled
public record Exit(OptionalInt code, OptionalInt signal, long cpuMillis, long peakMemory, boolean keeperLost) {}
