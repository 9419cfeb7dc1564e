package aque.farm;

import aque.db.Rows;
import aque.openjd.CommandLine;
import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.schedule.Needs;
import aque.submit.TaskOptions;
import aque.task.TaskId;
import aque.task.TaskView;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Everything about one task: what it runs, where and with what, and each of its attempts.
final class DetailRows {
    private DetailRows() {}

    static Optional<TaskDetails> read(Connection c, TaskView task) throws SQLException {
        return Rows.first(c, """
                SELECT s.argv, s.params, j.cwd, j.env, q.cpu_m, q.memory, q.needs, s.opts, s.step, j.doc, j.labels::text,
                       CASE WHEN t.task_id = t.job_id THEN date_part('epoch', predicted_end(t.job_id)) END
                  FROM task t JOIN task_spec s USING (task_id) JOIN job j ON j.job_id = t.job_id
                  LEFT JOIN lane l ON l.lane_id = t.lane_id LEFT JOIN req_class q USING (rclass) WHERE t.task_id = ?""", s -> s.setLong(1, task.id().value()), r -> details(c, task, r));
    }

    private static TaskDetails details(Connection c, TaskView task, ResultSet r) throws SQLException {
        var argv = r.getString(1);
        var params = r.getString(2);
        var traits = r.getString(7);
        var json = r.getString(8);
        var options = json == null ? TaskOptions.NONE : TaskOptions.fromJson(json);
        var environment = new HashMap<>(JsonRows.texts(r, 4));
        environment.putAll(options.env());
        return new TaskDetails(
                task,
                argv != null
                        ? Arrays.asList(JsonMapper.shared().readValue(argv, String[].class))
                        : params == null
                                ? List.of()
                                : CommandLine.of(
                                        JobDocument.fromJson(r.getString(10)),
                                        r.getInt(9),
                                        TaskParameters.fromJson(params)),
                options.cwd().isEmpty() ? r.getString(3) : options.cwd(),
                environment,
                traits == null ? Needs.ONE_CPU : Needs.of(r.getInt(5), r.getLong(6), traits),
                attempts(c, task.id()),
                JsonRows.texts(r, 11),
                Rows.moment(r, 12),
                sizes(c, task.id()));
    }

    static List<String> sizes(Connection c, TaskId id) throws SQLException {
        return RightSizeRows.read(c, id.value()).stream()
                .flatMap(s -> s.hint().stream())
                .toList();
    }

    private static List<AttemptView> attempts(Connection c, TaskId id) throws SQLException {
        return Rows.list(c, """
                SELECT a.attempt, w.name, a.started_at, a.ended_at, a.state, a.reason, a.exit_code, a.signal, a.peak, a.cpu_ms
                  FROM attempt a LEFT JOIN worker w USING (worker_id) WHERE a.task_id = ? ORDER BY a.attempt""", s -> s.setLong(1, id.value()), DetailRows::attempt);
    }

    private static AttemptView attempt(ResultSet r) throws SQLException {
        var reason = r.getString(6);
        return new AttemptView(
                r.getInt(1),
                r.getString(2),
                r.getTimestamp(3).toInstant(),
                r.getTimestamp(4).toInstant(),
                switch (r.getString(5)) {
                    case "S" -> "success";
                    case "K" -> "killed";
                    case "Q" -> "requeued";
                    case "L" -> "lost";
                    default -> "error";
                },
                reason == null ? "" : reason,
                Rows.number(r, 7),
                Rows.number(r, 8),
                Rows.big(r, 9),
                Rows.big(r, 10));
    }
}
