package aque.desktop;

import aque.desktop.feed.OpenJob;
import aque.desktop.feed.Row;
import aque.desktop.tasks.TasksView;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds the next failed task after the chosen one: in its job, then the next job of the tree with a failure, around
/// its end. FX thread.
record NextError(Session session, TasksView tasks) {

    void choose() {
        var lead = session.selection.lead().get();
        inJob(lead).or(() -> nextJob(lead)).ifPresent(row -> {
            session.selection.only(row.id());
            tasks.reveal(row.id());
        });
    }

    private Optional<Row> inJob(Optional<TaskId> lead) {
        var chosen = lead.flatMap(session.model::row);
        return chosen.flatMap(row -> session.model.open(row.view().job()))
                .flatMap(job -> after(chosen.orElseThrow(), job));
    }

    /// Of a group the first: its own id says nothing, a job's is larger than those of its tasks.
    private static Optional<Row> after(Row chosen, OpenJob job) {
        return job.rows().stream()
                .filter(row -> !row.isGroup() && row.tone() == Tone.ERROR)
                .filter(row -> chosen.isGroup() || row.id().compareTo(chosen.id()) > 0)
                .min(Comparator.comparing(Row::id));
    }

    /// The job itself: its tasks are read when it is chosen.
    private Optional<Row> nextJob(Optional<TaskId> lead) {
        List<TaskId> shown = session.tasks.shownIds();
        int from = lead.flatMap(session.model::row)
                .map(row -> shown.indexOf(row.view().job()))
                .orElse(-1);
        return IntStream.rangeClosed(1, shown.size())
                .mapToObj(step -> shown.get((from + step) % shown.size()))
                .flatMap(id -> session.model.job(id).stream())
                .filter(job -> job.tally().of(Tone.ERROR) > 0)
                .findFirst();
    }
}
