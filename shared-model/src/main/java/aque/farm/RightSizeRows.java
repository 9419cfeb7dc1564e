package aque.farm;

import aque.db.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The statement behind [RightSize].
final class RightSizeRows {
    private RightSizeRows() {}

    /// One a step, of the last few hundred tasks of a job, of a group, or of one task.
    static List<RightSize> read(Connection c, long id) throws SQLException {
        return Rows.list(
                c,
                """
                SELECT coalesce(g.name, 'it'), max(q.cpu_m), max(q.memory), max(a.peak),
                       coalesce(sum(a.cpu_ms) / nullif(sum(extract(epoch FROM a.ended_at - a.started_at)), 0), 0)::int, count(*)
                  FROM (SELECT t.* FROM task t WHERE t.job_id = (SELECT job_id FROM task WHERE task_id = ?) AND t.state = 'S' AND t.kind <> 'G'
                           AND (t.job_id = ? OR t.parent_id = ? OR t.task_id = ?) ORDER BY t.task_id DESC LIMIT 500) t
                  JOIN attempt a ON a.task_id = t.task_id AND a.attempt = t.attempt AND a.peak > 0
                  JOIN lane l ON l.lane_id = t.lane_id JOIN req_class q USING (rclass) LEFT JOIN task_spec g ON g.task_id = l.group_id
                 GROUP BY l.lane_id, 1 ORDER BY l.lane_id""",
                s -> {
                    for (var i = 1; i <= 4; i++) {
                        s.setLong(i, id);
                    }
                },
                r -> new RightSize(r.getString(1), r.getInt(2), r.getLong(3), r.getLong(4), r.getInt(5), r.getInt(6)));
    }
}
