package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/// What workers say of themselves. Any thread.
public final class WorkerLogStore {
    private final Database database;

    public WorkerLogStore(Database database) {
        this.database = database;
    }

    /// One line of a worker's own log.
    ///
    /// @param level `INFO`, `WARNING` or `SEVERE`
    public record Line(Instant at, String level, String text) {}

    public void append(String worker, List<Line> lines) {
        database.call("SELECT worker_says(?, ?, ?, ?)", s -> {
            s.setString(1, worker);
            Rows.setArray(s, 2, "timestamptz", lines.stream().map(l -> Timestamp.from(l.at())));
            Rows.setArray(s, 3, "text", lines.stream().map(Line::level));
            Rows.setArray(s, 4, "text", lines.stream().map(Line::text));
        });
    }

    /// The last lines of the worker of this name, the oldest first.
    public List<Line> last(String worker, int most) {
        return database.list(
                        "SELECT at, level, line FROM worker_log WHERE worker = ? ORDER BY at DESC LIMIT ?",
                        s -> {
                            s.setString(1, worker);
                            s.setInt(2, most);
                        },
                        r -> new Line(r.getTimestamp(1).toInstant(), r.getString(2), r.getString(3)))
                .reversed();
    }
}
