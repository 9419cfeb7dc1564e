package aque.desktop.outputs;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.farm.Footage;
import aque.farm.JobOutputs;
import aque.farm.JobOutputs.Entry;
import aque.openjd.JobDocument;
import aque.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Expected against found files of the chosen job, and its frames. The disk is looked at again while the job is alive
/// and somebody looks at this; one look takes at most a tenth of the time. FX thread, no toolkit.
public final class OutputsModel {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int SHARE = 10;

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
    private boolean watched;
    private boolean changed = true;
    private boolean looking;
    private long next;

    /// @param footage empty when no job is chosen
    record Shown(Optional<Footage> footage, List<FrameCells> bars, List<Entry> files) {
        static final Shown NOTHING = new Shown(Optional.empty(), List.of(), List.of());

        Shown {
            bars = List.copyOf(bars);
            files = List.copyOf(files);
        }

        Optional<TaskId> job() {
            return footage.map(Footage::job);
        }

        long count(JobOutputs.State state) {
            return files.stream().filter(f -> f.state() == state).count();
        }
    }

    private record Look(Shown shown, long nanos) {}

    public OutputsModel(Farm farm, FarmModel model, Selection selection, Background background) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        selection.lead().addListener((o, was, is) -> {
            if (!job().map(Row::id).equals(shown.get().job())) {
                again();
            }
        });
        model.listen(change -> {
            changed |= job().filter(j -> change.reshaped().contains(j.id())
                            || change.touched().contains(j.id()))
                    .isPresent();
            tick();
        });
    }

    // Properties

    ReadOnlyObjectProperty<Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    // Commands

    /// Somebody looks, or nobody does: then the disk is left alone.
    void watch(boolean on) {
        watched = on;
        tick();
    }

    /// Looks when it is time to.
    void tick() {
        var job = job();
        var alive = job.filter(j -> !j.view().state().ended()).isPresent();
        var other = !job.map(Row::id).equals(shown.get().job());
        if (watched && !looking && (other || (changed || alive) && System.nanoTime() - next >= 0)) {
            look(job.map(Row::id));
        }
    }

    /// Looks now.
    void again() {
        changed = true;
        next = System.nanoTime();
        tick();
    }

    void select(TaskId task) {
        selection.only(task);
    }

    private Optional<Row> job() {
        return selection
                .lead()
                .get()
                .flatMap(model::row)
                .flatMap(row -> model.row(row.view().job()));
    }

    private void look(Optional<TaskId> job) {
        if (job.isEmpty()) {
            shown.set(Shown.NOTHING);
            return;
        }
        looking = true;
        changed = false;
        background.run("outputs", () -> read(job.get()), look -> {
            looking = false;
            next = System.nanoTime() + Math.max(PAUSE.toNanos(), SHARE * look.nanos());
            shown.set(look.shown());
            tick();
        });
    }

    private Look read(TaskId job) {
        var began = System.nanoTime();
        var document = farm.broker().document(job).map(JobDocument::fromJson);
        var footage = Footage.of(farm.store(), job, document);
        var outputs = document.map(d -> JobOutputs.of(farm.store(), job, d)).orElse(JobOutputs.NONE);
        var bars = footage.steps().entrySet().stream()
                .map(step -> FrameCells.of(step.getKey(), step.getValue(), footage.rate(), outputs))
                .filter(cells -> !cells.cells().isEmpty())
                .toList();
        var files = outputs.steps().stream().flatMap(s -> s.files().stream()).toList();
        return new Look(new Shown(Optional.of(footage), bars, files), System.nanoTime() - began);
    }
}
