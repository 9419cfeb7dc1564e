package aque.client;

import aque.broker.Broker;
import aque.log.Channel;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.task.TaskView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A task or job that somebody waits for. Any thread.
public final class Handle {
    private static final int PAGE = 1 << 20;

    private final TaskView start;
    private final Broker broker;
    private final LogStore logs;
    private final CompletableFuture<TaskView> end = new CompletableFuture<>();

    Handle(TaskView start, Broker broker, LogStore logs) {
        this.start = start;
        this.broker = broker;
        this.logs = logs;
    }

    public TaskId id() {
        return start.id();
    }

    /// As it was when this handle was made.
    TaskView start() {
        return start;
    }

    /// Completes at its end, of whichever kind: success, error (blocked, too), killed, cancelled. Exceptionally
    /// only when it is removed before (`NoSuchElementException`) or the client is closed
    /// (`CancellationException`). Continuations run on threads of their own. A retry after that is another end,
    /// of another handle.
    public CompletableFuture<TaskView> ended() {
        return end.copy();
    }

    /// What it wrote to its standard output, as far as that is there; of a task's last attempt.
    public String output() {
        var out = new ByteArrayOutputStream();
        var attempt = logs.lastAttempt(id()).orElse(0);
        var page = logs.read(id(), attempt, 0, PAGE);
        while (!page.chunks().isEmpty()) {
            page.chunks().stream().filter(c -> c.channel() == Channel.STDOUT).forEach(c -> out.writeBytes(c.data()));
            page = logs.read(id(), attempt, page.nextSeq(), PAGE);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Cancels what of it has not started.
    public void cancel() {
        broker.cancel(List.of(id()));
    }

    /// Cancels what has not started, and stops what runs.
    public void kill() {
        broker.kill(List.of(id()));
    }

    void end(TaskView task) {
        Thread.startVirtualThread(() -> end.complete(task));
    }

    void fail(RuntimeException why) {
        Thread.startVirtualThread(() -> end.completeExceptionally(why));
    }
}
