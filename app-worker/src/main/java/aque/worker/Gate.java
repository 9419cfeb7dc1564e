package aque.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Open for starts and ends of processes, closed while everything is handed to another worker. Any thread.
final class Gate {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /// Waits until it is open; it stays so until [#leave()] on the same thread.
    void enter() {
        lock.readLock().lock();
    }

    void leave() {
        lock.readLock().unlock();
    }

    /// Closes it, unless somebody stays inside for too long.
    boolean close(Duration patience) throws InterruptedException {
        return lock.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Opens it again, on the thread that closed it.
    void open() {
        lock.writeLock().unlock();
    }
}
