package aque.desktop.usage;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.farm.TaskDetails;
import aque.task.TaskId;
import aque.usage.UsageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the chosen task uses, read every second while it runs. FX thread, no toolkit; `watched` is written there and
/// read by the thread that asks.
public final class UsageModel {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// Samples kept: more than pixels, less than memory minds.
    private static final int MOST = 4000;

    private final Farm farm;
    private final FarmModel model;
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Curve>> curve = new ReadOnlyObjectWrapper<>(Optional.empty());
    private volatile Optional<Watched> watched = Optional.empty();

    /// The samples of one attempt and what it had reserved.
    record Curve(TaskId task, int attempt, List<UsageSample> samples, int cpuMilli, long memory) {
        Instant last() {
            return samples.isEmpty() ? Instant.EPOCH : samples.getLast().at();
        }
    }

    private record Watched(TaskId task, int attempt, boolean ended, Instant after, boolean asked) {}

    private record News(Watched of, Optional<TaskDetails> details, List<UsageSample> samples) {}

    public UsageModel(Farm farm, FarmModel model, Selection selection, Background background) {
        this.farm = farm;
        this.model = model;
        this.background = background;
        selection.lead().addListener((o, was, is) -> watch(is));
        model.listen(change -> watch(selection.lead().get()));
        background.every("usage", PAUSE, this::ask);
    }

    // Properties

    ReadOnlyObjectProperty<Optional<Curve>> curve() {
        return curve.getReadOnlyProperty();
    }

    private void watch(Optional<TaskId> lead) {
        var row = lead.flatMap(model::row).filter(r -> !r.isGroup() && r.view().attempt() > 0);
        if (row.isEmpty()) {
            watched = Optional.empty();
            curve.set(Optional.empty());
        } else if (!sameAttempt(row.get())) {
            var task = row.get().view();
            watched = Optional.of(new Watched(task.id(), task.attempt(), false, Instant.EPOCH, false));
            curve.set(Optional.empty());
            background.run("usage", this::look, news -> news.ifPresent(this::add));
        }
    }

    private boolean sameAttempt(Row row) {
        return watched.filter(w ->
                        w.task().equals(row.id()) && w.attempt() == row.view().attempt())
                .isPresent();
    }

    private void ask() {
        look().ifPresent(news -> background.later(() -> add(news)));
    }

    private Optional<News> look() {
        return watched.filter(w -> !w.ended())
                .map(w -> new News(
                        w,
                        w.asked() ? Optional.empty() : farm.store().details(w.task()),
                        farm.usage().read(w.task(), w.attempt(), w.after())));
    }

    private void add(News news) {
        if (!watched.equals(Optional.of(news.of()))) {
            return;
        }
        var of = news.of();
        var known = curve.get();
        var samples = new ArrayList<>(known.map(Curve::samples).orElse(List.of()));
        samples.addAll(news.samples());
        var kept = samples.size() > MOST ? samples.subList(samples.size() - MOST, samples.size()) : samples;
        int cpu = news.details()
                .map(d -> Math.max(0, d.needs().cpuMilli()))
                .or(() -> known.map(Curve::cpuMilli))
                .orElse(0);
        long memory = news.details()
                .map(d -> d.needs().memory())
                .or(() -> known.map(Curve::memory))
                .orElse(0L);
        var now = new Curve(of.task(), of.attempt(), List.copyOf(kept), cpu, memory);
        boolean ended =
                model.row(of.task()).map(row -> row.view().state().ended()).orElse(true)
                        && news.samples().isEmpty();
        watched = Optional.of(
                new Watched(of.task(), of.attempt(), ended, now.samples().isEmpty() ? of.after() : now.last(), true));
        curve.set(Optional.of(now));
    }
}
