package aque.desktop.graph;

import aque.desktop.feed.Row;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Finds jobs by their names, and steps and tasks of the jobs that are open, and goes from one to the next. FX thread.
final class GraphFind {
    /// More than this nobody steps through.
    private static final int MOST = 1000;

    private final GraphModel model;
    private final Runnable changed;
    private final Consumer<TaskId> go;
    private final ReadOnlyObjectWrapper<Hits> hits = new ReadOnlyObjectWrapper<>(Hits.NONE);
    private Set<TaskId> found = Set.of();

    /// What was found, and which of it is looked at.
    ///
    /// @param at counts from 0; -1 before the first
    record Hits(List<TaskId> ids, int at) {
        static final Hits NONE = new Hits(List.of(), -1);
    }

    GraphFind(GraphModel model, Runnable changed, Consumer<TaskId> go) {
        this.model = model;
        this.changed = changed;
        this.go = go;
    }

    ReadOnlyObjectProperty<Hits> hits() {
        return hits.getReadOnlyProperty();
    }

    Set<TaskId> found() {
        return found;
    }

    /// Looks for names that hold this; an empty one finds nothing.
    void search(String text) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        var ids = new ArrayList<TaskId>();
        if (!wanted.isEmpty()) {
            rows().filter(row -> row.view().name().toLowerCase(Locale.ROOT).contains(wanted)
                            || row.id().toString().equals(wanted))
                    .limit(MOST)
                    .map(Row::id)
                    .forEach(ids::add);
        }
        found = Set.copyOf(ids);
        hits.set(new Hits(List.copyOf(ids), -1));
        changed.run();
    }

    /// Goes to the next one, after the last to the first.
    void next() {
        step(1);
    }

    void previous() {
        step(-1);
    }

    private void step(int by) {
        var now = hits.get();
        if (!now.ids().isEmpty()) {
            int at = now.at() < 0 && by < 0
                    ? now.ids().size() - 1
                    : Math.floorMod(now.at() + by, now.ids().size());
            hits.set(new Hits(now.ids(), at));
            go.accept(now.ids().get(at));
        }
    }

    private Stream<Row> rows() {
        var jobs = model.farm().jobs();
        var inside = jobs.stream()
                .flatMap(job -> model.picture(job.id()).stream())
                .flatMap(picture -> picture.job().rows().stream())
                .filter(row -> !row.view().isJob())
                .sorted(java.util.Comparator.comparing(Row::id));
        return Stream.concat(jobs.stream(), inside);
    }
}
