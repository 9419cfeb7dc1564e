package aque.usage;

import aque.db.Database;
import aque.db.Rows;
import aque.task.TaskId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
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
            try (var s = c.prepareStatement("SELECT usage_append(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                Rows.setArray(s, 1, "int8", samples.stream().map(u -> u.task().value()));
                Rows.setArray(s, 2, "int4", samples.stream().map(UsageSample::attempt));
                Rows.setArray(s, 3, "timestamptz", samples.stream().map(u -> Timestamp.from(u.at())));
                Rows.setArray(s, 4, "int4", samples.stream().map(UsageSample::cpuMilli));
                Rows.setArray(s, 5, "int8", samples.stream().map(UsageSample::memory));
                Rows.setArray(s, 6, "int8", samples.stream().map(UsageSample::readBytes));
                Rows.setArray(s, 7, "int8", samples.stream().map(UsageSample::writeBytes));
                Rows.setArray(s, 8, "int4", samples.stream().map(UsageSample::processes));
                Rows.setArray(s, 9, "int4", samples.stream().map(u -> u.detail().threads()));
                Rows.setArray(
                        s, 10, "int8", samples.stream().map(u -> u.detail().share()));
                Rows.setArray(
                        s, 11, "int4", samples.stream().map(u -> u.detail().gpuMilli()));
                Rows.setArray(
                        s, 12, "int8", samples.stream().map(u -> u.detail().gpuMemory()));
                return s.execute();
            }
        });
    }

    /// Samples of one attempt later than `after`, oldest first.
    public List<UsageSample> read(TaskId task, int attempt, Instant after) {
        return database.list(
                "SELECT at, cpu_m, memory, read_b, write_b, procs, coalesce(threads, -1), coalesce(pss, -1),"
                        + " coalesce(gpu_m, -1), coalesce(gpu_memory, -1) FROM usage_sample"
                        + " WHERE task_id = ? AND attempt = ? AND at > ? ORDER BY at",
                s -> {
                    s.setLong(1, task.value());
                    s.setInt(2, attempt);
                    s.setTimestamp(3, Timestamp.from(after));
                },
                r -> new UsageSample(
                        task,
                        attempt,
                        r.getTimestamp(1).toInstant(),
                        r.getInt(2),
                        r.getLong(3),
                        r.getLong(4),
                        r.getLong(5),
                        r.getInt(6),
                        new UsageSample.Detail(r.getInt(7), r.getLong(8), r.getInt(9), r.getLong(10))));
    }

    /// What the tasks of a worker, by its name, used together since a time, in steps; also of those that have ended.
    public List<LoadSample> ofWorker(String worker, Instant since, Duration step) {
        return database.list(
                """
                    WITH ids AS (SELECT worker_id FROM worker WHERE name = ?),
                    mine AS (SELECT task_id, attempt FROM attempt WHERE ended_at > ? AND worker_id IN (SELECT worker_id FROM ids)
                             UNION SELECT task_id, attempt FROM lease WHERE worker_id IN (SELECT worker_id FROM ids))
                    SELECT b, sum(cpu)::int, sum(memory)::int8, count(*) FROM (
                      SELECT date_bin(make_interval(secs => ?), u.at, ?) AS b, u.task_id, avg(u.cpu_m) AS cpu, max(u.memory) AS memory
                        FROM mine JOIN usage_sample u USING (task_id, attempt) WHERE u.at > ? GROUP BY 1, 2) q
                     GROUP BY b ORDER BY b""",
                s -> {
                    s.setString(1, worker);
                    s.setTimestamp(2, Timestamp.from(since));
                    s.setDouble(3, step.toMillis() / 1000.0);
                    s.setTimestamp(4, Timestamp.from(since));
                    s.setTimestamp(5, Timestamp.from(since));
                },
                r -> new LoadSample(r.getTimestamp(1).toInstant(), r.getInt(2), r.getLong(3), r.getInt(4)));
    }
}
