package aque.desktop.inspect;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Texts;
import aque.farm.ActionView;
import aque.farm.NoteView;
import aque.farm.Reason;
import aque.farm.TaskDetails;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.task.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The chosen task with what only a closer look tells: its command, its attempts, why it waits. FX thread, no toolkit.
public final class InspectModel {
    /// The inspector tells the last of what was done; the activity view has it all.
    private static final int MOST = 6;
    /// More neighbours than this are not even counted.
    private static final int MOST_NEIGHBOURS = 1000;

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Look>> look = new ReadOnlyObjectWrapper<>(Optional.empty());
    private long wanted;
    private long turn;

    /// One look at a task.
    ///
    /// @param turn makes each look another one: a row that has changed is still the same row
    record Look(long turn, Row row, Found found) {}

    /// What the farm knows of it.
    ///
    /// @param before what must come first
    /// @param after what waits for it
    record Found(
            Optional<TaskDetails> details,
            List<Reason> why,
            Neighbours before,
            Neighbours after,
            List<NoteView> notes,
            List<ActionView> history) {
        private static final Found NOTHING =
                new Found(Optional.empty(), List.of(), Neighbours.NONE, Neighbours.NONE, List.of(), List.of());
    }

    /// Tasks on one side of a task, the first of them by name.
    ///
    /// @param more how many besides
    record Neighbours(List<TaskView> first, int more) {
        private static final Neighbours NONE = new Neighbours(List.of(), 0);
    }

    public InspectModel(Farm farm, FarmModel model, Selection selection, Background background) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        selection.lead().addListener((o, was, is) -> refresh());
        model.listen(this::changed);
    }

    // Properties

    ReadOnlyObjectProperty<Optional<Look>> look() {
        return look.getReadOnlyProperty();
    }

    /// Asks again where time changes the answer: how many go before a task that waits.
    void again() {
        if (look.get().filter(now -> !now.found().why().isEmpty()).isPresent()) {
            refresh();
        }
    }

    /// A task as people call it: with its step before, where that is known here.
    String name(TaskView task) {
        return model.row(task.id())
                .flatMap(Row::parent)
                .filter(step -> !step.view().isJob())
                .map(step -> Texts.of("inspect.of.step", step.view().name(), task.name()))
                .orElse(task.name());
    }

    private void changed(FarmModel.Change change) {
        var lead = selection.lead().get();
        boolean mine = lead.isPresent()
                && (change.touched().contains(lead.get())
                        || look.get().isEmpty()
                        || !change.reshaped().isEmpty());
        if (mine) {
            refresh();
        }
    }

    private void refresh() {
        long mine = ++wanted;
        var row = selection.lead().get().flatMap(model::row);
        if (row.isEmpty()) {
            look.set(Optional.empty());
            return;
        }
        var known = look.get().filter(now -> now.row().id().equals(row.get().id()));
        look.set(Optional.of(new Look(++turn, row.get(), known.map(Look::found).orElse(Found.NOTHING))));
        background.run("inspect", () -> ask(row.get().view()), found -> {
            if (mine == wanted) {
                look.set(Optional.of(new Look(++turn, row.get(), found)));
            }
        });
    }

    private Found ask(TaskView task) {
        boolean waits = TaskState.NOT_STARTED.contains(task.state()) || task.blocked();
        return new Found(
                farm.store().details(task.id()),
                Stream.concat(
                                waits ? farm.why().told(task).stream() : Stream.empty(),
                                farm.why().given(task).stream().map(Reason::of))
                        .toList(),
                neighbours(farm.store().upstream(task.id())),
                neighbours(farm.store().downstream(task.id(), MOST_NEIGHBOURS)),
                farm.actions().notes(task.id()),
                farm.actions().of(task.id(), MOST));
    }

    private Neighbours neighbours(List<TaskId> all) {
        if (all.isEmpty()) {
            return Neighbours.NONE;
        }
        var first = all.stream().limit(MOST).toList();
        return new Neighbours(farm.store().tasks(first), all.size() - first.size());
    }
}
