package aque.farm;

import aque.task.Edge;
import aque.task.TaskId;
import java.util.List;
import java.util.Map;

/// How one job hangs together with others.
///
/// @param edges from tasks of other jobs to its own, and from its own to those of others
/// @param outside for each task of another job in `edges`: that job
public record JobLinks(List<Edge> edges, Map<TaskId, TaskId> outside) {
    public static final JobLinks NONE = new JobLinks(List.of(), Map.of());

    public JobLinks {
        edges = List.copyOf(edges);
        outside = Map.copyOf(outside);
    }
}
