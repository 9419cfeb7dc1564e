package aque.desktop.tasks;

import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// Which jobs the tree shows, in which order, and how many each view would. FX thread, no toolkit.
public final class TasksModel {
    /// The order before somebody asks for another.
    static final Comparator<Row> NEWEST_FIRST = Comparator.comparing(Row::id, Comparator.reverseOrder());

    private final FarmModel farm;
    private final String me;
    private final ObjectProperty<JobView> view = new SimpleObjectProperty<>(JobView.ALL);
    private final ObjectProperty<JobQuery> query = new SimpleObjectProperty<>(new JobQuery(""));
    private final ObjectProperty<Comparator<Row>> order = new SimpleObjectProperty<>(NEWEST_FIRST);
    private Comparator<Row> sortedBy = order.get();
    private final ReadOnlyObjectWrapper<List<Row>> shown = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Map<JobView, Integer>> counts = new ReadOnlyObjectWrapper<>(Map.of());

    /// `me` is the person whose jobs are Mine.
    public TasksModel(FarmModel farm, String me) {
        this.farm = farm;
        this.me = me;
        farm.listen(change -> refresh());
        view.addListener((o, was, is) -> refresh());
        query.addListener((o, was, is) -> refresh());
        order.addListener((o, was, is) -> refresh());
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
    public ReadOnlyObjectProperty<List<Row>> shown() {
        return shown.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Map<JobView, Integer>> counts() {
        return counts.getReadOnlyProperty();
    }

    private void refresh() {
        var jobs = farm.jobs();
        var now = new EnumMap<JobView, Integer>(JobView.class);
        for (var each : JobView.values()) {
            now.put(each, (int) jobs.stream().filter(job -> each.shows(job, me)).count());
        }
        counts.set(Map.copyOf(now));
        var visible = jobs.stream()
                .filter(job -> view.get().shows(job, me))
                .filter(query.get())
                .toList();
        // Rows do not travel under the pointer: a changed value alone never sorts again.
        if (sortedBy != order.get() || !Set.copyOf(visible).equals(Set.copyOf(shown.get()))) {
            sortedBy = order.get();
            shown.set(visible.stream().sorted(sortedBy).toList());
        }
    }
}
