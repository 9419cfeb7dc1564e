package aque.cli;

import aque.task.TaskId;
import aque.task.TaskView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who belongs to whom in a job.
final class Family {
    private Family() {}

    /// The members of a group, those of its inner groups too, in id order.
    static List<TaskView> below(TaskId group, List<TaskView> job) {
        Map<TaskId, TaskView> byId = new HashMap<>();
        job.forEach(t -> byId.put(t.id(), t));
        return job.stream().filter(t -> isBelow(t, group, byId)).toList();
    }

    private static boolean isBelow(TaskView t, TaskId group, Map<TaskId, TaskView> byId) {
        var parent = t.parent();
        while (parent.isPresent()) {
            if (parent.get().equals(group)) {
                return true;
            }
            var p = byId.get(parent.get());
            parent = p == null ? java.util.Optional.empty() : p.parent();
        }
        return false;
    }
}
