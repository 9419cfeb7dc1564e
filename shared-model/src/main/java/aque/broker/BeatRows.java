package aque.broker;

import aque.task.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The statements behind [Broker#beat].
final class BeatRows {
    private BeatRows() {}

    static Beat beat(Connection c, WorkerSession worker, List<Progress> running) throws SQLException {
        try (var s = c.prepareStatement(
                "SELECT fenced, stops, stop_how, lost, state, extract(epoch FROM next_stop), files, setting, reload FROM heartbeat(?, ?, ?, ?, ?, ?)")) {
            s.setInt(1, worker.id());
            s.setObject(2, worker.incarnation());
            s.setArray(3, SqlArrays.of(c, "int8", running, p -> p.task().value()));
            s.setArray(4, SqlArrays.of(c, "int4", running, Progress::attempt));
            s.setArray(5, SqlArrays.of(c, "float4", running, p -> (float) p.percent()));
            s.setArray(6, SqlArrays.of(c, "text", running, p -> p.status().isEmpty() ? null : p.status()));
            try (var r = s.executeQuery()) {
                r.next();
                if (r.getBoolean(1)) {
                    return new Beat(
                            true, Map.of(), Set.of(), List.of(), true, false, Optional.empty(), false, false, "");
                }
                return new Beat(
                        false,
                        stops(SqlArrays.ids(r.getArray(2)), r.getString(3)),
                        Set.copyOf(SqlArrays.ids(r.getArray(4))),
                        signals(c, worker),
                        !"up".equals(r.getString(5)),
                        "leaving".equals(r.getString(5)),
                        seconds(r, 6),
                        r.getBoolean(7),
                        r.getBoolean(9),
                        Objects.requireNonNullElse(r.getString(8), ""));
            }
        }
    }

    private static Optional<Duration> seconds(ResultSet r, int column) throws SQLException {
        var seconds = r.getDouble(column);
        return r.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static Map<TaskId, Beat.Stop> stops(List<TaskId> ids, @Nullable String how) {
        var out = new HashMap<TaskId, Beat.Stop>();
        for (var i = 0; i < ids.size(); i++) {
            out.put(ids.get(i), how != null && how.charAt(i) == 'Q' ? Beat.Stop.REQUEUE : Beat.Stop.KILL);
        }
        return out;
    }

    private static List<Beat.Signal> signals(Connection c, WorkerSession worker) throws SQLException {
        var out = new ArrayList<Beat.Signal>();
        try (var s = c.prepareStatement("SELECT task_id, attempt, signal FROM take_signals(?)")) {
            s.setInt(1, worker.id());
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    out.add(new Beat.Signal(new TaskId(r.getLong(1)), r.getInt(2), r.getInt(3)));
                }
            }
        }
        return out;
    }
}
