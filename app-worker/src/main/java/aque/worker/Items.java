package aque.worker;

/// What a task's process is to do, one after the other, as it asks. Any thread.
@FunctionalInterface
interface Items {
    /// Waits for the next one.
    ///
    /// @param said why the one before has failed; "" when it is done well, or there was none
    /// @return the task's number, its attempt and the item, with a blank between; "" when there is no other
    String next(String said) throws InterruptedException;
}
