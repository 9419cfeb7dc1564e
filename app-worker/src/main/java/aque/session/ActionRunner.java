package aque.session;

/// Runs one action's process to its end, feeding its output lines. Implemented by the worker.
public interface ActionRunner {

    /// Returns when the process and all that it started are gone, whatever the reason; cancels it by the action's own
    /// method when its time is over, when its lines ask for that, or when the worker wants it.
    ///
    /// @throws InterruptedException when the thread was interrupted; the process is gone then, too
    ActionEnd run(Action action) throws InterruptedException;
}
