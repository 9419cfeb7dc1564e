package aque.farm;

import aque.db.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Jobs with how many of their tasks are in which state, newest first.
final class JobRows {
    private static final String JOBS = """
            SELECT %s, q.* FROM (
              SELECT j.job_id AS id, j.n_total, sum(l.total - l.todo) AS n_success, sum(l.failed - l.blocked - l.stopped) AS n_error,
                     sum(l.blocked + CASE WHEN l.bad > 0 AND l.cut IS NULL THEN l.todo - l.failed ELSE 0 END) AS n_blocked,
                     sum(l.stopped + CASE WHEN l.cut IS NOT NULL THEN l.todo - l.failed ELSE 0 END) AS n_stopped,
                     sum(CASE WHEN l.bad = 0 AND l.held THEN l.todo - l.failed - coalesce(e.n, 0) ELSE 0 END) AS n_held,
                     sum(CASE WHEN l.bad = 0 AND NOT l.held AND (l.gate > 0 OR l.files) THEN l.todo - l.failed - coalesce(e.n, 0)
                              WHEN l.bad = 0 AND NOT l.held AND l.has_in THEN l.todo - l.failed - coalesce(e.n, 0)
                                   - (SELECT count(*) FROM ready r WHERE r.lane_id = l.lane_id) ELSE 0 END) AS n_waiting,
                     sum(coalesce(e.n, 0)) AS n_running, j.labels::text
                FROM job j JOIN lane l ON l.job_id = j.job_id
                LEFT JOIN (SELECT lane_id, count(*) n FROM lease GROUP BY 1) e ON e.lane_id = l.lane_id
               WHERE %s GROUP BY j.job_id) q
            JOIN task_view v ON v.task_id = q.id ORDER BY q.id DESC""";

    private JobRows() {}

    /// @param where which rows of `job j`
    static List<JobSummary> read(Connection c, String where, Rows.Bind bind) throws SQLException {
        var jobs = Rows.list(c, JOBS.formatted(ViewRows.COLUMNS, where), bind, JobRows::summary);
        // What failed by itself says so; in a storm of retries to look for causes behind it took seconds a look.
        var blocked = jobs.stream()
                .filter(job -> job.error() == 0)
                .map(job -> job.root().id())
                .collect(Collectors.toSet());
        var roots =
                CauseRows.named(c, jobs.stream().map(JobSummary::root).toList(), root -> blocked.contains(root.id()));
        var named = new ArrayList<JobSummary>(jobs.size());
        for (var i = 0; i < jobs.size(); i++) {
            named.add(jobs.get(i).withRoot(roots.get(i)));
        }
        return named;
    }

    private static JobSummary summary(ResultSet r) throws SQLException {
        int at = ViewRows.COLUMN_COUNT + 2;
        int total = r.getInt(at);
        int success = r.getInt(at + 1);
        int error = r.getInt(at + 2);
        int blocked = r.getInt(at + 3);
        int stopped = r.getInt(at + 4);
        int held = r.getInt(at + 5);
        int waiting = Math.max(0, r.getInt(at + 6));
        int running = r.getInt(at + 7);
        var pending = Math.max(0, total - success - error - blocked - stopped - held - waiting - running);
        return new JobSummary(
                ViewRows.view(r),
                total,
                waiting,
                pending,
                running,
                held,
                success,
                error,
                blocked,
                stopped,
                JsonRows.texts(r, at + 8));
    }
}
