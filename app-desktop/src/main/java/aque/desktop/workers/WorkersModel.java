package aque.desktop.workers;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Texts;
import aque.farm.WorkerLogStore;
import aque.farm.WorkerView;
import aque.task.TaskView;
import aque.usage.LoadSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/// The workers as they are now: read again every two seconds while somebody looks, for a heartbeat is no change that
/// the feed tells of. FX thread, no toolkit; `watched` and `chosenName` are written there and read by the thread that
/// asks.
public final class WorkersModel {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration BACK = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int LINES = 40;

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final Consumer<String> tell;
    private final ObservableList<WorkerRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Chosen>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private List<WorkerView> selected = List.of();
    private Optional<TaskView> wanted = Optional.empty();
    private volatile boolean watched;
    private volatile Optional<WorkerView> shown = Optional.empty();

    /// What is known of the worker that is looked at.
    ///
    /// @param load what its tasks used within the last hour
    /// @param log the last that it said of itself
    record Chosen(
            WorkerView worker,
            List<TaskView> running,
            List<LoadSample> load,
            List<WorkerLogStore.Line> log,
            Instant from,
            Instant to) {}

    private record Look(List<WorkerView> workers, Optional<Chosen> chosen) {}

    /// @param tell gets a sentence on what was done
    public WorkersModel(Farm farm, FarmModel model, Selection selection, Background background, Consumer<String> tell) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        this.tell = tell;
        model.workers().addListener((ListChangeListener<WorkerView>) change -> show(List.copyOf(model.workers())));
        model.listen(change -> chooseWanted());
        background.every("workers", PAUSE, () -> {
            if (watched) {
                var now = look();
                background.later(() -> show(now));
            }
        });
    }

    // Properties

    /// One row a worker, updated in place.
    ObservableList<WorkerRow> rows() {
        return rows;
    }

    /// The worker that was clicked last.
    ReadOnlyObjectProperty<Optional<Chosen>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    boolean isAnySelected() {
        return !selected.isEmpty();
    }

    /// The names of those that are selected, for a question or a sentence.
    String names() {
        return names(selected);
    }

    private static String names(List<WorkerView> workers) {
        return workers.size() == 1 ? workers.getFirst().name() : Texts.of("workers.many", workers.size());
    }

    List<WorkerView> selected() {
        return selected;
    }

    /// Tasks that run on those that are selected.
    int running() {
        return selected.stream().mapToInt(WorkerView::running).sum();
    }

    // Commands

    /// Is anybody looking?
    void watched(boolean is) {
        watched = is;
        if (is) {
            refresh();
        }
    }

    void select(List<WorkerView> these) {
        selected = List.copyOf(these);
        shown = these.isEmpty() ? Optional.empty() : Optional.of(these.getLast());
        if (these.isEmpty()) {
            chosen.set(Optional.empty());
        } else {
            refresh();
        }
    }

    /// Shows a task in the other views, as soon as its job is read.
    void goTo(TaskView task) {
        wanted.ifPresent(w -> model.release(w.job(), this));
        wanted = Optional.of(task);
        model.hold(task.job(), this);
        chooseWanted();
    }

    private void chooseWanted() {
        wanted.filter(w -> model.row(w.id()).isPresent()).ifPresent(w -> {
            wanted = Optional.empty();
            selection.only(w.id());
            model.release(w.job(), this);
        });
    }

    void drain() {
        act("workers.done.drain", selected, ids -> farm.broker().drain(ids).size());
    }

    void undrain() {
        act("workers.done.undrain", selected, ids -> farm.broker().undrain(ids).size());
    }

    /// They read their configuration again.
    void reload() {
        act(
                "workers.done.reload",
                selected,
                ids -> farm.broker().reloadWorkers(ids).size());
    }

    void note(List<WorkerView> workers, String text) {
        var names = workers.stream().map(WorkerView::name).distinct().toList();
        act("workers.done.note", workers, ids -> farm.broker().noteWorkers(text, names));
    }

    void setAside(List<WorkerView> workers, String note) {
        act(
                "workers.done.aside",
                workers,
                ids -> farm.broker().setAside(ids, note).size());
    }

    void say(String sentence) {
        tell.accept(sentence);
    }

    /// Says more of them; nothing of what is not among these changes.
    ///
    /// @param setting JSON of [aque.schedule.WorkerSetting]
    void set(List<WorkerView> workers, String setting) {
        var names = workers.stream().map(WorkerView::name).distinct().toList();
        act("workers.done.set", workers, ids -> {
            farm.broker().setWorkers(names, setting);
            return names.size();
        });
    }

    void stopNow(List<WorkerView> workers) {
        act("workers.done.stop", workers, ids -> farm.broker().stopWorkers(ids).size());
    }

    /// Kills what runs on them; they take other work then.
    void killTasks(List<WorkerView> workers) {
        act("workers.done.kill", workers, ids -> {
            var tasks = ids.stream()
                    .flatMap(id -> farm.store().runningOn(id).stream())
                    .map(TaskView::id)
                    .toList();
            return tasks.isEmpty() ? 0 : farm.broker().kill(tasks).stopping().size();
        });
    }

    private void act(String key, List<WorkerView> workers, ToIntFunction<List<Integer>> what) {
        var names = names(workers);
        var ids = workers.stream().map(WorkerView::id).toList();
        background.run("workers", () -> what.applyAsInt(ids), changed -> {
            tell.accept(Texts.of(changed == 0 ? "workers.done.nothing" : key, names, changed));
            refresh();
        });
    }

    private void refresh() {
        background.run("workers", this::look, this::show);
    }

    private Look look() {
        var workers = farm.store().workers();
        return new Look(
                workers,
                shown.flatMap(s ->
                                workers.stream().filter(w -> w.id() == s.id()).findFirst())
                        .map(this::inspect));
    }

    private Chosen inspect(WorkerView worker) {
        var to = Instant.now();
        var from = to.minus(BACK);
        return new Chosen(
                worker,
                farm.store().runningOn(worker.id()),
                farm.usage().ofWorker(worker.name(), from, STEP),
                farm.workerLogs().last(worker.name(), LINES),
                from,
                to);
    }

    private void show(Look look) {
        show(look.workers());
        if (look.chosen().map(c -> c.worker().id()).equals(shown.map(WorkerView::id))) {
            chosen.set(look.chosen());
        }
    }

    private void show(List<WorkerView> now) {
        var known = new HashMap<Integer, WorkerRow>();
        rows.forEach(row -> known.put(row.view().id(), row));
        var ids = now.stream().map(WorkerView::id).collect(Collectors.toSet());
        rows.removeIf(row -> !ids.contains(row.view().id()));
        for (var view : now) {
            var row = known.get(view.id());
            if (row == null) {
                rows.add(new WorkerRow(view));
            } else {
                row.set(view);
            }
        }
    }
}
