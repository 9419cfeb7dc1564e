package aque.cli;

import aque.db.Address;
import aque.event.Hint;
import aque.event.Listener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waiting without polling: woken when the farm changes, by itself after a while at most.
final class Ears implements AutoCloseable {
    private final Semaphore heard = new Semaphore(0);
    private final Listener listener;

    Ears(Address address) {
        listener = new Listener(address, Set.of(Hint.Topic.FEED), h -> heard.release(), heard::release).start();
    }

    /// Returns when something changed, or after `most`.
    void await(Duration most) throws InterruptedException {
        if (heard.tryAcquire(Math.max(1, most.toMillis()), TimeUnit.MILLISECONDS)) {
            heard.drainPermits();
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
