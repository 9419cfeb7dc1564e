package aque.broker;

import aque.openjd.Frames;
import aque.submit.ByFrame;
import aque.submit.SubmitException;
import aque.submit.TaskFrames;
import aque.task.Edge;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Who waits for whom when tasks wait frame by frame (see [ByFrame]).
final class FrameEdges {
    private FrameEdges() {}

    /// For each task, by its frames, the upstream tasks that hold what it waits for; the whole of `upstream` for a task
    /// of no frames.
    ///
    /// @throws SubmitException when tasks have frames and none of them is held
    static List<List<TaskId>> upstream(Connection c, ByFrame wait, List<Frames> tasks) throws SQLException {
        var holders = holders(c, wait.upstream());
        var out = new ArrayList<List<TaskId>>();
        var held = false;
        for (var mine : tasks) {
            if (mine.isEmpty()) {
                out.add(List.of(wait.upstream()));
                continue;
            }
            var found = new LinkedHashSet<TaskId>();
            for (var frame : wait.needs(mine).numbers()) {
                found.addAll(holders.getOrDefault(frame, List.of()));
            }
            held |= !found.isEmpty();
            out.add(List.copyOf(found));
        }
        if (!held && tasks.stream().anyMatch(t -> !t.isEmpty())) {
            throw new SubmitException("no task of " + wait.upstream() + " holds any of these frames");
        }
        return out;
    }

    /// The same for tasks that are there: edges, of which none leads to the task itself.
    static List<Edge> between(Connection c, ByFrame wait, List<TaskId> downstream) throws SQLException {
        var tasks = frames(c, downstream);
        var ids = List.copyOf(tasks.keySet());
        var upstream = upstream(c, wait, List.copyOf(tasks.values()));
        var out = new ArrayList<Edge>();
        for (var i = 0; i < ids.size(); i++) {
            for (var up : upstream.get(i)) {
                if (!up.equals(ids.get(i))) {
                    out.add(new Edge(up, ids.get(i)));
                }
            }
        }
        return out;
    }

    private static Map<Long, List<TaskId>> holders(Connection c, TaskId upstream) throws SQLException {
        var out = new HashMap<Long, List<TaskId>>();
        frames(c, List.of(upstream))
                .forEach((id, frames) -> frames.numbers()
                        .forEach(n ->
                                out.computeIfAbsent(n, k -> new ArrayList<>()).add(id)));
        return out;
    }

    /// The members of these, in id order, with their frames.
    private static Map<TaskId, Frames> frames(Connection c, List<TaskId> tasks) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT task_id, params, opts::jsonb -> 'env' ->> ? FROM task_spec WHERE task_id = ANY (members(?)) ORDER BY task_id""")) {
            s.setString(1, TaskFrames.VARIABLE);
            s.setArray(2, SqlArrays.longs(c, tasks));
            var out = new LinkedHashMap<TaskId, Frames>();
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    out.put(new TaskId(r.getLong(1)), TaskFrames.of(r.getString(2), r.getString(3)));
                }
            }
            return out;
        }
    }
}
