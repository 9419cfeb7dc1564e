package aque.usage;

import aque.db.Database;
import aque.task.TaskId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The table of what tasks used.
public final class UsageStore {
    private final Database database;

    public UsageStore(Database database) {
        this.database = database;
    }

    /// Appends samples of any tasks in one statement.
    public void append(List<UsageSample> samples) {
        database.inTransaction(c -> {
            try (var s = c.createStatement()) {
                s.execute("SET LOCAL synchronous_commit = off");
            }
            try (var s = c.prepareStatement("""
                    INSERT INTO usage_sample (task_id, attempt, at, cpu_m, memory, read_b, write_b, procs)
                    SELECT * FROM unnest(?::int8[], ?::int4[], ?::timestamptz[], ?::int4[], ?::int8[], ?::int8[], ?::int8[], ?::int4[])""")) {
                s.setArray(
                        1,
                        c.createArrayOf(
                                "int8",
                                samples.stream().map(u -> u.task().value()).toArray()));
                s.setArray(
                        2,
                        c.createArrayOf(
                                "int4",
                                samples.stream().map(UsageSample::attempt).toArray()));
                s.setArray(
                        3,
                        c.createArrayOf(
                                "timestamptz",
                                samples.stream()
                                        .map(u -> Timestamp.from(u.at()))
                                        .toArray()));
                s.setArray(
                        4,
                        c.createArrayOf(
                                "int4",
                                samples.stream().map(UsageSample::cpuMilli).toArray()));
                s.setArray(
                        5,
                        c.createArrayOf(
                                "int8",
                                samples.stream().map(UsageSample::memory).toArray()));
                s.setArray(
                        6,
                        c.createArrayOf(
                                "int8",
                                samples.stream().map(UsageSample::readBytes).toArray()));
                s.setArray(
                        7,
                        c.createArrayOf(
                                "int8",
                                samples.stream().map(UsageSample::writeBytes).toArray()));
                s.setArray(
                        8,
                        c.createArrayOf(
                                "int4",
                                samples.stream().map(UsageSample::processes).toArray()));
                return s.executeUpdate();
            }
        });
    }

    /// Samples of one attempt later than `after`, oldest first.
    public List<UsageSample> read(TaskId task, int attempt, Instant after) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT at, cpu_m, memory, read_b, write_b, procs FROM usage_sample
                     WHERE task_id = ? AND attempt = ? AND at > ? ORDER BY at""")) {
                s.setLong(1, task.value());
                s.setInt(2, attempt);
                s.setTimestamp(3, Timestamp.from(after));
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<UsageSample>();
                    while (r.next()) {
                        out.add(new UsageSample(
                                task,
                                attempt,
                                r.getTimestamp(1).toInstant(),
                                r.getInt(2),
                                r.getLong(3),
                                r.getLong(4),
                                r.getLong(5),
                                r.getInt(6)));
                    }
                    return out;
                }
            }
        });
    }
}
