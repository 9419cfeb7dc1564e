package aque.farm;

import aque.db.Database;
import aque.task.TaskId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which workers keep their room for something big that is first in line. Any thread.
final class KeptRooms {
    private final Database database;

    KeptRooms(Database database) {
        this.database = database;
    }

    /// The worker that keeps its room for this task or one like it.
    Optional<String> keeper(TaskId task) {
        return database.first("""
                SELECT w.name FROM kept_room k JOIN worker w USING (worker_id) JOIN task t USING (lane_id) WHERE t.task_id = ? AND k.until > clock_timestamp()""", s -> s.setLong(1, task.value()), r -> r.getString(1));
    }

    /// For what else than this task workers keep their room, by the worker's number: `sim (12)`.
    Map<Integer, String> besides(TaskId task) {
        return database.list("""
                        SELECT k.worker_id, coalesce(label(d.task_id), '') || ' (' || d.task_id || ')' FROM kept_room k
                          CROSS JOIN LATERAL (SELECT r.task_id FROM ready r WHERE r.lane_id = k.lane_id ORDER BY r.lane_id, r.sort_key, r.task_id LIMIT 1) d
                         WHERE k.until > clock_timestamp() AND k.lane_id <> (SELECT lane_id FROM task WHERE task_id = ?)""", s -> s.setLong(1, task.value()), r -> Map.entry(r.getInt(1), r.getString(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }
}
