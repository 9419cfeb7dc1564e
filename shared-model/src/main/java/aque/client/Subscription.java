package aque.client;

import aque.event.FarmEvent;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One handler's place among the listeners, until it is closed. Any thread.
public final class Subscription implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("aque-client").factory());
    private final Consumer<FarmEvent> handler;
    private final Consumer<Subscription> onClose;

    Subscription(Consumer<FarmEvent> handler, Consumer<Subscription> onClose) {
        this.handler = handler;
        this.onClose = onClose;
    }

    void offer(FarmEvent event) {
        try {
            thread.execute(() -> call(event));
        } catch (RejectedExecutionException e) {
            log.debug("closed meanwhile", e);
        }
    }

    private void call(FarmEvent event) {
        try {
            handler.accept(event);
        } catch (RuntimeException e) {
            log.warn("a handler failed", e);
        }
    }

    /// It hears nothing more; an event that is being handled is handled to its end.
    @Override
    public void close() {
        onClose.accept(this);
        thread.shutdown();
    }
}
