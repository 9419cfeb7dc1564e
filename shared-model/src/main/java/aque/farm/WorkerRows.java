package aque.farm;

import aque.db.Rows;
import aque.schedule.Capabilities;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/// Workers with what they hold. Any thread.
final class WorkerRows {
    private static final int MANY = 20_000;
    private static final String WORKERS = """
            SELECT w.worker_id, w.name, w.host, w.state, w.cpu_m, w.memory, coalesce(l.cpu, 0), coalesce(l.mem, 0), coalesce(l.n, 0), w.started_at,
                   extract(epoch FROM clock_timestamp() - w.last_seen), w.version, w.capabilities,
                   coalesce((SELECT n.body FROM note n WHERE n.worker = w.name ORDER BY n.note_id DESC LIMIT 1), '') said, a.note, a.actor, a.at
              FROM worker w LEFT JOIN aside a ON a.name = w.name
              LEFT JOIN (SELECT worker_id, sum(cpu_m) cpu, sum(memory) mem, count(*) n FROM lease GROUP BY 1) l USING (worker_id)
             WHERE w.state IN ('up', 'draining') OR w.state = 'lost' AND w.last_seen > now() - interval '1 day'
             ORDER BY w.name, w.worker_id""";

    /// Workers tell the same again with every look; parsing 2,000 of them takes longer than reading them.
    private final Map<String, Capabilities> told = new ConcurrentHashMap<>();

    /// Those that are up, draining or were lost within the last day, by name.
    List<WorkerView> read(Connection c) throws SQLException {
        if (told.size() > MANY) {
            told.clear();
        }
        return Rows.list(c, WORKERS, Rows.ALL, this::worker);
    }

    private WorkerView worker(ResultSet r) throws SQLException {
        return new WorkerView(
                r.getInt(1),
                r.getString(2),
                r.getString(3),
                r.getString(4),
                r.getInt(5),
                r.getLong(6),
                r.getInt(7),
                r.getLong(8),
                r.getInt(9),
                r.getTimestamp(10).toInstant(),
                Duration.ofMillis(Math.round(r.getDouble(11) * 1000)),
                r.getString(12),
                told.computeIfAbsent(
                        r.getString(13), json -> JsonMapper.shared().readValue(json, Capabilities.class)),
                r.getString(14),
                aside(r));
    }

    private static Optional<WorkerView.Aside> aside(ResultSet r) throws SQLException {
        var note = r.getString(15);
        return note == null
                ? Optional.empty()
                : Optional.of(new WorkerView.Aside(
                        note, r.getString(16), r.getTimestamp(17).toInstant()));
    }
}
