package aque.desktop.graph;

import aque.desktop.feed.Background;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.OpenJob;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.layout.Graph;
import aque.desktop.layout.GraphLayout;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.layout.Knot;
import aque.desktop.layout.Unfold;
import aque.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/// The one graph of the farm: where each job lies, and of the jobs that are looked at the boxes inside. A job is folded
/// and laid out in the background whenever its shape changes; colours come from the rows, which change by themselves.
/// FX thread, no toolkit.
public final class GraphModel {
    /// The critical path moves as tasks end; it is found again this often.
    private static final Duration CRITICAL_AGE = Duration.ofSeconds(10);

    private final FarmModel farm;
    private final Selection selection;
    private final Background background;
    private final FarmPlan plan = new FarmPlan();
    private final Map<TaskId, JobPicture> pictures = new HashMap<>();
    private final Map<TaskId, Unfold> unfolded = new HashMap<>();
    private final Map<TaskId, Instant> laid = new HashMap<>();
    private final Set<TaskId> held = new HashSet<>();
    private Set<TaskId> seen = Set.of();
    private final ReadOnlyObjectWrapper<Optional<TaskId>> focus = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper();
    private final BooleanProperty critical = new SimpleBooleanProperty(true);
    private final List<Shown> listeners = new ArrayList<>();

    /// Hears of a job that is drawn for the first time, or in another shape than before.
    @FunctionalInterface
    interface Shown {
        void shown(TaskId job, Optional<JobPicture> before);
    }

    public GraphModel(FarmModel farm, Selection selection, Background background) {
        this.farm = farm;
        this.selection = selection;
        this.background = background;
        selection.lead().addListener((o, was, is) -> chosen());
        farm.listen(this::changed);
        plan.follow(farm.jobs().stream().map(Row::id).toList(), farm.links());
    }

    // Properties

    /// The job of what is chosen.
    ReadOnlyObjectProperty<Optional<TaskId>> focus() {
        return focus.getReadOnlyProperty();
    }

    /// Counts up whenever something may look different.
    ReadOnlyLongProperty changes() {
        return changes.getReadOnlyProperty();
    }

    /// Is the critical path drawn out?
    public BooleanProperty critical() {
        return critical;
    }

    Background background() {
        return background;
    }

    FarmModel farm() {
        return farm;
    }

    FarmPlan plan() {
        return plan;
    }

    /// The graph of a job, once it was read and laid out.
    Optional<JobPicture> picture(TaskId job) {
        return Optional.ofNullable(pictures.get(job));
    }

    Unfold unfold(TaskId job) {
        return unfolded.getOrDefault(job, Unfold.NOTHING);
    }

    // Commands

    void listen(Shown listener) {
        listeners.add(listener);
    }

    /// These jobs are seen from so near that their insides are drawn.
    void look(Set<TaskId> jobs) {
        seen = Set.copyOf(jobs);
        hold();
    }

    /// Shows a job with these of its steps task by task.
    void unfold(TaskId job, Unfold now) {
        unfolded.put(job, now);
        farm.open(job).filter(OpenJob::whole).ifPresent(this::layOut);
    }

    private void chosen() {
        var now =
                selection.lead().get().flatMap(farm::row).map(row -> row.view().job());
        if (now.isPresent() && !now.equals(focus.get())) {
            focus.set(now);
            hold();
        }
    }

    private void hold() {
        var wanted = new HashSet<>(seen);
        focus.get().ifPresent(wanted::add);
        wanted.removeIf(job -> farm.job(job).isEmpty());
        for (var job : List.copyOf(held)) {
            if (!wanted.contains(job)) {
                held.remove(job);
                pictures.remove(job);
                farm.release(job, this);
            }
        }
        for (var job : wanted) {
            if (held.add(job)) {
                farm.hold(job, this);
                farm.open(job).filter(OpenJob::whole).ifPresent(this::layOut);
            }
        }
    }

    private void changed(FarmModel.Change change) {
        if (change.jobsCameOrWent()) {
            plan.follow(farm.jobs().stream().map(Row::id).toList(), farm.links());
            hold();
        }
        // What was just submitted is chosen before it is known.
        if (change.jobsCameOrWent() || focus.get().isEmpty()) {
            chosen();
        }
        change.reshaped().stream()
                .filter(held::contains)
                .forEach(job -> farm.open(job).ifPresent(this::layOut));
        for (var job : pictures.keySet()) {
            // A job is touched whenever one of its tasks is.
            if (change.touched().contains(job)) {
                pictures.get(job).touch();
                findCriticalAgain(job);
            }
        }
        touch();
    }

    private void touch() {
        changes.set(changes.get() + 1);
    }

    private void layOut(OpenJob open) {
        var id = open.root().id();
        var former = Optional.ofNullable(pictures.get(id));
        var places = former.map(
                        p -> GraphLayout.places(p.plan().folded(), p.plan().layout()))
                .orElse(Map.<TaskId, Spot>of());
        var unfold = unfold(id);
        // What was unfolded by hand has nowhere been: only what changes by itself keeps its places.
        var kept = former.filter(p -> p.unfold().equals(unfold)).isPresent() ? places : Map.<TaskId, Spot>of();
        var graph = graph(open);
        laid.put(id, Instant.now());
        background.run("layout", () -> JobPlan.of(graph, unfold, kept), made -> {
            if (held.contains(id) && farm.open(id).filter(open::equals).isPresent() && unfold.equals(unfold(id))) {
                show(id, new JobPicture(open, made, unfold));
            }
        });
    }

    private void show(TaskId job, JobPicture picture) {
        var before = Optional.ofNullable(pictures.put(job, picture));
        listeners.forEach(listener -> listener.shown(job, before));
        touch();
    }

    private void findCriticalAgain(TaskId job) {
        var now = Instant.now();
        var picture = pictures.get(job);
        if (picture == null
                || !critical.get()
                || laid.getOrDefault(job, Instant.EPOCH).plus(CRITICAL_AGE).isAfter(now)) {
            return;
        }
        laid.put(job, now);
        var graph = graph(picture.job());
        background.run("critical", () -> picture.plan().withCritical(graph), made -> {
            if (pictures.get(job) == picture) {
                picture.replan(made);
                touch();
            }
        });
    }

    private static Graph graph(OpenJob open) {
        var tasks = open.rows().stream().map(row -> Knot.of(row.view())).toList();
        return new Graph(open.root().id(), tasks, open.edges(), open.outside());
    }
}
