package aque.desktop.log;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.log.Channel;
import aque.log.LogPage;
import aque.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// The log of the chosen task's last attempt: its end at once, then what is added while it runs. FX thread, no toolkit;
/// `watched` is written there and read by the thread that asks.
public final class LogModel {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int TAIL = 1 << 20;
    private static final int PAGE = 1 << 18;

    private final Farm farm;
    private final FarmModel model;
    private final Background background;
    private final LogLines all = new LogLines();
    private final FilteredList<LogLine> lines = new FilteredList<>(all);
    private final Set<Channel> hidden = EnumSet.of(Channel.PROGRESS, Channel.USAGE);
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final ReadOnlyObjectWrapper<Optional<TaskId>> task = new ReadOnlyObjectWrapper<>(Optional.empty());
    private LineAssembler assembler = new LineAssembler();
    private volatile Optional<Watched> watched = Optional.empty();

    /// @param seq the last chunk that was read, 0 before the first look
    private record Watched(TaskId task, int attempt, long seq, boolean begun, boolean ended) {}

    public LogModel(Farm farm, FarmModel model, Selection selection, Background background) {
        this.farm = farm;
        this.model = model;
        this.background = background;
        filter();
        selection.lead().addListener((o, was, is) -> watch(is));
        model.listen(change -> watch(selection.lead().get()));
        background.every("log", PAUSE, this::ask);
    }

    // Properties

    /// The lines of the channels that are shown.
    ObservableList<LogLine> lines() {
        return lines;
    }

    /// Does the view keep to the end?
    public BooleanProperty following() {
        return following;
    }

    /// The task whose log it is; empty for groups and for what never started.
    ReadOnlyObjectProperty<Optional<TaskId>> task() {
        return task.getReadOnlyProperty();
    }

    boolean shows(Channel channel) {
        return !hidden.contains(channel);
    }

    // Commands

    void show(Channel channel) {
        hidden.remove(channel);
        filter();
    }

    void hide(Channel channel) {
        hidden.add(channel);
        filter();
    }

    private void filter() {
        var now = hidden.isEmpty() ? EnumSet.noneOf(Channel.class) : EnumSet.copyOf(hidden);
        lines.setPredicate(line -> !now.contains(line.channel()));
    }

    private void watch(Optional<TaskId> lead) {
        var row = lead.flatMap(model::row).filter(r -> !r.isGroup() && r.view().attempt() > 0);
        if (row.isEmpty()) {
            forget();
        } else if (!sameAttempt(row.get())) {
            forget();
            task.set(Optional.of(row.get().id()));
            watched = Optional.of(new Watched(row.get().id(), row.get().view().attempt(), 0, false, false));
            background.run("log", this::look, news -> news.ifPresent(this::add));
        }
    }

    private void forget() {
        if (watched.isPresent()) {
            watched = Optional.empty();
            task.set(Optional.empty());
            all.clear();
            assembler = new LineAssembler();
        }
    }

    private boolean sameAttempt(Row row) {
        return watched.filter(w ->
                        w.task().equals(row.id()) && w.attempt() == row.view().attempt())
                .isPresent();
    }

    private record News(Watched of, LogPage page) {}

    private void ask() {
        look().ifPresent(news -> background.later(() -> add(news)));
    }

    private Optional<News> look() {
        return watched.filter(w -> !w.ended())
                .map(w -> new News(
                        w,
                        w.begun()
                                ? farm.logs().read(w.task(), w.attempt(), w.seq(), PAGE)
                                : farm.logs().tail(w.task(), w.attempt(), TAIL)));
    }

    private void add(News news) {
        var of = news.of();
        // Somebody was quicker, or another task is shown by now.
        if (!watched.equals(Optional.of(of))) {
            return;
        }
        var chunks = news.page().chunks();
        boolean ended = chunks.isEmpty()
                && model.row(of.task()).map(row -> row.view().state().ended()).orElse(true);
        watched = Optional.of(new Watched(of.task(), of.attempt(), news.page().nextSeq(), true, ended));
        var whole = new ArrayList<LogLine>();
        chunks.forEach(chunk -> whole.addAll(assembler.add(chunk)));
        if (!chunks.isEmpty()) {
            all.append(whole, List.copyOf(assembler.unfinished()));
        }
    }
}
