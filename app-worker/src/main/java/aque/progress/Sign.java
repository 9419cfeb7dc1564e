package aque.progress;

/// What a line of output tells of the task that printed it.
public sealed interface Sign {

    /// @param percent from 0 to 100, of the whole task as far as its length is known
    record Progress(double percent) implements Sign {}

    record Status(String text) implements Sign {}

    /// The tool met an error that fails the task, even if it exits with 0.
    record Error(String tool, String line) implements Sign {}

    /// A licence was short: where the task fails, it is not its fault.
    record Licence(String tool, String line) implements Sign {}

    /// A disk was full, stale or away: where the task fails, it is not its fault.
    record Volume(String tool, String line) implements Sign {}
}
