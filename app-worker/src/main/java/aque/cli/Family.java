package aque.cli;

import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who belongs to whom in a job.
final class Family {
    private Family() {}

    /// These tasks, and in the place of a group all that is below it and is none.
    static List<TaskView> tasks(Shell shell, List<TaskView> some) {
        var out = new ArrayList<TaskView>();
        for (var t : some) {
            if (t.kind() != TaskKind.GROUP) {
                out.add(t);
                continue;
            }
            below(t.id(), shell.farm().tasksOfJob(t.job())).stream()
                    .filter(m -> m.kind() != TaskKind.GROUP)
                    .forEach(out::add);
        }
        return out;
    }

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
