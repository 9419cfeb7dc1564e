package aque.broker;

import aque.db.Rows;
import aque.submit.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// How long the tasks of a file took when it was rendered last: each of them by its step and name, others of a step
/// as long as those on average (A73). Immutable.
record LearntTimes(Map<String, Step> steps) {
    static final LearntTimes NONE = new LearntTimes(Map.of());

    /// Of more tasks the rest is taken to be as these.
    private static final int TASKS = 10_000;

    /// Seconds by name, and their sum.
    private static final class Step {
        private final Map<String, Double> tasks = new HashMap<>();
        private double sum;
        private int count;

        void add(String name, double seconds) {
            tasks.put(name, seconds);
            sum += seconds;
            count++;
        }

        double of(String name) {
            return tasks.getOrDefault(name, sum / count);
        }
    }

    private record Row(String step, String task, double seconds) {}

    /// Of the last job of this file of which something succeeded, one of the same title first; a template of the
    /// library
    /// is no file, so there the title must be the same.
    static LearntTimes of(Connection c, Source source, String title) throws SQLException {
        var steps = new HashMap<String, Step>();
        Rows.list(
                        c,
                        """
                SELECT coalesce(g.name, ''), s.name, extract(epoch FROM t.ended_at - t.started_at)::float8
                  FROM task t JOIN task_spec s USING (task_id) LEFT JOIN task_spec g ON g.task_id = t.parent_id AND t.parent_id <> t.job_id
                 WHERE t.state = 'S' AND t.kind <> 'G' AND t.started_at IS NOT NULL AND t.job_id =
                       (SELECT j.job_id FROM job j WHERE j.source IS NOT NULL AND j.source::jsonb ->> 'path' = ? AND (j.title = ? OR j.source::jsonb ->> 'path' NOT LIKE 'library:%')
                           AND EXISTS (SELECT 1 FROM lane l WHERE l.job_id = j.job_id AND l.todo < l.total) ORDER BY j.title = ? DESC, j.job_id DESC LIMIT 1) LIMIT ?""",
                        s -> {
                            s.setString(1, source.path());
                            s.setString(2, title);
                            s.setString(3, title);
                            s.setInt(4, TASKS);
                        },
                        r -> new Row(r.getString(1), r.getString(2), r.getDouble(3)))
                .forEach(row ->
                        steps.computeIfAbsent(row.step, name -> new Step()).add(row.task, row.seconds));
        return steps.isEmpty() ? NONE : new LearntTimes(steps);
    }

    /// @param step the group that it is in, "" for the job's own
    /// @return seconds, 0 where nothing is known
    double seconds(String step, String task) {
        var known = steps.get(step);
        return known == null ? 0 : known.of(task);
    }
}
