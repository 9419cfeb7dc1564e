package aque.desktop.log;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import aque.log.LogHit;
import aque.log.LogId;
import aque.log.LogQuery;
import aque.log.LogSearch;
import aque.log.Trouble;
import aque.task.TaskId;
import aque.task.TaskKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Looking for something in the log, or in the logs of the whole job: hits come as they are found, the first of them
/// can be gone through at once. FX thread, no toolkit; the search itself is elsewhere.
final class LogSearchModel {
    /// Hits kept; more are only counted.
    static final int MOST = 10_000;

    private final Farm farm;
    private final Background background;
    private final Supplier<Range> range;
    private final Consumer<LogHit> reveal;
    private final StringProperty text = new SimpleStringProperty("");
    private final BooleanProperty wholeJob = new SimpleBooleanProperty();
    private final ObservableList<LogHit> hits = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NONE);
    private final ReadOnlyObjectWrapper<Optional<LogHit>> current = new ReadOnlyObjectWrapper<>(Optional.empty());
    private AtomicBoolean wanted = new AtomicBoolean();
    private Optional<LogQuery> query = Optional.empty();

    /// What is there to be searched.
    record Range(Optional<LogId> log, Optional<TaskId> job) {}

    /// How far a search is.
    ///
    /// @param found hits, those too that are not kept
    /// @param part of the bytes that is done, 0 to 1
    /// @param words something to say instead; empty for none
    record State(int found, boolean running, double part, String words) {
        static final State NONE = new State(0, false, 0, "");
    }

    LogSearchModel(Farm farm, Background background, Supplier<Range> range, Consumer<LogHit> reveal) {
        this.farm = farm;
        this.background = background;
        this.range = range;
        this.reveal = reveal;
        text.addListener((o, was, is) -> typed());
        wholeJob.addListener((o, was, is) -> search());
    }

    // Properties

    StringProperty text() {
        return text;
    }

    BooleanProperty wholeJob() {
        return wholeJob;
    }

    ObservableList<LogHit> hits() {
        return hits;
    }

    ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /// The hit that was gone to last.
    ReadOnlyObjectProperty<Optional<LogHit>> current() {
        return current.getReadOnlyProperty();
    }

    /// What is looked for now, for marking it.
    Optional<LogQuery> query() {
        return query;
    }

    // Commands

    /// Searches from the beginning for what is typed.
    void search() {
        cancel();
        query.ifPresent(q -> {
            var now = range.get();
            state.set(new State(0, true, 0, ""));
            start(
                    q,
                    () -> wholeJob.get()
                            ? now.job().map(this::logs).orElse(List.of())
                            : now.log().stream().toList());
        });
    }

    /// Ends the search; what was found stays.
    void stop() {
        wanted.set(false);
        var is = state.get();
        state.set(new State(is.found(), false, is.part(), is.words()));
    }

    /// Forgets the search.
    void clear() {
        text.set("");
    }

    void next() {
        step(1);
    }

    void previous() {
        step(-1);
    }

    void go(LogHit hit) {
        current.set(Optional.of(hit));
        reveal.accept(hit);
    }

    void firstError(LogId log) {
        cancel();
        state.set(new State(0, true, 0, ""));
        var run = wanted;
        background.run("first error", () -> findError(log, run), found -> {
            if (run == wanted) {
                state.set(new State(0, false, 1, found.isPresent() ? "" : Texts.of("log.error.none")));
                found.ifPresent(this::go);
            }
        });
    }

    void saved(Path file) {
        try {
            state.set(
                    new State(0, false, 1, Texts.of("log.saved", Figures.bytes(Files.size(file)), file.getFileName())));
        } catch (IOException e) {
            state.set(new State(0, false, 1, Texts.of("log.save.failed", file)));
        }
    }

    private void typed() {
        cancel();
        var regex = text.get();
        try {
            query = regex.isEmpty() ? Optional.empty() : Optional.of(LogQuery.of(regex));
            state.set(State.NONE);
        } catch (PatternSyntaxException e) {
            query = Optional.empty();
            state.set(new State(0, false, 0, Texts.of("log.search.wrong", e.getDescription())));
        }
    }

    private void cancel() {
        wanted.set(false);
        wanted = new AtomicBoolean(true);
        hits.clear();
        current.set(Optional.empty());
    }

    private void start(LogQuery what, Supplier<List<LogId>> logs) {
        var run = wanted;
        background.run(
                "search",
                () -> {
                    new LogSearch(farm.logs()).run(logs.get(), what, news -> {
                        background.later(() -> add(run, news));
                        return run.get();
                    });
                    return run;
                },
                done -> {
                    if (done == wanted) {
                        stop();
                    }
                });
    }

    private void add(AtomicBoolean run, LogSearch.News news) {
        if (run != wanted || !run.get()) {
            return;
        }
        boolean first = hits.isEmpty() && !news.hits().isEmpty();
        hits.addAll(news.hits().subList(0, Math.min(news.hits().size(), MOST - hits.size())));
        double part = news.of() == 0 ? 1 : (double) news.searched() / news.of();
        state.set(new State(state.get().found() + news.hits().size(), true, part, ""));
        if (first && !wholeJob.get()) {
            go(hits.getFirst());
        }
    }

    private void step(int by) {
        if (hits.isEmpty()) {
            return;
        }
        int at = current.get().map(hits::indexOf).orElse(by > 0 ? -1 : 0);
        go(hits.get(Math.floorMod(at + by, hits.size())));
    }

    /// The last attempts of all tasks of a job that have begun, in the order of their ids.
    private List<LogId> logs(TaskId job) {
        return farm.store().tasksOfJob(job).stream()
                .filter(task -> task.kind() != TaskKind.GROUP && task.attempt() > 0)
                .map(task -> new LogId(task.id(), task.attempt()))
                .toList();
    }

    private Optional<LogHit> findError(LogId log, AtomicBoolean run) throws InterruptedException {
        var found = new ArrayList<LogHit>();
        new LogSearch(farm.logs()).run(List.of(log), LogQuery.of(Trouble.ERRORS), news -> {
            news.hits().stream()
                    .filter(hit -> Trouble.of(hit.line()) == Trouble.ERROR)
                    .limit(1)
                    .forEach(found::add);
            return run.get() && found.isEmpty();
        });
        return found.stream().findFirst();
    }
}
