package aque.desktop.usage;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Selection;
import aque.farm.TaskDetails;
import aque.task.TaskId;
import aque.usage.UsageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the chosen task uses, or used in any of its attempts, read every second while it runs. FX thread, no toolkit;
/// `watched` is written there and read by the thread that asks.
public final class UsageModel {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// Samples kept: more than pixels, less than memory minds.
    private static final int MOST = 4000;

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Curve>> curve = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper began = new ReadOnlyBooleanWrapper();
    private OptionalInt chosen = OptionalInt.empty();
    private volatile Optional<Watched> watched = Optional.empty();

    /// The samples of one attempt and what it had reserved.
    ///
    /// @param attempts how many attempts there are to choose from
    record Curve(TaskId task, int attempt, int attempts, List<UsageSample> samples, int cpuMilli, long memory) {
        Instant last() {
            return samples.isEmpty() ? Instant.EPOCH : samples.getLast().at();
        }
    }

    private record Watched(TaskId task, int attempt, int attempts, boolean ended, Instant after, boolean asked) {}

    private record News(Watched of, Optional<TaskDetails> details, List<UsageSample> samples) {}

    public UsageModel(Farm farm, FarmModel model, Selection selection, Background background) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        selection.lead().addListener((o, was, is) -> {
            chosen = OptionalInt.empty();
            watch(is);
        });
        model.listen(change -> watch(selection.lead().get()));
        background.every("usage", PAUSE, this::ask);
    }

    // Properties

    ReadOnlyObjectProperty<Optional<Curve>> curve() {
        return curve.getReadOnlyProperty();
    }

    /// Has it more than two points?
    public boolean isLine() {
        return curve.get().filter(c -> c.samples().size() > 2).isPresent();
    }

    /// Has the chosen one begun, so that there are curves or will be?
    ReadOnlyBooleanProperty began() {
        return began.getReadOnlyProperty();
    }

    // Commands

    /// Shows another attempt of the same task.
    void choose(int attempt) {
        chosen = OptionalInt.of(attempt);
        watch(selection.lead().get());
    }

    private void watch(Optional<TaskId> lead) {
        var row = lead.flatMap(model::row).filter(r -> !r.isGroup() && r.view().attempt() > 0);
        began.set(row.isPresent());
        if (row.isEmpty()) {
            watched = Optional.empty();
            curve.set(Optional.empty());
            return;
        }
        var id = row.get().id();
        int last = row.get().view().attempt();
        int attempt = Math.min(last, chosen.orElse(last));
        boolean same = watched.filter(w -> w.task().equals(id) && w.attempt() == attempt && w.attempts() == last)
                .isPresent();
        if (!same) {
            watched = Optional.of(new Watched(id, attempt, last, false, Instant.EPOCH, false));
            curve.set(Optional.empty());
            background.run("usage", this::look, news -> news.ifPresent(this::add));
        }
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
        int cpu = news.details()
                .map(d -> Math.max(0, d.needs().cpuMilli()))
                .or(() -> known.map(Curve::cpuMilli))
                .orElse(0);
        long memory = news.details()
                .map(d -> d.needs().memory())
                .or(() -> known.map(Curve::memory))
                .orElse(0L);
        var now = new Curve(of.task(), of.attempt(), of.attempts(), thinned(samples), cpu, memory);
        watched = Optional.of(new Watched(
                of.task(),
                of.attempt(),
                of.attempts(),
                ended(of) && news.samples().isEmpty(),
                now.samples().isEmpty() ? of.after() : now.last(),
                true));
        curve.set(Optional.of(now));
    }

    private boolean ended(Watched of) {
        return of.attempt() < of.attempts()
                || model.row(of.task()).map(row -> row.view().state().ended()).orElse(true);
    }

    /// The whole attempt, coarser where it is long: of two neighbours what was most.
    private static List<UsageSample> thinned(List<UsageSample> samples) {
        var kept = samples;
        while (kept.size() > MOST) {
            var half = new ArrayList<UsageSample>();
            for (int i = 0; i < kept.size(); i += 2) {
                half.add(i + 1 < kept.size() ? both(kept.get(i), kept.get(i + 1)) : kept.get(i));
            }
            kept = half;
        }
        return List.copyOf(kept);
    }

    private static UsageSample both(UsageSample one, UsageSample next) {
        return new UsageSample(
                next.task(),
                next.attempt(),
                next.at(),
                Math.max(one.cpuMilli(), next.cpuMilli()),
                Math.max(one.memory(), next.memory()),
                next.readBytes(),
                next.writeBytes(),
                Math.max(one.processes(), next.processes()),
                one.detail().most(next.detail()));
    }
}
