package aque.broker;

import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The statement behind [Broker#acquire].
final class ClaimRows {
    private ClaimRows() {}

    static List<Claim> acquire(
            Connection c,
            WorkerSession worker,
            Collection<Integer> classes,
            int totalCpu,
            int freeCpu,
            long freeMemory,
            int max)
            throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT a.task_id, j.job_id, s.name, a.attempt, a.cpu_m, a.memory, s.argv, s.step, s.params, s.opts, j.cwd, j.env
                  FROM acquire(?, ?, ?, ?, ?, ?) WITH ORDINALITY a(task_id, attempt, cpu_m, memory, n)
                  JOIN task_spec s ON s.task_id = a.task_id JOIN task t ON t.task_id = a.task_id JOIN job j ON j.job_id = t.job_id
                 ORDER BY a.n""")) {
            s.setInt(1, worker.id());
            s.setArray(2, c.createArrayOf("int4", classes.toArray()));
            s.setInt(3, totalCpu);
            s.setInt(4, freeCpu);
            s.setLong(5, freeMemory);
            s.setInt(6, max);
            var out = new ArrayList<Claim>();
            var environments = new HashMap<String, Map<String, String>>();
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    out.add(claim(r, environments));
                }
            }
            return out;
        }
    }

    private static Claim claim(ResultSet r, Map<String, Map<String, String>> environments) throws SQLException {
        var json = r.getString("opts");
        var options = json == null ? TaskOptions.NONE : TaskOptions.fromJson(json);
        var environment = environments.computeIfAbsent(
                r.getString("env"), e -> JsonMapper.shared().readValue(e, new TypeReference<Map<String, String>>() {}));
        if (!options.env().isEmpty()) {
            environment = new HashMap<>(environment);
            environment.putAll(options.env());
        }
        return new Claim(
                new TaskId(r.getLong("task_id")),
                new TaskId(r.getLong("job_id")),
                r.getString("name"),
                r.getInt("attempt"),
                r.getInt("cpu_m"),
                r.getLong("memory"),
                work(r),
                options.cwd().isEmpty() ? r.getString("cwd") : options.cwd(),
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
