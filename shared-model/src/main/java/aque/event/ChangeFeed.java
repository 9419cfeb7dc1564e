package aque.event;

import aque.db.Database;
import aque.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the farm's changes exactly once each, by the difference of two snapshots (PgQ's way, broker notes 2.7):
/// never misses one, never repeats one, never waits for a slow writer. One thread at a time.
public final class ChangeFeed {
    private final Database database;
    private @Nullable UUID epoch;
    private @Nullable String cursor;

    public ChangeFeed(Database database) {
        this.database = database;
    }

    /// What has changed since the last call. The first call, and one after a cut that was too long, answers
    /// [FarmEvent.Resync]: read everything, then go on polling; what changes from this call on is in the next.
    public List<FarmEvent> poll() {
        return database.read(c -> {
            try (var s = c.prepareStatement(
                    "SELECT epoch, next_cursor::text, resync, kind, ids, worker_id FROM feed(?, ?::pg_snapshot)")) {
                s.setObject(1, epoch);
                s.setString(2, cursor);
                try (var r = s.executeQuery()) {
                    return read(r);
                }
            }
        });
    }

    /// What was told could not be used: the next answer is [FarmEvent.Resync].
    public void startOver() {
        epoch = null;
        cursor = null;
    }

    private List<FarmEvent> read(ResultSet r) throws SQLException {
        var out = new ArrayList<FarmEvent>();
        var tasks = new LinkedHashSet<TaskId>();
        while (r.next()) {
            epoch = r.getObject(1, UUID.class);
            cursor = r.getString(2);
            if (r.getBoolean(3)) {
                return List.of(new FarmEvent.Resync());
            }
            var kind = r.getString(4);
            if (kind == null) {
                continue;
            }
            var ids = ids(r);
            if (kind.equals("T")) {
                tasks.addAll(ids);
                continue;
            }
            flush(tasks, out);
            out.add(event(kind, ids, r.getInt(6)));
        }
        flush(tasks, out);
        return out;
    }

    private static void flush(LinkedHashSet<TaskId> tasks, List<FarmEvent> out) {
        if (!tasks.isEmpty()) {
            out.add(new FarmEvent.TasksChanged(List.copyOf(tasks)));
            tasks.clear();
        }
    }

    private static FarmEvent event(String kind, List<TaskId> ids, int worker) {
        return switch (kind) {
            case "S" -> new FarmEvent.JobSubmitted(ids.getFirst());
            case "J" -> new FarmEvent.JobsChanged(ids);
            case "D" -> new FarmEvent.JobsRemoved(ids);
            case "W" -> new FarmEvent.WorkerChanged(worker);
            default -> new FarmEvent.Resync();
        };
    }

    private static List<TaskId> ids(ResultSet r) throws SQLException {
        return Arrays.stream((Long[]) r.getArray(5).getArray()).map(TaskId::new).toList();
    }
}
