package aque.session;

/// How an action ended.
public sealed interface ActionEnd {

    /// By itself; 0 is success.
    record Exited(int code) implements ActionEnd {}

    /// By a signal that the runner did not send.
    record Signalled(int signal) implements ActionEnd {}

    /// Cancelled, by the worker or because its lines asked for it.
    record Cancelled() implements ActionEnd {}

    /// Cancelled since its time was over.
    record TimedOut() implements ActionEnd {}

    /// It exited with 0, but a line of its output tells of an error.
    record Complained(String line) implements ActionEnd {}

    /// It never ran.
    record NotStarted(String why) implements ActionEnd {}

    default boolean isSuccess() {
        return this instanceof Exited exited && exited.code() == 0;
    }
}
