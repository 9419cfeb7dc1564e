package aque.desktop;

import aque.desktop.tasks.TasksView;
import aque.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Unfolds and chooses again what was unfolded and chosen, as the farm tells of it. Gives up after a while: a job may
/// be
/// gone; and at once when somebody chooses something else. FX thread.
final class Restorer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Session session;
    private final TasksView tasks;
    private final WindowState state;
    private final Set<TaskId> unfold;
    private final Set<TaskId> ownChoices = new HashSet<>();
    private final Instant began = Instant.now();
    private boolean done;

    Restorer(Session session, TasksView tasks, WindowState state) {
        this.session = session;
        this.tasks = tasks;
        this.state = state;
        this.unfold = state.unfolded().stream().map(TaskId::new).collect(Collectors.toSet());
    }

    void restore() {
        session.model.listen(change -> look());
        look();
    }

    private void look() {
        if (done) {
            return;
        }
        for (var job : Set.copyOf(unfold)) {
            if (session.model.job(job).isPresent()) {
                unfold.remove(job);
                tasks.unfold(job);
            }
        }
        if (touched()) {
            done = unfold.isEmpty();
            return;
        }
        state.chosenJob().filter(job -> session.model.job(job).isPresent()).ifPresent(this::choose);
        state.chosenTask().filter(task -> session.model.row(task).isPresent()).ifPresent(task -> {
            choose(task);
            tasks.reveal(task);
            done = unfold.isEmpty();
        });
        done |= began.plus(PATIENCE).isBefore(Instant.now());
    }

    private void choose(TaskId id) {
        if (ownChoices.add(id)) {
            session.selection.only(id);
        }
    }

    /// The tree chooses its first job by itself when nothing else is; anything else was a person.
    private boolean touched() {
        var lead = session.selection.lead().get();
        var first = session.tasks.shownIds().stream().findFirst();
        return lead.isPresent() && !lead.equals(first) && !ownChoices.contains(lead.get());
    }
}
