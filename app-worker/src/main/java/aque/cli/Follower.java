package aque.cli;

import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Streams the output of a task or of all tasks of a job until it has ended. Woken by the farm's changes; while
/// something
/// runs it looks at the running logs a few times a second.
final class Follower {
    private static final Duration RUNNING = Duration.ofMillis(200);
    private static final Duration WAITING = Duration.ofSeconds(2);
    private static final LogPrinter.Format PLAIN =
            new LogPrinter.Format(Optional.empty(), Optional.empty(), false, true);

    private record Attempt(TaskId task, int number) {}

    private final Shell shell;
    private final TaskId id;
    private final Map<Attempt, LogPrinter> printing = new HashMap<>();
    private final Set<Attempt> done = new HashSet<>();

    Follower(Shell shell, TaskId id) {
        this.shell = shell;
        this.id = id;
    }

    /// The task as it ended.
    TaskView toEnd(Runnable each) throws InterruptedException {
        try (var ears = new Ears(shell.database().address())) {
            while (true) {
                each.run();
                var task = shell.farm().task(id).orElseThrow();
                var tasks = task.kind() == TaskKind.GROUP ? shell.farm().tasksOfJob(task.job()) : List.of(task);
                tasks.forEach(this::look);
                var active = !printing.isEmpty();
                printing.entrySet().removeIf(e -> done.contains(e.getKey()));
                if (task.state().ended()) {
                    return task;
                }
                ears.await(active ? RUNNING : WAITING);
            }
        }
    }

    private void look(TaskView t) {
        if (t.kind() == TaskKind.GROUP || t.attempt() == 0) {
            return;
        }
        // An attempt that was cut short by a retry still has its say before the next one.
        for (var n = 1; n <= t.attempt(); n++) {
            var attempt = new Attempt(t.id(), n);
            if (done.contains(attempt)) {
                continue;
            }
            printing.computeIfAbsent(attempt, a -> new LogPrinter(shell, a.task(), a.number(), PLAIN))
                    .print();
            if (n < t.attempt()
                    || t.state().ended()
                    || t.state() == TaskState.PENDING
                    || t.state() == TaskState.WAITING) {
                done.add(attempt);
            }
        }
    }
}
