package aque.desktop;

import aque.desktop.feed.Row;
import aque.desktop.tasks.TasksView;
import aque.task.TaskId;
import aque.task.TaskState;
import java.time.Instant;
import java.util.Comparator;

/// Opens one job when the farm has told of it: chooses it, unfolds it and the step that runs, chooses a task that has
/// run for a while. FX thread; done once, then it keeps quiet.
final class JobOpener {
    /// Further down in its step, a task would push its job out of sight.
    private static final int FAR = 8;

    private final Session session;
    private final TasksView tasks;
    private final TaskId job;
    private boolean unfolded;
    private boolean done;

    JobOpener(Session session, TasksView tasks, TaskId job) {
        this.session = session;
        this.tasks = tasks;
        this.job = job;
    }

    void open() {
        session.model.listen(change -> look());
        look();
    }

    private void look() {
        if (done || session.model.row(job).isEmpty()) {
            return;
        }
        if (!unfolded) {
            unfolded = true;
            session.selection.only(job);
            tasks.unfold(job);
        }
        var running = session.model.open(job).stream()
                .flatMap(open -> open.rows().stream())
                .filter(row -> !row.isGroup() && row.view().state() == TaskState.RUNNING)
                .sorted(Comparator.comparing(row -> row.view().started().orElse(Instant.EPOCH)))
                .toList();
        if (!running.isEmpty()) {
            choose(running.get(running.size() / 2));
        }
    }

    private void choose(Row row) {
        done = true;
        session.selection.only(row.id());
        if (place(row) < FAR) {
            tasks.reveal(row.id());
        }
    }

    private static int place(Row row) {
        return row.parent().map(step -> step.children().indexOf(row)).orElse(0);
    }
}
