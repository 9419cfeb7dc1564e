package aque.desktop.tasks;

import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.task.TaskId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// Which jobs the tree shows, in which order, and how many each view would. Of a change it looks at the jobs that it
/// touched alone. FX thread, no toolkit.
public final class TasksModel {
    /// The order before somebody asks for another.
    static final Comparator<Row> NEWEST_FIRST = Comparator.comparing(Row::id, Comparator.reverseOrder());

    private final FarmModel farm;
    private final String me;
    private final ObjectProperty<JobView> view = new SimpleObjectProperty<>(JobView.ALL);
    private final ObjectProperty<JobQuery> query = new SimpleObjectProperty<>(new JobQuery(""));
    private final ObjectProperty<Comparator<Row>> order = new SimpleObjectProperty<>(NEWEST_FIRST);
    private final ReadOnlyObjectWrapper<List<Section>> shown = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Map<JobView, Integer>> counts = new ReadOnlyObjectWrapper<>(Map.of());
    private final Map<TaskId, Standing> standings = new HashMap<>();
    private final int[] inView = new int[JobView.values().length];

    /// Which views would show a job, and whether it is shown now.
    private record Standing(boolean[] inView, boolean shown) {}

    /// `me` is the person whose jobs are Mine.
    public TasksModel(FarmModel farm, String me) {
        this.farm = farm;
        this.me = me;
        farm.listen(this::changed);
        view.addListener((o, was, is) -> refresh());
        query.addListener((o, was, is) -> refresh());
        order.addListener((o, was, is) -> arrange());
        refresh();
    }

    // Properties

    public ObjectProperty<JobView> view() {
        return view;
    }

    public ObjectProperty<JobQuery> query() {
        return query;
    }

    /// The order of jobs, and of tasks within their group.
    public ObjectProperty<Comparator<Row>> order() {
        return order;
    }

    /// The jobs to show; set anew only when others are shown or in another order.
    public ReadOnlyObjectProperty<List<Section>> shown() {
        return shown.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Map<JobView, Integer>> counts() {
        return counts.getReadOnlyProperty();
    }

    private void changed(FarmModel.Change change) {
        if (change.jobsCameOrWent()) {
            refresh();
            return;
        }
        boolean other = false;
        for (var id : change.touched()) {
            var job = farm.job(id);
            if (job.isPresent()) {
                other |= stand(job.get());
            }
        }
        tellCounts();
        if (other) {
            arrange();
        }
    }

    private void refresh() {
        standings.clear();
        Arrays.fill(inView, 0);
        farm.jobs().forEach(this::stand);
        tellCounts();
        arrange();
    }

    /// Looks where a job belongs now; true when it is to be shown and was not, or the other way round.
    private boolean stand(Row job) {
        var now = new boolean[inView.length];
        for (var each : JobView.values()) {
            now[each.ordinal()] = each.shows(job, me);
        }
        boolean visible = view.get().shows(job, me) && query.get().test(job);
        var was = standings.put(job.id(), new Standing(now, visible));
        for (int i = 0; i < now.length; i++) {
            inView[i] += (now[i] ? 1 : 0) - (was != null && was.inView[i] ? 1 : 0);
        }
        return was == null || was.shown != visible;
    }

    private void tellCounts() {
        var now = new EnumMap<JobView, Integer>(JobView.class);
        for (var each : JobView.values()) {
            now.put(each, inView[each.ordinal()]);
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
                .sorted(order.get())
                .toList();
        var now = List.of(new Section("", visible));
        if (!now.equals(shown.get())) {
            shown.set(now);
        }
    }
}
