package aque.desktop.layout;

import aque.task.Edge;
import aque.task.TaskId;
import java.util.List;
import java.util.Map;

/// A job as a graph, before it is folded. Pure.
///
/// @param edges what must come before what, also from and to tasks of other jobs
/// @param outside for each of those tasks its job
public record Graph(TaskId job, List<Knot> tasks, List<Edge> edges, Map<TaskId, TaskId> outside) {
    public Graph {
        tasks = List.copyOf(tasks);
        edges = List.copyOf(edges);
        outside = Map.copyOf(outside);
    }

    /// A job that stands alone.
    public static Graph of(TaskId job, List<Knot> tasks, List<Edge> edges) {
        return new Graph(job, tasks, edges, Map.of());
    }
}
