package aque.openjd;

/// A file that a job reads as it is, though it may change after the submit: frames made from another one are flagged.
///
/// @param path absolute, of the submitting machine
/// @param size bytes
/// @param modified milliseconds since 1970
public record Watched(String path, long size, long modified) {}
