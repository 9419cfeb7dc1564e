package aque.desktop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;

/// How long the FX thread lets others wait at the most. A control thread that only sleeps sees what the machine does to
/// every thread; what it lost while a wait lasted is not the console's.
final class Stalls {
    private static final long NAP = 1_000_000;

    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    /// Watches from now on, on two threads.
    void start() {
        longest.set(0);
        Thread.ofPlatform().daemon().name("control").start(this::control);
        Thread.ofPlatform().daemon().name("stalls").start(this::ask);
    }

    /// The longest wait in milliseconds.
    double longest() {
        return longest.get() / 1e6;
    }

    private void control() {
        long last = System.nanoTime();
        while (true) {
            LockSupport.parkNanos(NAP);
            long now = System.nanoTime();
            lost.addAndGet(Math.max(0, now - last - 2 * NAP));
            last = now;
        }
    }

    private void ask() {
        try {
            while (true) {
                var answered = new CountDownLatch(1);
                long began = System.nanoTime();
                long before = lost.get();
                Platform.runLater(answered::countDown);
                answered.await();
                long waited = System.nanoTime() - began;
                // The control thread may still sleep through the end of it.
                TimeUnit.MILLISECONDS.sleep(5);
                long own = waited - (lost.get() - before);
                longest.accumulateAndGet(own, Math::max);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
