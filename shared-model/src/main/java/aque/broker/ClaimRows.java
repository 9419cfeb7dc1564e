package aque.broker;

import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The statement behind [Broker#acquire].
final class ClaimRows {
    private ClaimRows() {}

    /// @param low where this worker left off, moved on by what it takes now
    static List<Claim> acquire(Connection c, WorkerSession worker, Room room, LowWater low) throws SQLException {
        try (var s = c.prepareStatement("SELECT * FROM acquire(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            s.setInt(1, worker.id());
            s.setArray(2, c.createArrayOf("int4", room.classes().toArray()));
            s.setInt(3, room.totalCpu());
            s.setInt(4, room.freeCpu());
            s.setLong(5, room.freeMemory());
            s.setInt(6, room.most());
            s.setArray(7, c.createArrayOf("text", room.busyPaths().toArray()));
            var marks = low.marks();
            s.setArray(8, SqlArrays.of(c, "int8", marks, LowWater.Mark::lane));
            s.setArray(9, SqlArrays.of(c, "int8", marks, LowWater.Mark::key));
            s.setArray(10, SqlArrays.of(c, "int8", marks, LowWater.Mark::task));
            var out = new ArrayList<Claim>();
            var jobs = new HashMap<Long, JobPart>();
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    low.took(r.getLong("lane_id"), r.getLong("sort_key"), r.getLong("task_id"));
                    out.add(claim(r, jobs));
                }
            }
            return out;
        }
    }

    /// What is the same for all tasks of a job, and comes with the first of them.
    private record JobPart(String cwd, Map<String, String> environment) {}

    private static Claim claim(ResultSet r, Map<Long, JobPart> jobs) throws SQLException {
        var json = r.getString("opts");
        var options = json == null ? TaskOptions.NONE : TaskOptions.fromJson(json);
        var id = r.getLong("job_id");
        var job = jobs.get(id);
        if (job == null) {
            job = new JobPart(
                    r.getString("cwd"),
                    JsonMapper.shared().readValue(r.getString("env"), new TypeReference<Map<String, String>>() {}));
            jobs.put(id, job);
        }
        var environment = job.environment;
        if (!options.env().isEmpty()) {
            environment = new HashMap<>(environment);
            environment.putAll(options.env());
        }
        return new Claim(
                new TaskId(r.getLong("task_id")),
                new TaskId(id),
                r.getString("name"),
                r.getInt("attempt"),
                r.getInt("cpu_m"),
                r.getLong("memory"),
                r.getInt("gpus"),
                work(r),
                r.getString("login"),
                options.cwd().isEmpty() ? job.cwd : options.cwd(),
                environment,
                options);
    }

    private static Work work(ResultSet r) throws SQLException {
        var argv = r.getString("argv");
        if (argv != null) {
            return new Work.Command(Arrays.asList(JsonMapper.shared().readValue(argv, String[].class)));
        }
        return new Work.OpenJd(r.getInt("step"), r.getString("params"));
    }
}
