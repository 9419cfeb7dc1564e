package aque.desktop.feed;

import aque.db.Unreachable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Where the console does what takes time: each job on its own named virtual thread, its result back on the FX thread.
/// Failures are logged once and told to the person in one sentence.
public final class Background implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Background.class.getName());

    private final FxBatch<Runnable> results = new FxBatch<>(turn -> turn.forEach(Runnable::run));
    private final Consumer<String> failed;
    private volatile boolean closed;

    /// `failed` gets the sentence of a failure, on the FX thread.
    public Background(Consumer<String> failed) {
        this.failed = failed;
    }

    /// Does `work` and hands its result to `then` on the FX thread.
    public <T> void run(String name, Callable<T> work, Consumer<? super T> then) {
        Thread.ofVirtual().name("aque-" + name).start(() -> {
            try {
                var result = work.call();
                later(() -> then.accept(result));
            } catch (Exception e) {
                failed(name, e);
            }
        });
    }

    /// Does `look` again and again, `pause` apart, until the result is closed. A turn that fails is logged; the
    /// next one comes all the same.
    public AutoCloseable every(String name, Duration pause, Runnable look) {
        var thread = Thread.ofVirtual().name("aque-" + name).start(() -> {
            while (!closed && !Thread.currentThread().isInterrupted()) {
                try {
                    look.run();
                } catch (RuntimeException e) {
                    LOG.log(Level.DEBUG, () -> name + " failed", e);
                }
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        return thread::interrupt;
    }

    /// Does something small on the FX thread. Any thread.
    public void later(Runnable small) {
        results.offer(small);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void failed(String name, Exception e) {
        if (closed) {
            return;
        }
        // A database that is away is no fault of the program: the window says so, the log need not.
        LOG.log(e instanceof Unreachable ? Level.DEBUG : Level.WARNING, () -> name + " failed", e);
        var message = e.getMessage();
        later(() -> failed.accept(message == null || message.isBlank() ? e.toString() : message));
    }
}
