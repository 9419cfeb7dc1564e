package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import aque.task.Edge;
import aque.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/// What waits for what across jobs. Reads only; any thread.
public final class LinkStore {
    private final Database database;

    public LinkStore(Database database) {
        this.database = database;
    }

    /// Every pair of jobs of which one waits for the other.
    public List<JobLink> all() {
        return links("SELECT upstream, downstream FROM job_link", Rows.ALL);
    }

    /// Those of which one of these jobs waits.
    public List<JobLink> after(Collection<TaskId> jobs) {
        return links(
                "SELECT upstream, downstream FROM job_link WHERE downstream = ANY (?)", s -> IdRows.set(s, 1, jobs));
    }

    /// The edges of one job's tasks from and to those of others. Without any, it costs one look into an index.
    public JobLinks of(TaskId job) {
        return links("SELECT upstream, downstream FROM job_link WHERE upstream = ? OR downstream = ? LIMIT 1", s -> {
                            s.setLong(1, job.value());
                            s.setLong(2, job.value());
                        })
                        .isEmpty()
                ? JobLinks.NONE
                : edges(job);
    }

    private JobLinks edges(TaskId job) {
        var sql = """
                SELECT e.up, e.down, u.job_id, v.job_id FROM (
                  SELECT d.upstream AS up, d.downstream AS down FROM dep d JOIN task t ON t.task_id = d.downstream WHERE t.job_id = ?
                  UNION SELECT d.upstream, d.downstream FROM dep d JOIN task t ON t.task_id = d.upstream WHERE t.job_id = ?
                  UNION SELECT g.upstream, coalesce(l.group_id, l.job_id) FROM gate g JOIN lane l USING (lane_id) WHERE l.job_id = ?
                  UNION SELECT g.upstream, coalesce(l.group_id, l.job_id) FROM gate g JOIN lane l USING (lane_id)
                    JOIN task t ON t.task_id = g.upstream WHERE t.job_id = ?) e
                  JOIN task u ON u.task_id = e.up JOIN task v ON v.task_id = e.down
                 WHERE u.job_id <> v.job_id""";
        return database.read(c -> {
            try (var s = c.prepareStatement(sql)) {
                for (int i = 1; i <= 4; i++) {
                    s.setLong(i, job.value());
                }
                return read(s, job);
            }
        });
    }

    private static JobLinks read(PreparedStatement s, TaskId job) throws SQLException {
        var edges = new ArrayList<Edge>();
        var outside = new HashMap<TaskId, TaskId>();
        try (var r = s.executeQuery()) {
            while (r.next()) {
                var edge = new Edge(new TaskId(r.getLong(1)), new TaskId(r.getLong(2)));
                boolean comesIn = r.getLong(4) == job.value();
                edges.add(edge);
                outside.put(
                        comesIn ? edge.upstream() : edge.downstream(),
                        new TaskId(comesIn ? r.getLong(3) : r.getLong(4)));
            }
        }
        return new JobLinks(edges, outside);
    }

    private List<JobLink> links(String sql, Rows.Bind bind) {
        return database.list(sql, bind, r -> new JobLink(IdRows.id(r, 1), IdRows.id(r, 2)));
    }
}
