package aque.log;

import aque.db.Database;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table of what tasks wrote (A97, A100). Bytes in, the same bytes out.
public final class LogStore {
    private final Database database;

    public LogStore(Database database) {
        this.database = database;
    }

    /// Appends chunks of any tasks in one statement. When it returns they are on disk.
    public void append(List<LogChunk> chunks) {
        database.inTransaction(c -> {
            insert(c, chunks, "");
            return chunks.size();
        });
    }

    /// Appends again what may be there already: the answer to an earlier call was lost with its connection, and nobody
    /// knows whether it was done. Each byte is kept once.
    public void appendOnce(List<LogChunk> chunks) {
        database.inTransaction(c -> {
            insert(c, chunks, """

                 WHERE NOT EXISTS (SELECT 1 FROM log_chunk l
                   WHERE l.task_id = u.t AND l.attempt = u.n AND l.chan = u.c AND l.off = u.o)""");
            return chunks.size();
        });
    }

    private static void insert(Connection c, List<LogChunk> chunks, String unless) throws SQLException {
        try (var s = c.prepareStatement("""
                INSERT INTO log_chunk (task_id, attempt, chan, off, at, data)
                SELECT * FROM unnest(?::int8[], ?::int4[], ?::int2[], ?::int8[], ?::timestamptz[], ?::bytea[]) u(t, n, c, o, at, data)""" + unless)) {
            s.setArray(
                    1,
                    c.createArrayOf(
                            "int8", chunks.stream().map(k -> k.task().value()).toArray()));
            s.setArray(
                    2,
                    c.createArrayOf(
                            "int4", chunks.stream().map(LogChunk::attempt).toArray()));
            s.setArray(
                    3,
                    c.createArrayOf(
                            "int2",
                            chunks.stream().map(k -> (short) k.channel().code()).toArray()));
            s.setArray(
                    4,
                    c.createArrayOf(
                            "int8", chunks.stream().map(LogChunk::offset).toArray()));
            s.setArray(
                    5,
                    c.createArrayOf(
                            "timestamptz",
                            chunks.stream().map(k -> Timestamp.from(k.at())).toArray()));
            s.setArray(
                    6,
                    c.createArrayOf("bytea", chunks.stream().map(LogChunk::data).toArray(byte[][]::new)));
            s.executeUpdate();
        }
    }

    /// Chunks of one attempt after `afterSeq` (0 from the start), in order, up to about `maxBytes` and at least one.
    public LogPage read(TaskId task, int attempt, long afterSeq, int maxBytes) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT seq, task_id, attempt, chan, off, at, data FROM (
                      SELECT *, sum(length(data)) OVER (ORDER BY seq) - length(data) AS before FROM (
                        SELECT * FROM log_chunk WHERE task_id = ? AND attempt = ? AND seq > ? ORDER BY seq LIMIT 512) q) p
                     WHERE before < ? ORDER BY seq""")) {
                s.setLong(1, task.value());
                s.setInt(2, attempt);
                s.setLong(3, afterSeq);
                s.setLong(4, maxBytes);
                try (var r = s.executeQuery()) {
                    return page(r, afterSeq);
                }
            }
        });
    }

    /// The last chunks of one attempt, about `maxBytes` of them: where a log view starts.
    public LogPage tail(TaskId task, int attempt, int maxBytes) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT seq, task_id, attempt, chan, off, at, data FROM (
                      SELECT *, sum(length(data)) OVER (ORDER BY seq DESC) - length(data) AS after FROM (
                        SELECT * FROM log_chunk WHERE task_id = ? AND attempt = ? ORDER BY seq DESC LIMIT 512) q) p
                     WHERE after < ? ORDER BY seq""")) {
                s.setLong(1, task.value());
                s.setInt(2, attempt);
                s.setLong(3, maxBytes);
                try (var r = s.executeQuery()) {
                    return page(r, 0);
                }
            }
        });
    }

    /// Bytes of one attempt, all channels.
    public long size(TaskId task, int attempt) {
        return database.read(c -> {
            try (var s = c.prepareStatement(
                    "SELECT coalesce(sum(length(data)), 0) FROM log_chunk WHERE task_id = ? AND attempt = ?")) {
                s.setLong(1, task.value());
                s.setInt(2, attempt);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getLong(1);
                }
            }
        });
    }

    /// The newest attempt that wrote anything.
    public Optional<Integer> lastAttempt(TaskId task) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT max(attempt) FROM log_chunk WHERE task_id = ?")) {
                s.setLong(1, task.value());
                try (var r = s.executeQuery()) {
                    r.next();
                    var n = r.getInt(1);
                    return r.wasNull() ? Optional.<Integer>empty() : Optional.of(n);
                }
            }
        });
    }

    private static LogPage page(ResultSet r, long after) throws SQLException {
        var out = new ArrayList<LogChunk>();
        var seq = after;
        while (r.next()) {
            seq = r.getLong(1);
            Instant at = r.getTimestamp(6).toInstant();
            out.add(new LogChunk(
                    new TaskId(r.getLong(2)),
                    r.getInt(3),
                    Channel.ofCode(r.getInt(4)),
                    r.getLong(5),
                    at,
                    r.getBytes(7)));
        }
        return new LogPage(out, seq);
    }
}
