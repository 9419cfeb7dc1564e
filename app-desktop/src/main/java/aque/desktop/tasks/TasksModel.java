package aque.desktop.tasks;

import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.query.Query;
import aque.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;

/// Which jobs the tree shows, in which order, and how many each view would. Of a change it looks at the jobs that it
/// touched alone. FX thread, no toolkit.
public final class TasksModel {
    /// The order before somebody asks for another.
    static final Comparator<Row> NEWEST_FIRST = Comparator.comparing(Row::id, Comparator.reverseOrder());
    /// How soon a job that grew too old for `age<1h` is noticed.
    private static final Duration AGES = Duration.ofSeconds(10);

    private final FarmModel farm;
    private final ViewsModel views;
    private final FindModel find;
    private final String me;
    private final ObjectProperty<JobView> view =
            new SimpleObjectProperty<>(JobView.usual().getFirst());
    private final ObjectProperty<Query> query = new SimpleObjectProperty<>(Query.ALL);
    private final ObjectProperty<Comparator<Row>> order = new SimpleObjectProperty<>(NEWEST_FIRST);
    private final ObjectProperty<Grouping> grouping = new SimpleObjectProperty<>(Grouping.NONE);
    private final ReadOnlyObjectWrapper<List<Section>> shown = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Map<JobView, Integer>> counts = new ReadOnlyObjectWrapper<>(Map.of());
    private final Map<TaskId, Standing> standings = new HashMap<>();
    private List<JobView> counted = List.of();
    private int[] inView = new int[0];
    private Instant looked = Instant.EPOCH;

    /// Which views would show a job, and whether it is shown now.
    private record Standing(boolean[] inView, boolean shown) {}

    /// `me` is the person whose jobs are Mine.
    public TasksModel(FarmModel farm, ViewsModel views, FindModel find, String me) {
        this.farm = farm;
        this.views = views;
        this.find = find;
        this.me = me;
        farm.listen(this::changed);
        views.views().addListener((ListChangeListener<JobView>) change -> viewsChanged());
        view.addListener((o, was, is) -> search());
        query.addListener((o, was, is) -> search());
        order.addListener((o, was, is) -> arrange());
        grouping.addListener((o, was, is) -> arrange());
        find.found().addListener((o, was, is) -> refresh());
        refresh();
    }

    // Properties

    public ViewsModel views() {
        return views;
    }

    public ObjectProperty<JobView> view() {
        return view;
    }

    /// What is typed into the search field; it narrows what the view shows.
    public ObjectProperty<Query> query() {
        return query;
    }

    /// The order of jobs, and of tasks within their group.
    public ObjectProperty<Comparator<Row>> order() {
        return order;
    }

    public ObjectProperty<Grouping> grouping() {
        return grouping;
    }

    /// The jobs to show; set anew only when others are shown or in another order.
    ReadOnlyObjectProperty<List<Section>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Ids of the jobs that are shown, from the first to the last.
    public List<TaskId> shownIds() {
        return shown.get().stream()
                .flatMap(section -> section.jobs().stream())
                .map(Row::id)
                .toList();
    }

    /// The tasks that a search for tasks found, by job; empty when nothing searches for tasks.
    public Map<TaskId, List<Row>> found() {
        return find.found().get();
    }

    public ReadOnlyObjectProperty<Map<JobView, Integer>> counts() {
        return counts.getReadOnlyProperty();
    }

    /// View and search field together.
    Query whole() {
        return view.get().query().and(query.get());
    }

    private void viewsChanged() {
        if (!views.views().contains(view.get())) {
            view.set(views.views().getFirst());
        }
        refresh();
    }

    private void search() {
        find.search(whole());
        refresh();
    }

    private void changed(FarmModel.Change change) {
        boolean aged = (whole().tellsAge()
                        || views.views().stream().anyMatch(v -> v.query().tellsAge()))
                && looked.plus(AGES).isBefore(Instant.now());
        if (change.jobsCameOrWent() || aged) {
            refresh();
            return;
        }
        var now = Instant.now();
        boolean other = false;
        boolean touched = false;
        for (var id : change.touched()) {
            var job = farm.job(id);
            if (job.isPresent()) {
                other |= stand(job.get(), now);
                touched = true;
            }
        }
        if (touched) {
            tellCounts();
        }
        if (other || (touched && grouping.get().follows())) {
            arrange();
        }
    }

    private void refresh() {
        standings.clear();
        counted = List.copyOf(views.views());
        inView = new int[counted.size()];
        looked = Instant.now();
        farm.jobs().forEach(job -> stand(job, looked));
        tellCounts();
        arrange();
    }

    /// Looks where a job belongs now; true when it is to be shown and was not, or the other way round.
    private boolean stand(Row job, Instant at) {
        var now = new boolean[inView.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = counted.get(i).query().test(job, me, at);
        }
        boolean visible = find.searches()
                ? found().containsKey(job.id())
                : view.get().query().test(job, me, at) && query.get().test(job, me, at);
        var was = standings.put(job.id(), new Standing(now, visible));
        for (int i = 0; i < now.length; i++) {
            inView[i] += (now[i] ? 1 : 0) - (was != null && was.inView[i] ? 1 : 0);
        }
        return was == null || was.shown != visible;
    }

    private void tellCounts() {
        var now = new HashMap<JobView, Integer>();
        for (int i = 0; i < inView.length; i++) {
            now.put(counted.get(i), inView[i]);
        }
        if (!now.equals(counts.get())) {
            counts.set(Map.copyOf(now));
        }
    }

    /// Rows do not travel under the pointer: a changed value alone never sorts again.
    private void arrange() {
        var visible = farm.jobs().stream()
                .filter(job -> {
                    var standing = standings.get(job.id());
                    return standing != null && standing.shown;
                })
                .collect(Collectors.toList());
        var now = grouping.get().of(visible, order.get());
        if (!Objects.equals(now, shown.get())) {
            shown.set(now);
        }
    }
}
