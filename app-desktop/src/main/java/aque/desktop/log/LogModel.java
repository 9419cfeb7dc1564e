package aque.desktop.log;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.FxBatch;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.farm.AttemptView;
import aque.farm.TaskDetails;
import aque.log.Channel;
import aque.log.LogHit;
import aque.log.LogId;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/// The log of the chosen task: any of its attempts, any of its channels, any part of it. FX thread, no toolkit.
public final class LogModel {
    private static final int PAGE = 4 << 20;

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final LogReader reader;
    private final LogSearchModel search;
    private final CompareModel compare;
    private final Set<Channel> hidden = EnumSet.of(Channel.PROGRESS, Channel.STATUS, Channel.USAGE);
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final BooleanProperty wrapped = new SimpleBooleanProperty(true);
    private final BooleanProperty comparing = new SimpleBooleanProperty();
    private final BooleanProperty timed = new SimpleBooleanProperty(true);
    private final ReadOnlyObjectWrapper<LogShown> shown = new ReadOnlyObjectWrapper<>(LogShown.NOTHING);
    private final ReadOnlyObjectWrapper<Optional<LogId>> log = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Row>> row = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<AttemptView>> ended = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Progress> progress = new ReadOnlyObjectWrapper<>(Progress.NONE);
    private LogShown unfiltered = LogShown.NOTHING;
    private OptionalInt attempt = OptionalInt.empty();

    /// How far the task said that it is.
    ///
    /// @param percent negative when it said nothing
    record Progress(double percent, String status) {
        static final Progress NONE = new Progress(-1, "");
    }

    public LogModel(Farm farm, FarmModel model, Selection selection, Background background) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        var news = new FxBatch<LogShown>(turn -> turn.forEach(this::show));
        this.reader = new LogReader(farm, background, news::offer);
        farm.onLogGrew(reader::grew);
        this.search = new LogSearchModel(farm, background, this::scope, this::reveal);
        this.compare = new CompareModel(farm, background);
        following.addListener((o, was, is) -> reader.following(is));
        selection.lead().addListener((o, was, is) -> {
            attempt = OptionalInt.empty();
            watch(is);
        });
        model.listen(change -> watch(selection.lead().get()));
    }

    // Properties

    /// The lines in memory, those of hidden channels left out.
    ReadOnlyObjectProperty<LogShown> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Does the view keep to the end?
    public BooleanProperty following() {
        return following;
    }

    BooleanProperty wrapped() {
        return wrapped;
    }

    /// Is another attempt shown beside it?
    BooleanProperty comparing() {
        return comparing;
    }

    BooleanProperty timed() {
        return timed;
    }

    /// The log that is shown; empty for groups and for what never started.
    ReadOnlyObjectProperty<Optional<LogId>> log() {
        return log.getReadOnlyProperty();
    }

    /// The task whose log it is.
    ReadOnlyObjectProperty<Optional<Row>> row() {
        return row.getReadOnlyProperty();
    }

    /// The task's ended attempts.
    ReadOnlyObjectProperty<List<AttemptView>> ended() {
        return ended.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Progress> progress() {
        return progress.getReadOnlyProperty();
    }

    LogSearchModel search() {
        return search;
    }

    CompareModel compare() {
        return compare;
    }

    boolean shows(Channel channel) {
        return !hidden.contains(channel);
    }

    String nameOf(TaskId task) {
        return model.row(task).map(r -> r.view().name()).orElseGet(task::toString);
    }

    // Commands

    void show(Channel channel, boolean is) {
        if (is) {
            hidden.remove(channel);
        } else {
            hidden.add(channel);
        }
        show(unfiltered);
    }

    /// Shows another attempt of the same task.
    void choose(int number) {
        attempt = OptionalInt.of(number);
        watch(selection.lead().get());
    }

    void older() {
        reader.older();
    }

    void newer() {
        reader.newer();
    }

    /// Shows the lines about a position in the whole log.
    void goTo(long position) {
        following.set(false);
        reader.goTo(position);
    }

    /// Shows the first line of the log that sounds like an error.
    public void firstError() {
        log.get().ifPresent(search::firstError);
    }

    /// Writes the channels that are shown to a file, byte for byte, the whole log.
    public void save(Path file) {
        var channels = EnumSet.complementOf(EnumSet.copyOf(hidden));
        log.get().ifPresent(id -> background.run("save log", () -> write(id, channels, file), search::saved));
    }

    private Path write(LogId id, Set<Channel> channels, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var page = farm.logs().read(id.task(), id.attempt(), 0, PAGE);
            while (!page.pieces().isEmpty()) {
                for (var chunk : page.chunks()) {
                    if (channels.contains(chunk.channel())) {
                        out.write(chunk.data());
                    }
                }
                page = farm.logs().read(id.task(), id.attempt(), page.nextSeq(), PAGE);
            }
        }
        return file;
    }

    private void show(LogShown now) {
        if (!now.log().equals(log.get())) {
            return;
        }
        unfiltered = now;
        var lines = now.lines().stream().filter(line -> shows(line.channel())).toList();
        shown.set(new LogShown(now.log(), lines, now.total(), now.atStart(), now.atEnd(), now.moveTo()));
    }

    private void watch(Optional<TaskId> lead) {
        var now = lead.flatMap(model::row).filter(r -> !r.isGroup() && r.view().attempt() > 0);
        var last = now.map(r -> r.view().attempt()).orElse(0);
        var id = now.map(r -> new LogId(r.id(), Math.min(last, attempt.orElse(last))));
        reader.live(now.isPresent() && !now.get().view().state().ended() && attempt.orElse(last) == last);
        row.set(now);
        progress.set(now.map(r -> new Progress(r.view().progress(), r.view().status()))
                .orElse(Progress.NONE));
        if (!id.equals(log.get())) {
            log.set(id);
            unfiltered = LogShown.NOTHING;
            shown.set(LogShown.NOTHING);
            // Another log begins at its end, wherever the one before was read.
            following.set(true);
            reader.read(id);
            readAttempts(now);
        }
    }

    private void readAttempts(Optional<Row> now) {
        ended.set(List.of());
        now.map(Row::id)
                .ifPresent(id -> background.run(
                        "attempts",
                        () -> farm.store()
                                .details(id)
                                .map(TaskDetails::attempts)
                                .orElse(List.of()),
                        found -> {
                            if (row.get().map(Row::id).equals(Optional.of(id))) {
                                ended.set(found);
                            }
                        }));
    }

    /// What a search goes through: the log that is shown, or the job of what is chosen.
    private LogSearchModel.Range scope() {
        var job = selection.lead().get().flatMap(model::row).map(r -> r.view().job());
        return new LogSearchModel.Range(log.get(), job);
    }

    private void reveal(LogHit hit) {
        if (!log.get().equals(Optional.of(hit.log()))) {
            if (!selection.lead().get().equals(Optional.of(hit.log().task()))) {
                selection.only(hit.log().task());
            }
            attempt = OptionalInt.of(hit.log().attempt());
            watch(selection.lead().get());
        }
        following.set(false);
        reader.goTo(hit.place());
    }

    /// Is this place that of a line of the log that is shown?
    boolean isAt(LogLine line, Optional<LogHit> hit) {
        return hit.filter(h -> log.get().equals(Optional.of(h.log())))
                .filter(h -> h.place().equals(line.place()))
                .isPresent();
    }
}
