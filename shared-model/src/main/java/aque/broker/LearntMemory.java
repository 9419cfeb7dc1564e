package aque.broker;

import aque.submit.Source;
import java.sql.Connection;
import java.sql.SQLException;

/// How much memory the tasks of a file took when it was rendered before.
final class LearntMemory {
    private static final int JOBS = 5;
    /// Frames differ; this much more than the largest yet.
    private static final double ROOM = 1.2;

    private static final long GRAIN = 256L << 20;

    private LearntMemory() {}

    /// Bytes, of the last few jobs of this file; 0 when none of them ran.
    static long peak(Connection c, Source source) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT coalesce(max(a.peak), 0) FROM attempt a JOIN task t USING (task_id)
                 WHERE a.state = 'S' AND t.job_id IN
                       (SELECT job_id FROM job WHERE source IS NOT NULL AND source::jsonb ->> 'path' = ? ORDER BY job_id DESC LIMIT ?)\
                """)) {
            s.setString(1, source.path());
            s.setInt(2, JOBS);
            try (var r = s.executeQuery()) {
                r.next();
                return r.getLong(1);
            }
        }
    }

    /// What to reserve for a task that may take so much, in whole grains so that few classes of tasks come of it.
    static long reserve(long peak) {
        return (long) Math.ceil(peak * ROOM / GRAIN) * GRAIN;
    }
}
