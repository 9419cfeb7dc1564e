package aque.log;

import aque.db.Database;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGStatement;

/// The table of what tasks wrote (A97, A100). Bytes in, the same bytes out.
public final class LogStore {
    private final Database database;

    public LogStore(Database database) {
        this.database = database;
    }

    /// Whether there is a server that could take anything.
    public boolean isThere() {
        return database.answers();
    }

    /// Appends chunks of any tasks in one statement. When it returns they are on disk.
    public void append(List<LogChunk> chunks) {
        database.inTransaction(c -> {
            insert(c, chunks, "SELECT log_append(?, ?, ?, ?, ?, ?)");
            return chunks.size();
        });
    }

    /// Appends again what may be there already: the answer to an earlier call was lost with its connection, and
    /// nobody knows whether it was done. Each byte is kept once.
    public void appendOnce(List<LogChunk> chunks) {
        database.inTransaction(c -> {
            insert(c, chunks, "SELECT log_append_once(?, ?, ?, ?, ?, ?)");
            return chunks.size();
        });
    }

    private static void insert(Connection c, List<LogChunk> chunks, String call) throws SQLException {
        try (var s = c.prepareStatement(call)) {
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
            s.execute();
        }
    }

    /// Chunks of one attempt after `afterSeq` (0 from the start), in order, up to about `maxBytes` and at least one.
    public LogPage read(TaskId task, int attempt, long afterSeq, int maxBytes) {
        return database.read(c -> {
            try (var s = binary(c, """
                    SELECT seq, task_id, attempt, chan, off, at, data FROM log_page(?, ?, ?, ?) ORDER BY seq""")) {
                s.setLong(1, task.value());
                s.setInt(2, attempt);
                s.setLong(3, afterSeq);
                s.setLong(4, maxBytes);
                return page(s, afterSeq);
            }
        });
    }

    /// The last chunks of one attempt, about `maxBytes` of them: where a log view starts.
    public LogPage tail(TaskId task, int attempt, int maxBytes) {
        return before(task, attempt, Long.MAX_VALUE, maxBytes);
    }

    /// The chunks of one attempt just before `seq`, in order, about `maxBytes` of them and at least one.
    public LogPage before(TaskId task, int attempt, long seq, int maxBytes) {
        return database.read(c -> {
            try (var s = binary(c, """
                    SELECT seq, task_id, attempt, chan, off, at, data FROM (
                      SELECT *, sum(length(data)) OVER (ORDER BY seq DESC) - length(data) AS after FROM (
                        SELECT * FROM log_chunk WHERE task_id = ? AND attempt = ? AND seq < ? ORDER BY seq DESC LIMIT 8192) q) p
                     WHERE after < ? ORDER BY seq""")) {
                s.setLong(1, task.value());
                s.setInt(2, attempt);
                s.setLong(3, seq);
                s.setLong(4, maxBytes);
                return page(s, 0);
            }
        });
    }

    /// The chunks of one log from `from`, up to and without `to`.
    public List<LogPiece> between(LogId log, long from, long to) {
        return database.read(c -> {
            try (var s = binary(c, """
                    SELECT seq, task_id, attempt, chan, off, at, data FROM log_chunk
                     WHERE task_id = ? AND attempt = ? AND seq >= ? AND seq < ? ORDER BY seq""")) {
                s.setLong(1, log.task().value());
                s.setInt(2, log.attempt());
                s.setLong(3, from);
                s.setLong(4, to);
                return page(s, 0).pieces();
            }
        });
    }

    /// Where the chunks of one log stand, up to and with the chunk `seq`. Lengths are known without unpacking the
    /// data: a gigabyte in chunks of 64 KiB takes some 20 ms.
    public LogMap map(LogId log, long seq) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT min(seq), min(before), sum(n) FROM (
                      SELECT seq, n, sum(n) OVER (ORDER BY seq) - n AS before FROM (
                        SELECT seq, length(data) AS n FROM log_chunk WHERE task_id = ? AND attempt = ? AND seq <= ?) q) p
                     GROUP BY before / ? ORDER BY 1""")) {
                s.setLong(1, log.task().value());
                s.setInt(2, log.attempt());
                s.setLong(3, seq);
                s.setLong(4, LogMap.STEP);
                try (var r = s.executeQuery()) {
                    var marks = new ArrayList<LogMap.Mark>();
                    long total = 0;
                    while (r.next()) {
                        marks.add(new LogMap.Mark(r.getLong(1), r.getLong(2)));
                        total += r.getLong(3);
                    }
                    return new LogMap(marks, total);
                }
            }
        });
    }

    /// The ends of many logs, about `maxBytes` of each, in the order asked; logs that hold nothing are left out.
    public Map<LogId, List<LogPiece>> tails(List<LogId> logs, int maxBytes) {
        return database.read(c -> {
            try (var s = binary(c, """
                    SELECT l.* FROM unnest(?::int8[], ?::int4[]) WITH ORDINALITY u(t, n, i), LATERAL (
                      SELECT seq, task_id, attempt, chan, off, at, data FROM (
                        SELECT *, sum(length(data)) OVER (ORDER BY seq DESC) - length(data) AS after FROM (
                          SELECT * FROM log_chunk WHERE task_id = u.t AND attempt = u.n ORDER BY seq DESC LIMIT 256) q) p
                       WHERE after < ? ORDER BY seq) l ORDER BY u.i, l.seq""")) {
                s.setArray(
                        1,
                        c.createArrayOf(
                                "int8", logs.stream().map(l -> l.task().value()).toArray()));
                s.setArray(
                        2,
                        c.createArrayOf(
                                "int4", logs.stream().map(LogId::attempt).toArray()));
                s.setLong(3, maxBytes);
                var tails = new LinkedHashMap<LogId, List<LogPiece>>();
                for (var piece : page(s, 0).pieces()) {
                    var log = new LogId(piece.chunk().task(), piece.chunk().attempt());
                    tails.computeIfAbsent(log, l -> new ArrayList<>()).add(piece);
                }
                return tails;
            }
        });
    }

    /// Bytes come as bytes from the first call on; the driver would begin with text, twice as long.
    private static PreparedStatement binary(Connection c, String sql) throws SQLException {
        var s = c.prepareStatement(sql);
        s.unwrap(PGStatement.class).setPrepareThreshold(-1);
        return s;
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

    /// Drops the chunks of a long stream that lie wholly from `head` up to `tail`, byte offsets; a line where they
    /// were says how much is missing.
    ///
    /// @return how many bytes went
    public long dropMiddle(TaskId task, int attempt, Channel channel, long head, long tail) {
        return database.<Long, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT log_drop_middle(?, ?, ?, ?, ?)")) {
                s.setLong(1, task.value());
                s.setInt(2, attempt);
                s.setInt(3, channel.code());
                s.setLong(4, head);
                s.setLong(5, tail);
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

    private static LogPage page(PreparedStatement s, long after) throws SQLException {
        try (var r = s.executeQuery()) {
            var out = new ArrayList<LogPiece>();
            var seq = after;
            while (r.next()) {
                seq = r.getLong(1);
                Instant at = r.getTimestamp(6).toInstant();
                var chunk = new LogChunk(
                        new TaskId(r.getLong(2)),
                        r.getInt(3),
                        Channel.ofCode(r.getInt(4)),
                        r.getLong(5),
                        at,
                        r.getBytes(7));
                out.add(new LogPiece(seq, chunk));
            }
            return new LogPage(out, seq);
        }
    }
}
