package aque.desktop.feed;

import aque.task.Edge;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A job whose tasks are on the screen. Built by the reader's thread, then owned by the FX thread.
public final class OpenJob {
    private final Row root;
    private final Map<TaskId, Row> rows;
    private final List<Edge> edges;
    private final Map<TaskId, TaskId> outside;
    private final boolean whole;

    private OpenJob(Row root, Map<TaskId, Row> rows, List<Edge> edges, Map<TaskId, TaskId> outside, boolean whole) {
        this.root = root;
        this.rows = rows;
        this.edges = List.copyOf(edges);
        this.outside = Map.copyOf(outside);
        this.whole = whole;
    }

    /// Makes the rows of a job. Tasks whose parent is not among them hang below the root.
    ///
    /// @param outside for each task of another job in `edges`: that job
    static OpenJob build(TaskId job, Collection<TaskView> tasks, List<Edge> edges, Map<TaskId, TaskId> outside) {
        return build(job, tasks, edges, outside, true);
    }

    /// The beginning of a large job, to be shown while the rest is read.
    static OpenJob begin(TaskId job, Collection<TaskView> tasks) {
        return build(job, tasks, List.of(), Map.of(), false);
    }

    private static OpenJob build(
            TaskId job, Collection<TaskView> tasks, List<Edge> edges, Map<TaskId, TaskId> outside, boolean whole) {
        var rows = HashMap.<TaskId, Row>newHashMap(tasks.size());
        tasks.forEach(task -> rows.put(task.id(), new Row(task)));
        var root = Optional.ofNullable(rows.get(job)).orElseThrow(() -> new IllegalArgumentException("no job " + job));
        var ordered = tasks.stream().map(TaskView::id).sorted(Comparator.naturalOrder());
        ordered.filter(id -> !id.equals(job)).forEach(id -> {
            var row = Objects.requireNonNull(rows.get(id));
            var parent = row.view().parent().map(rows::get).orElse(root);
            parent.adopt(row);
        });
        rows.values().forEach(Row::count);
        return new OpenJob(root, rows, edges, outside, whole);
    }

    /// The same job below the row that the window already shows for it.
    OpenJob below(Row jobRow) {
        jobRow.become(root);
        rows.put(jobRow.id(), jobRow);
        return new OpenJob(jobRow, rows, edges, outside, whole);
    }

    /// Are all its tasks here? If not, they follow.
    public boolean whole() {
        return whole;
    }

    public Row root() {
        return root;
    }

    public Collection<Row> rows() {
        return Collections.unmodifiableCollection(rows.values());
    }

    public Optional<Row> row(TaskId id) {
        return Optional.ofNullable(rows.get(id));
    }

    /// What must come before what, tasks of other jobs included.
    public List<Edge> edges() {
        return edges;
    }

    /// For each task of another job that an edge comes from or goes to: that job.
    public Map<TaskId, TaskId> outside() {
        return outside;
    }
}
