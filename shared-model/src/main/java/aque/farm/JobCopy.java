package aque.farm;

import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.Edge;
import aque.task.TaskId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/// Reads a job back into the submission that it was.
final class JobCopy {
    private final Map<TaskId, Integer> places = new HashMap<>();
    private final List<NewTask> tasks = new ArrayList<>();
    private final Map<TaskId, List<TaskId>> upstream = new HashMap<>();
    private final TreeSet<TaskId> after = new TreeSet<>();

    private JobCopy() {}

    /// @param edges what comes before what in it, from outside too
    static Optional<Submission> of(Connection c, TaskId job, List<Edge> edges) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT j.title, j.owner, j.cwd, j.env, j.doc, coalesce((SELECT max(prio) FROM lane l WHERE l.job_id = j.job_id), 1000),
                       j.labels::text, j.share
                  FROM job j WHERE j.job_id = ?""")) {
            s.setLong(1, job.value());
            try (var r = s.executeQuery()) {
                if (!r.next()) {
                    return Optional.empty();
                }
                var copy = new JobCopy();
                copy.read(c, job, edges);
                return Optional.of(new Submission(
                        r.getString(1),
                        r.getString(2),
                        Path.of(r.getString(3)),
                        JsonRows.texts(r, 4),
                        Optional.ofNullable(r.getString(5)),
                        Optional.empty(),
                        false,
                        r.getInt(6),
                        List.copyOf(copy.after),
                        copy.tasks,
                        rules(r)));
            }
        }
    }

    private void read(Connection c, TaskId job, List<Edge> edges) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT t.task_id, t.parent_id, t.kind, s.name, s.argv, s.step, s.params, s.opts, q.cpu_m, q.memory, q.needs
                  FROM task t JOIN task_spec s USING (task_id) LEFT JOIN lane l USING (lane_id) LEFT JOIN req_class q USING (rclass)
                 WHERE t.job_id = ? ORDER BY t.task_id = t.job_id DESC, t.sort_key, t.task_id""")) {
            s.setLong(1, job.value());
            record Line(TaskId id, long parent, String name, Work work, Needs needs, TaskOptions options) {}
            var lines = new ArrayList<Line>();
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    var id = new TaskId(r.getLong(1));
                    places.put(id, lines.size());
                    lines.add(new Line(id, r.getLong(2), r.getString(4), work(r), needs(r), options(r)));
                }
            }
            edges.forEach(this::edge);
            for (var line : lines) {
                tasks.add(new NewTask(
                        line.name(),
                        line.work(),
                        line.parent() == 0 ? -1 : Objects.requireNonNull(places.get(new TaskId(line.parent()))),
                        upstream.getOrDefault(line.id(), List.of()).stream()
                                .map(places::get)
                                .toList(),
                        line.needs(),
                        0,
                        line.options()));
            }
        }
    }

    private static JobRules rules(ResultSet r) throws SQLException {
        var rules = JobRules.NONE.withLabels(JsonRows.texts(r, 7));
        var share = r.getString(8);
        return share == null ? rules : rules.withShare(share);
    }

    private void edge(Edge edge) {
        if (places.containsKey(edge.upstream())) {
            upstream.computeIfAbsent(edge.downstream(), d -> new ArrayList<>()).add(edge.upstream());
        } else {
            after.add(edge.upstream());
        }
    }

    private static Work work(ResultSet r) throws SQLException {
        return switch (r.getString(3)) {
            case "C" -> new Work.Command(Arrays.asList(JsonMapper.shared().readValue(r.getString(5), String[].class)));
            case "O" -> new Work.OpenJd(r.getInt(6), r.getString(7));
            default -> new Work.Group();
        };
    }

    private static Needs needs(ResultSet r) throws SQLException {
        var traits = r.getString(11);
        return traits == null ? Needs.ONE_CPU : Needs.of(r.getInt(9), r.getLong(10), traits);
    }

    private static TaskOptions options(ResultSet r) throws SQLException {
        var json = r.getString(8);
        return json == null ? TaskOptions.NONE : TaskOptions.fromJson(json);
    }
}
