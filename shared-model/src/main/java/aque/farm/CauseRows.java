package aque.farm;

import aque.db.Rows;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.task.TaskView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The failure behind each failed task and group, by name. Many wait for few, so each name is read once; one whose
/// first
/// cause is mended while another remains is told that other.
final class CauseRows {
    /// Of more than these whose first cause is mended, the rest names none.
    private static final int MOST_OTHERS = 500;

    private CauseRows() {}

    static List<TaskView> named(Connection c, List<TaskView> tasks) throws SQLException {
        return named(c, tasks, task -> true);
    }

    /// @param others of which another cause is looked for when the first one is mended: that goes through all that the
    /// task waits for
    static List<TaskView> named(Connection c, List<TaskView> tasks, Predicate<TaskView> others) throws SQLException {
        var failed = tasks.stream().filter(CauseRows::hasCause).toList();
        if (failed.isEmpty()) {
            return tasks;
        }
        var names = names(c, failed);
        var found = others(
                c,
                failed.stream()
                        .filter(others)
                        .filter(t -> !names.containsKey(t.cause().orElseThrow()))
                        .map(TaskView::id)
                        .limit(MOST_OTHERS)
                        .toList());
        return tasks.stream()
                .map(t -> hasCause(t) ? t.withCause(cause(t, names, found)) : t)
                .toList();
    }

    private static boolean hasCause(TaskView task) {
        return task.state() == TaskState.ERROR && task.cause().isPresent();
    }

    private static TaskView.Cause cause(TaskView task, Map<TaskId, String> names, Map<TaskId, TaskView.Cause> others) {
        var cause = task.cause().orElseThrow();
        var known = names.get(cause);
        return known == null
                ? others.getOrDefault(task.id(), new TaskView.Cause(cause, ""))
                : new TaskView.Cause(cause, known);
    }

    private static Map<TaskId, String> names(Connection c, List<TaskView> failed) throws SQLException {
        var causes = new HashSet<TaskId>();
        failed.forEach(t -> causes.add(t.cause().orElseThrow()));
        var names = new HashMap<TaskId, String>();
        Rows.list(
                        c,
                        "SELECT task_id, label(task_id) FROM task WHERE task_id = ANY (?) AND state IN ('E', 'K', 'X')",
                        s -> IdRows.set(s, 1, causes),
                        r -> Map.entry(IdRows.id(r, 1), r.getString(2)))
                .forEach(e -> names.put(e.getKey(), e.getValue()));
        return names;
    }

    private static Map<TaskId, TaskView.Cause> others(Connection c, List<TaskId> tasks) throws SQLException {
        var found = new HashMap<TaskId, TaskView.Cause>();
        if (!tasks.isEmpty()) {
            Rows.list(
                            c,
                            "SELECT x, r, label(r) FROM unnest(?) x, LATERAL (SELECT (roots(ARRAY[x]))[1]) q(r)"
                                    + " WHERE r IS NOT NULL",
                            s -> IdRows.set(s, 1, tasks),
                            r -> Map.entry(IdRows.id(r, 1), new TaskView.Cause(IdRows.id(r, 2), r.getString(3))))
                    .forEach(e -> found.put(e.getKey(), e.getValue()));
        }
        return found;
    }
}
