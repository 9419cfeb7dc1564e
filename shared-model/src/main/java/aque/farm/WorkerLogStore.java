package aque.farm;

import aque.db.Database;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
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
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT worker_says(?, ?, ?, ?)")) {
                s.setString(1, worker);
                s.setArray(
                        2,
                        c.createArrayOf(
                                "timestamptz",
                                lines.stream().map(l -> Timestamp.from(l.at())).toArray()));
                s.setArray(
                        3,
                        c.createArrayOf("text", lines.stream().map(Line::level).toArray()));
                s.setArray(
                        4,
                        c.createArrayOf("text", lines.stream().map(Line::text).toArray()));
                return s.execute();
            }
        });
    }

    /// The last lines of the worker of this name, the oldest first.
    public List<Line> last(String worker, int most) {
        return database.read(c -> {
            try (var s = c.prepareStatement(
                    "SELECT at, level, line FROM worker_log WHERE worker = ? ORDER BY at DESC LIMIT ?")) {
                s.setString(1, worker);
                s.setInt(2, most);
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<Line>();
                    while (r.next()) {
                        out.add(new Line(r.getTimestamp(1).toInstant(), r.getString(2), r.getString(3)));
                    }
                    return out.reversed();
                }
            }
        });
    }
}
