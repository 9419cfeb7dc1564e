package aque.process;

import aque.log.Channel;

/// Takes what one child writes, piece by piece in order, each byte once. Called on the one thread that reads
/// for all children: it must return at once.
@FunctionalInterface
public interface OutputSink {

    /// Takes a piece of at most 64 KiB, always.
    ///
    /// @param more to be run, on any thread, when there is room again after this method returned false
    /// @return false when the sink is full: nothing more of this channel is read, and the child waits, until
    ///     `more` is run
    boolean accept(Channel channel, byte[] piece, Runnable more);
}
