package aque.session;

import java.util.function.UnaryOperator;

/// The machine that a session is on.
///
/// @param disk whose its files are
/// @param here what a text with paths of other machines is on this one
public record SessionHost(Disk disk, UnaryOperator<String> here) {
    /// Of the worker's own user, whose paths are everybody's.
    public static final SessionHost PLAIN = new SessionHost(Disk.OWN, UnaryOperator.identity());
}
