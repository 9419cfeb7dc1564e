package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the farm did, by the hour; kept for longer than its jobs. Any thread.
public final class StatStore {
    private final Database database;

    public StatStore(Database database) {
        this.database = database;
    }

    /// Adds up what has ended since the last time; workers do so now and then.
    public void addUp() {
        database.call("SELECT add_up()", Rows.ALL);
    }

    /// The work since a time, whole hours, who did most first; days in their order. A host has no waits.
    public List<WorkStat> since(Instant from, WorkStat.By by) {
        var sql = """
                WITH w AS (SELECT %1$s AS name, sum(done) done, sum(failed) failed, sum(lost) lost, sum(taken) taken, sum(worked_s) worked, sum(wasted_s) wasted
                             FROM work_stat WHERE hour >= date_trunc('hour', ?::timestamptz) GROUP BY 1),
                q AS (SELECT %2$s AS name, sum(waited_s) / sum(jobs) waited, max(longest_s) longest FROM wait_stat WHERE hour >= date_trunc('hour', ?::timestamptz) GROUP BY 1)
                SELECT coalesce(w.name, q.name), coalesce(done, 0), coalesce(failed, 0), coalesce(lost, 0), coalesce(taken, 0), coalesce(worked, 0), coalesce(wasted, 0), waited, longest
                  FROM w FULL JOIN q ON q.name = w.name WHERE coalesce(w.name, q.name) IS NOT NULL ORDER BY %3$s 1""";
        var key = switch (by) {
            case HOST -> new String[] {"host", "NULL::text", "6 DESC,"};
            case GROUP -> new String[] {"share", "share", "6 DESC,"};
            case DAY -> new String[] {"to_char(hour, 'YYYY-MM-DD')", "to_char(hour, 'YYYY-MM-DD')", ""};
        };
        return database.list(
                sql.formatted((Object[]) key),
                s -> {
                    s.setTimestamp(1, Timestamp.from(from));
                    s.setTimestamp(2, Timestamp.from(from));
                },
                StatStore::stat);
    }

    private static WorkStat stat(ResultSet r) throws SQLException {
        return new WorkStat(
                r.getString(1),
                r.getInt(2),
                r.getInt(3),
                r.getInt(4),
                r.getInt(5),
                seconds(r, 6).orElse(Duration.ZERO),
                seconds(r, 7).orElse(Duration.ZERO),
                seconds(r, 8),
                seconds(r, 9));
    }

    private static Optional<Duration> seconds(ResultSet r, int column) throws SQLException {
        var s = r.getDouble(column);
        return r.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(s * 1000)));
    }
}
