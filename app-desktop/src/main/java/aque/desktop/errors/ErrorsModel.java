package aque.desktop.errors;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Tone;
import aque.log.Failures;
import aque.log.Failures.Group;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The failed tasks of the chosen job, grouped by what went wrong. Roots only: what is merely blocked by a failed
/// task has not failed. FX thread, no toolkit.
public final class ErrorsModel {
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final Failures failures;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
    private Set<Failed> known = Set.of();
    private boolean asking;

    /// One failed attempt: what is grouped changes with these and nothing else.
    private record Failed(TaskId task, int attempt) {}

    /// @param job whose errors these are; empty when nothing is chosen
    record Shown(Optional<Row> job, List<Group> groups) {
        static final Shown NOTHING = new Shown(Optional.empty(), List.of());

        int tasks() {
            return groups.stream().mapToInt(group -> group.tasks().size()).sum();
        }
    }

    public ErrorsModel(Farm farm, FarmModel model, Selection selection, Background background) {
        this.model = model;
        this.selection = selection;
        this.background = background;
        this.failures = new Failures(farm.logs());
        selection.lead().addListener((o, was, is) -> look());
        model.listen(this::changed);
    }

    // Properties

    ReadOnlyObjectProperty<Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    String nameOf(TaskId task) {
        return model.row(task).map(row -> row.view().name()).orElseGet(task::toString);
    }

    Optional<Row> row(TaskId task) {
        return model.row(task);
    }

    // Commands

    /// Selects all tasks of a group, for whatever shall be done to them.
    void select(Group group) {
        selection.set(group.tasks(), group.tasks().getFirst());
    }

    void select(TaskId task) {
        selection.only(task);
    }

    private void changed(FarmModel.Change change) {
        var job = job();
        boolean mine = !job.map(Row::id).equals(shown.get().job().map(Row::id))
                || job.filter(j -> change.reshaped().contains(j.id())).isPresent()
                || change.touched().stream().anyMatch(this::concerns);
        if (mine) {
            look();
        }
    }

    private boolean concerns(TaskId task) {
        var row = model.row(task);
        return row.filter(r -> !r.isGroup()
                        && (r.tone() == Tone.ERROR
                                || known.stream().anyMatch(f -> f.task().equals(task))))
                .isPresent();
    }

    private Optional<Row> job() {
        return selection
                .lead()
                .get()
                .flatMap(model::row)
                .flatMap(row -> model.row(row.view().job()));
    }

    /// One question at a time; what changed meanwhile is seen when it is answered.
    private void look() {
        var job = job();
        var failed = job.map(this::failed).orElse(List.of());
        var now = failed.stream().map(t -> new Failed(t.id(), t.attempt())).collect(Collectors.toSet());
        boolean same = job.map(Row::id).equals(shown.get().job().map(Row::id)) && now.equals(known);
        if (same || asking) {
            return;
        }
        asking = true;
        background.run("errors", () -> failures.groups(failed), groups -> {
            asking = false;
            known = now;
            shown.set(new Shown(job, groups));
            look();
        });
    }

    private List<TaskView> failed(Row job) {
        return model.open(job.id())
                .map(open -> open.rows().stream()
                        .filter(row -> !row.isGroup() && row.tone() == Tone.ERROR)
                        .map(Row::view)
                        .toList())
                .orElse(List.of());
    }
}
