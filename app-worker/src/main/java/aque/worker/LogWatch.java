package aque.worker;

import aque.event.Hint;
import aque.event.Hints;
import aque.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Whose logs somebody looks at now. Of these, and of no others, the farm is told when they grow, ten times a second
/// at most: a look each second finds what no hint told of. Safe for any thread.
final class LogWatch {
    private static final Duration HOLDS = Duration.ofSeconds(30);
    private static final Duration APART = Duration.ofMillis(100);

    private final Hints hints;
    private final Map<TaskId, Watched> watched = new HashMap<>();

    private record Watched(Instant until, Instant told) {}

    LogWatch(Hints hints) {
        this.hints = hints;
    }

    /// Somebody looks at this task's log from now on, for half a minute.
    synchronized void watch(TaskId task) {
        var now = Instant.now();
        watched.values().removeIf(w -> w.until().isBefore(now));
        var told = watched.getOrDefault(task, new Watched(now, Instant.EPOCH)).told();
        watched.put(task, new Watched(now.plus(HOLDS), told));
    }

    /// Something that this task wrote is in the database.
    synchronized void wrote(TaskId task) {
        var now = Instant.now();
        var known = watched.get(task);
        if (known != null
                && known.until().isAfter(now)
                && known.told().plus(APART).isBefore(now)) {
            watched.put(task, new Watched(known.until(), now));
            hints.send(Hint.log(task));
        }
    }
}
