package aque.desktop.triage;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Selection;
import aque.desktop.settings.Settings;
import aque.desktop.triage.FailureGroup.By;
import aque.farm.JobOrigin;
import aque.log.Failures;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// What failed on the farm since a time. Looks again, every few seconds at most, while somebody looks and something
/// changes. What was seen is this person's own. FX thread, no toolkit.
public final class TriageModel {
    private static final String SECTION = "triage.seen";
    private static final int MOST = 5000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    /// What was seen is forgotten when nobody can look back so far.
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final Settings settings;
    private final Failures failures;
    private final ObjectProperty<Duration> since = new SimpleObjectProperty<>(Duration.ofHours(24));
    private final ObjectProperty<By> by = new SimpleObjectProperty<>(By.CAUSE);
    private final ReadOnlyObjectWrapper<List<FailureGroup>> groups = new ReadOnlyObjectWrapper<>(List.of());
    private final Map<String, Long> seen = new TreeMap<>();
    private List<Failed> failed = List.of();
    private boolean watched;
    private Optional<Instant> asked = Optional.empty();
    private boolean dirty = true;

    /// Until when, in milliseconds, by key of a group.
    record Seen(Map<String, Long> until) {}

    public TriageModel(Farm farm, FarmModel model, Selection selection, Background background, Settings settings) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        this.settings = settings;
        this.failures = new Failures(farm.logs());
        settings.get(SECTION, Seen.class).ifPresent(kept -> seen.putAll(kept.until()));
        since.addListener((o, was, is) -> again());
        by.addListener((o, was, is) -> group());
        model.listen(change -> dirty = true);
        // Also what changes right after a look is looked at.
        background.every("triage", AGAIN, () -> background.later(this::look));
    }

    // Properties

    /// How far back.
    ObjectProperty<Duration> since() {
        return since;
    }

    ObjectProperty<By> by() {
        return by;
    }

    ReadOnlyObjectProperty<List<FailureGroup>> groups() {
        return groups.getReadOnlyProperty();
    }

    // Commands

    /// Is somebody looking?
    void watched(boolean now) {
        watched = now;
        if (now) {
            look();
        }
    }

    /// Selects all failed tasks of a group, for whatever shall be done to them.
    void select(FailureGroup group) {
        selection.set(group.tasks(), group.tasks().getFirst());
    }

    /// Selects the jobs that they belong to.
    void selectJobs(FailureGroup group) {
        selection.set(group.jobs(), group.jobs().getFirst());
    }

    void select(TaskId task) {
        selection.only(task);
    }

    /// A person has seen these failures; what fails from now on is new again. Asked again, they are unseen.
    void see(FailureGroup group) {
        if (group.seen()) {
            seen.remove(group.key());
        } else {
            seen.put(group.key(), group.last().toEpochMilli() + 1);
        }
        long oldest = Instant.now().minus(REMEMBERED).toEpochMilli();
        seen.values().removeIf(until -> until < oldest);
        settings.put(SECTION, new Seen(Map.copyOf(seen)));
        group();
    }

    /// What a job is called.
    String nameOf(TaskId job) {
        return model.job(job).map(row -> row.view().name()).orElseGet(job::toString);
    }

    private void again() {
        dirty = true;
        look();
    }

    /// A question that was cut off with the database gets no answer: it is asked again.
    private boolean waits() {
        return asked.filter(at -> at.plus(PATIENCE).isAfter(Instant.now())).isPresent();
    }

    private void look() {
        if (!watched || waits() || !(dirty || asked.isPresent())) {
            return;
        }
        asked = Optional.of(Instant.now());
        dirty = false;
        var from = Instant.now().minus(since.get());
        background.run("triage", () -> read(from), now -> {
            asked = Optional.empty();
            failed = now;
            model.found(this, now.stream().map(Failed::task).toList());
            group();
        });
    }

    /// The logs are read in the background: the first look may read thousands.
    private List<Failed> read(Instant from) {
        var tasks = farm.store().failures(from, MOST);
        Map<TaskId, TaskView> byId = tasks.stream().collect(Collectors.toMap(TaskView::id, Function.identity()));
        var origins = farm.store().origins(tasks.stream().map(TaskView::job).collect(Collectors.toSet()));
        var found = new ArrayList<Failed>();
        for (var group : failures.groups(tasks)) {
            for (var id : group.tasks()) {
                var task = Objects.requireNonNull(byId.get(id));
                found.add(new Failed(task, group.fingerprint(), origins.getOrDefault(task.job(), JobOrigin.NONE)));
            }
        }
        return found;
    }

    private void group() {
        var until = new HashMap<>(seen);
        groups.set(by.get().groups(failed, key -> Instant.ofEpochMilli(until.getOrDefault(key, 0L))));
    }
}
