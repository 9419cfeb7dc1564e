package aque.desktop;

import aque.desktop.feed.OpenJob;
import aque.desktop.feed.Row;
import aque.desktop.tasks.TasksView;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the next failed task of the chosen job after the chosen one, around its end. FX thread.
record NextError(Session session, TasksView tasks) {

    void choose() {
        var lead = session.selection.lead().get();
        lead.flatMap(session.model::row)
                .flatMap(row -> session.model.open(row.view().job()))
                .flatMap(job -> after(lead.orElseThrow(), job))
                .ifPresent(row -> {
                    session.selection.only(row.id());
                    tasks.reveal(row.id());
                });
    }

    private static Optional<Row> after(TaskId lead, OpenJob job) {
        List<Row> failed = job.rows().stream()
                .filter(row -> !row.isGroup() && row.tone() == Tone.ERROR)
                .sorted(Comparator.comparing(Row::id))
                .toList();
        return failed.stream()
                .filter(row -> row.id().compareTo(lead) > 0)
                .findFirst()
                .or(() -> failed.stream().findFirst());
    }
}
