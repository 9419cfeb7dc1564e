package aque.log;

/// Finds places in bytes whose line may be a hit. What it passes over is none for sure; what it finds is looked at
/// closely by somebody else.
@FunctionalInterface
interface Finder {
    /// A place at or after `from` and before `to`, -1 when there is none.
    int find(byte[] in, int from, int to);
}
