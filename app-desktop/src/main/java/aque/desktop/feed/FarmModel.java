package aque.desktop.feed;

import aque.event.FeedStatus;
import aque.farm.JobLink;
import aque.farm.JobSummary;
import aque.farm.WorkerView;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The farm as this console knows it now: every job, the tasks of the jobs that are looked at, the workers. Changes
/// arrive in batches, one FX turn each; listeners hear once a batch. FX thread, but for the ways in.
public final class FarmModel implements AutoCloseable {
    private static final Comparator<Row> NEWEST_FIRST = Comparator.comparing(Row::id, Comparator.reverseOrder());
    private static final Duration STATUS_PAUSE = Duration.ofMillis(500);

    private final Farm farm;
    private final Background background;
    private final FxBatch<Delta> deltas = new FxBatch<>(this::apply);
    private final FarmReader reader;
    private final Map<TaskId, Row> jobRows = new HashMap<>();
    private List<Row> jobs = List.of();
    private final Set<JobLink> links = new LinkedHashSet<>();
    private final Map<TaskId, OpenJob> open = new HashMap<>();
    private final Map<Object, Map<TaskId, Row>> found = new HashMap<>();
    private final Map<TaskId, Set<Object>> holders = new HashMap<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private final ObservableList<WorkerView> workers = FXCollections.observableArrayList();
    private final ObservableList<WorkerView> workersToRead = FXCollections.unmodifiableObservableList(workers);
    private final ReadOnlyObjectWrapper<FeedStatus> status =
            new ReadOnlyObjectWrapper<>(new FeedStatus(FeedStatus.State.LAGGING, Instant.now()));

    /// What one batch changed.
    ///
    /// @param jobsCameOrWent jobs were added or removed
    /// @param reshaped jobs whose tree is another now: opened, grown, or read again
    /// @param touched tasks and jobs of which something was changed
    public record Change(boolean jobsCameOrWent, Set<TaskId> reshaped, Set<TaskId> touched) {}

    public FarmModel(Farm farm, Background background) {
        this.farm = farm;
        this.background = background;
        this.reader = new FarmReader(farm, deltas::offer);
    }

    // Properties

    /// All jobs, newest first.
    public List<Row> jobs() {
        return jobs;
    }

    /// Which job waits for which.
    public Set<JobLink> links() {
        return Collections.unmodifiableSet(links);
    }

    public ObservableList<WorkerView> workers() {
        return workersToRead;
    }

    public ReadOnlyObjectProperty<FeedStatus> status() {
        return status.getReadOnlyProperty();
    }

    /// A job.
    public Optional<Row> job(TaskId id) {
        return Optional.ofNullable(jobRows.get(id));
    }

    /// A job, a task of a job that is open, or one that a search found.
    public Optional<Row> row(TaskId id) {
        var job = jobRows.get(id);
        if (job != null) {
            return Optional.of(job);
        }
        return open.values().stream()
                .flatMap(o -> o.row(id).stream())
                .findFirst()
                .or(() -> found.values().stream()
                        .flatMap(rows -> Optional.ofNullable(rows.get(id)).stream())
                        .findFirst());
    }

    /// The job with its tasks, once it is open and read.
    public Optional<OpenJob> open(TaskId job) {
        return Optional.ofNullable(open.get(job));
    }

    // Commands

    /// Starts to follow the feed.
    public void start() {
        reader.start();
        farm.follow(reader::happened);
        background.every("status", STATUS_PAUSE, () -> {
            var now = farm.status();
            background.later(() -> status.set(now));
        });
    }

    /// Somebody looks at the tasks of a job from now on, until the same somebody releases it.
    public void hold(TaskId job, Object holder) {
        var mine = holders.computeIfAbsent(job, j -> new HashSet<>());
        if (mine.isEmpty()) {
            reader.open(job);
        }
        mine.add(holder);
    }

