package aque.posix;

/// One process for good: its number may be used again, its number and start together are not.
///
/// @param start clock ticks since the machine's start
public record ProcessId(int pid, long start) {}