    /// The holder looks elsewhere; when it was the last one, the tasks are forgotten.
    public void release(TaskId job, Object holder) {
        var mine = holders.getOrDefault(job, Set.of());
        if (mine.contains(holder) && mine.remove(holder) && mine.isEmpty()) {
            holders.remove(job);
            reader.close(job);
            forget(job);
        }
    }

    /// Keeps these tasks of any jobs up to date for a holder, and forgets those that it found before.
    public List<Row> found(Object holder, Collection<TaskView> tasks) {
        var before = found.getOrDefault(holder, Map.of());
        Map<TaskId, Row> now = HashMap.newHashMap(tasks.size());
        for (var task : tasks) {
            var row = Optional.ofNullable(before.get(task.id())).orElseGet(() -> new Row(task));
            row.set(task, new HashSet<>());
            now.put(task.id(), row);
        }
        found.put(holder, now);
        return tasks.stream()
                .map(task -> Objects.requireNonNull(now.get(task.id())))
                .toList();
    }

    /// Runs after every batch.
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        reader.close();
    }

    private void forget(TaskId job) {
        var gone = open.remove(job);
        if (gone != null) {
            gone.root().close();
        }
    }

    private void apply(List<Delta> turn) {
        var touched = new HashSet<TaskId>();
        var reshaped = new HashSet<TaskId>();
        var changed = new HashSet<Row>();
        boolean cameOrWent = false;
        for (var delta : turn) {
            cameOrWent |= applyJobs(delta, touched, changed);
            delta.opened().forEach(job -> show(job, reshaped));
            delta.tasks().forEach(task -> update(task, touched, changed));
            delta.workers().ifPresent(workers::setAll);
            links.addAll(delta.links());
        }
        if (cameOrWent) {
            jobs = jobRows.values().stream().sorted(NEWEST_FIRST).toList();
        }
        // A group of which 1,000 tasks changed is shown anew once.
        changed.forEach(Row::touch);
        var change =
                new Change(cameOrWent, Collections.unmodifiableSet(reshaped), Collections.unmodifiableSet(touched));
        List.copyOf(listeners).forEach(listener -> listener.accept(change));
    }

    private boolean applyJobs(Delta delta, Set<TaskId> touched, Set<Row> changed) {
        int before = jobRows.size();
        if (delta.whole()) {
            var now = new HashSet<TaskId>();
            delta.jobs().forEach(job -> now.add(job.root().id()));
            List.copyOf(jobRows.keySet()).stream()
                    .filter(id -> !now.contains(id))
                    .forEach(this::remove);
        }
        boolean went = jobRows.size() != before;
        int kept = jobRows.size();
        delta.jobs().forEach(job -> update(job, touched, changed));
        boolean came = jobRows.size() != kept;
        delta.removed().forEach(this::remove);
        return came || went || !delta.removed().isEmpty();
    }

    private void update(JobSummary job, Set<TaskId> touched, Set<Row> changed) {
        var id = job.root().id();
        jobRows.computeIfAbsent(id, i -> new Row(job.root())).set(job, changed);
        touched.add(id);
    }

    private void remove(TaskId job) {
        jobRows.remove(job);
        links.removeIf(link -> link.upstream().equals(job) || link.downstream().equals(job));
        holders.remove(job);
        reader.close(job);
        forget(job);
    }

    private void show(OpenJob job, Set<TaskId> reshaped) {
        var id = job.root().id();
        if (holders.containsKey(id)) {
            open.put(id, job.below(jobRows.computeIfAbsent(id, i -> job.root())));
            reshaped.add(id);
        }
    }

    private void update(TaskView task, Set<TaskId> touched, Set<Row> changed) {
        var job = open.get(task.job());
        if (job != null && !task.isJob()) {
            job.row(task.id()).ifPresent(row -> row.set(task, changed));
        }
        for (var rows : found.values()) {
            Optional.ofNullable(rows.get(task.id())).ifPresent(row -> row.set(task, changed));
        }
        touched.add(task.id());
        touched.add(task.job());
    }
}
