package aque.farm;

import aque.db.Database;
import aque.openjd.FormatString;
import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.schedule.Capabilities;
import aque.schedule.Needs;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.task.Edge;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The farm as its readers see it: the command line, the console, `why`. Reads only; any thread.
public final class FarmStore {
    private static final String COLUMNS =
            "v.task_id, v.job_id, v.parent_id, v.kind, v.name, v.state, v.reason, v.exit_code, v.signal, v.attempt,"
                    + " v.worker, v.progress, v.status, v.prio, v.owner, date_part('epoch', v.created_at),"
                    + " date_part('epoch', v.started_at), date_part('epoch', v.ended_at), v.cause, date_part('epoch',"
                    + " v.stops_at)";
    private static final int COLUMN_COUNT = 20;
    private static final int MANY_WORKERS = 20_000;

    private final Database database;
    /// Workers tell the same again with every look; parsing 2,000 of them takes longer than reading them.
    private final Map<String, Capabilities> told = new ConcurrentHashMap<>();

    public FarmStore(Database database) {
        this.database = database;
    }

    /// All jobs, newest first.
    public List<JobSummary> jobs() {
        return jobs("true", c -> null);
    }

    /// The newest jobs alone: what a window can show at once, while all are read.
    public List<JobSummary> newestJobs(int count) {
        return jobs("j.job_id IN (SELECT job_id FROM job ORDER BY job_id DESC LIMIT ?)", c -> count);
    }

    /// These jobs; ids that are no jobs are left out.
    public List<JobSummary> jobs(Collection<TaskId> ids) {
        return jobs("j.job_id = ANY (?)", c -> IdRows.array(c, ids));
    }

    @FunctionalInterface
    private interface Argument {
        @Nullable
        Object of(Connection c) throws SQLException;
    }

    private List<JobSummary> jobs(String where, Argument argument) {
        var sql = """
                SELECT %s, q.* FROM (
                  SELECT j.job_id AS id, j.n_total, sum(l.total - l.todo) AS n_success, sum(l.failed - l.blocked - l.stopped) AS n_error,
                         sum(l.blocked + CASE WHEN l.bad > 0 AND l.cut IS NULL THEN l.todo - l.failed ELSE 0 END) AS n_blocked,
                         sum(l.stopped + CASE WHEN l.cut IS NOT NULL THEN l.todo - l.failed ELSE 0 END) AS n_stopped,
                         sum(CASE WHEN l.bad = 0 AND l.held THEN l.todo - l.failed - coalesce(e.n, 0) ELSE 0 END) AS n_held,
                         sum(CASE WHEN l.bad = 0 AND NOT l.held AND (l.gate > 0 OR l.files) THEN l.todo - l.failed - coalesce(e.n, 0)
                                  WHEN l.bad = 0 AND NOT l.held AND l.has_in THEN l.todo - l.failed - coalesce(e.n, 0)
                                       - (SELECT count(*) FROM ready r WHERE r.lane_id = l.lane_id) ELSE 0 END) AS n_waiting,
                         sum(coalesce(e.n, 0)) AS n_running, j.labels::text
                    FROM job j JOIN lane l ON l.job_id = j.job_id
                    LEFT JOIN (SELECT lane_id, count(*) n FROM lease GROUP BY 1) e ON e.lane_id = l.lane_id
                   WHERE %s GROUP BY j.job_id) q
                JOIN task_view v ON v.task_id = q.id ORDER BY q.id DESC""".formatted(COLUMNS, where);
        return database.read(c -> {
            try (var s = c.prepareStatement(sql)) {
                var a = argument.of(c);
                if (a != null) {
                    s.setObject(1, a);
                }
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<JobSummary>();
                    while (r.next()) {
                        out.add(summary(r));
                    }
                    var roots = named(c, out.stream().map(JobSummary::root).toList());
                    for (var i = 0; i < roots.size(); i++) {
                        out.set(i, out.get(i).withRoot(roots.get(i)));
                    }
                    return out;
                }
            }
        });
    }

    private static JobSummary summary(ResultSet r) throws SQLException {
        int at = COLUMN_COUNT + 2;
        int total = r.getInt(at);
        int success = r.getInt(at + 1);
        int error = r.getInt(at + 2);
        int blocked = r.getInt(at + 3);
        int stopped = r.getInt(at + 4);
        int held = r.getInt(at + 5);
        int waiting = Math.max(0, r.getInt(at + 6));
        int running = r.getInt(at + 7);
        var pending = Math.max(0, total - success - error - blocked - stopped - held - waiting - running);
        return new JobSummary(
                view(r), total, waiting, pending, running, held, success, error, blocked, stopped, texts(r, at + 8));
    }

    /// Every task of a job, its groups too, in id order.
    public List<TaskView> tasksOfJob(TaskId job) {
        return tasks("job_id = ?", (c, s) -> s.setLong(1, job.value()));
    }

    /// The groups of a job and its first tasks that are none: what can be shown of it at once, however large it is.
    public List<TaskView> beginOfJob(TaskId job, int count) {
        return tasks(
                "task_id = ANY (ARRAY(SELECT task_id FROM task WHERE job_id = ? AND kind = 'G') || ARRAY(SELECT"
                        + " task_id FROM task WHERE job_id = ? AND kind <> 'G' ORDER BY task_id LIMIT ?))",
                (c, s) -> {
                    s.setLong(1, job.value());
                    s.setLong(2, job.value());
                    s.setInt(3, count);
                });
    }

    /// These tasks; ids that are not there are left out.
    public List<TaskView> tasks(Collection<TaskId> ids) {
        return tasks("task_id = ANY (?)", (c, s) -> s.setArray(1, IdRows.array(c, ids)));
    }

    /// The newest tasks of any job that match, in id order.
    ///
    /// @param most how many at most
    public List<TaskView> find(TaskSearch search, int most) {
        var rows = new TaskSearchRows(search);
        return tasks(
                "v.task_id IN (SELECT task_id FROM task_view v WHERE " + rows.where()
                        + " ORDER BY v.task_id DESC LIMIT ?)",
                (c, s) -> s.setInt(rows.set(c, s), most));
    }

    /// Tasks of any job that failed since a moment, the latest first cut off after `most`, in id order. Roots only:
    /// what is blocked by a failure has not failed.
    public List<TaskView> failures(Instant since, int most) {
        return tasks(
                "v.task_id IN (SELECT task_id FROM task WHERE state = 'E' AND kind <> 'G'"
                        + " AND reason IS DISTINCT FROM 'dep_failed' AND ended_at >= ? ORDER BY ended_at DESC LIMIT ?)",
                (c, s) -> {
                    s.setTimestamp(1, Timestamp.from(since));
                    s.setInt(2, most);
                });
    }

    public Optional<TaskView> task(TaskId id) {
        return rows("told_task(?) v", (c, s) -> s.setLong(1, id.value())).stream()
                .findFirst();
    }

    @FunctionalInterface
    private interface Bind {
        void to(Connection c, PreparedStatement s) throws SQLException;
    }

    private List<TaskView> tasks(String where, Bind bind) {
        return rows("task_view v WHERE " + where, bind);
    }

    private List<TaskView> rows(String from, Bind bind) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT " + COLUMNS + " FROM " + from + " ORDER BY task_id")) {
                bind.to(c, s);
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<TaskView>();
                    while (r.next()) {
                        out.add(view(r));
                    }
                    return named(c, out);
                }
            }
        });
    }

    /// Failed tasks and groups with the name of the failure behind them. Many wait for few, so each name is read once;
    /// one whose first cause is mended while another remains is told that other.
    private static List<TaskView> named(Connection c, List<TaskView> tasks) throws SQLException {
        var failed = tasks.stream().filter(FarmStore::hasCause).toList();
        if (failed.isEmpty()) {
            return tasks;
        }
        var names = names(c, failed.stream().flatMap(t -> t.cause().stream()));
        var others = others(
                c,
                failed.stream()
                        .filter(t -> !names.containsKey(t.cause().orElseThrow()))
                        .map(TaskView::id));
        return tasks.stream()
                .map(t -> hasCause(t) ? t.withCause(cause(t, names, others)) : t)
                .toList();
    }

    private static boolean hasCause(TaskView task) {
        return task.state() == TaskState.ERROR && task.cause().isPresent();
    }

    private static TaskView.Cause cause(TaskView task, Map<TaskId, String> names, Map<TaskId, TaskView.Cause> others) {
        var cause = task.cause().orElseThrow();
        var known = names.get(cause);
        return known == null
                ? others.getOrDefault(task.id(), new TaskView.Cause(cause, ""))
                : new TaskView.Cause(cause, known);
    }

    private static Map<TaskId, String> names(Connection c, Stream<TaskId> causes) throws SQLException {
        var names = new HashMap<TaskId, String>();
        try (var s = c.prepareStatement(
                "SELECT task_id, label(task_id) FROM task WHERE task_id = ANY (?) AND state IN ('E', 'K', 'X')")) {
            s.setArray(
                    1,
                    c.createArrayOf("int8", causes.distinct().map(TaskId::value).toArray()));
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    names.put(new TaskId(r.getLong(1)), r.getString(2));
                }
            }
        }
        return names;
    }

    private static Map<TaskId, TaskView.Cause> others(Connection c, Stream<TaskId> tasks) throws SQLException {
        var found = new HashMap<TaskId, TaskView.Cause>();
        var ids = tasks.limit(500).map(TaskId::value).toArray();
        if (ids.length == 0) {
            return found;
        }
        try (var s = c.prepareStatement(
                "SELECT x, r, label(r) FROM unnest(?) x, LATERAL (SELECT (roots(ARRAY[x]))[1]) q(r) WHERE r IS NOT"
                        + " NULL")) {
            s.setArray(1, c.createArrayOf("int8", ids));
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    found.put(new TaskId(r.getLong(1)), new TaskView.Cause(new TaskId(r.getLong(2)), r.getString(3)));
                }
            }
        }
        return found;
    }

    /// By position: finding a column by its name 19 times a row doubles the time of a large job.
    private static TaskView view(ResultSet r) throws SQLException {
        var worker = r.getString(11);
        return new TaskView(
                new TaskId(r.getLong(1)),
                new TaskId(r.getLong(2)),
                id(r, 3),
                switch (r.getString(4)) {
                    case "C" -> TaskKind.COMMAND;
                    case "O" -> TaskKind.OPENJD;
                    default -> TaskKind.GROUP;
                },
                r.getString(5),
                TaskState.ofWord(r.getString(6)),
                r.getString(7),
                number(r, 8),
                number(r, 9),
                r.getInt(10),
                worker == null ? "" : worker,
                r.getDouble(12),
                r.getString(13),
                r.getInt(14),
                r.getString(15),
                time(r, 16).orElseThrow(),
                time(r, 17),
                time(r, 18),
                id(r, 19),
                "",
                time(r, 20));
    }

    /// What must come before what in a job, with edges from other jobs' tasks. A gate is one edge from its task to
    /// the
    /// group whose members wait.
    public List<Edge> edges(TaskId job) {
        return edges("""
            SELECT d.upstream, d.downstream FROM dep d JOIN task t ON t.task_id = d.downstream WHERE t.job_id = ?
            UNION SELECT g.upstream, coalesce(l.group_id, l.job_id) FROM gate g JOIN lane l USING (lane_id) WHERE l.job_id = ?\
            """, s -> {
            s.setLong(1, job.value());
            s.setLong(2, job.value());
        });
    }

    /// What a task still waits for: of what need only end, what has not.
    public List<TaskId> waitsFor(TaskId task) {
        return edges("""
            SELECT d.upstream, d.downstream FROM dep d JOIN task u ON u.task_id = d.upstream WHERE d.downstream = ? AND u.state <> 'S' AND NOT (d.soft AND is_bad(u))
            UNION SELECT g.upstream, t.task_id FROM task t JOIN gate g USING (lane_id) JOIN task u ON u.task_id = g.upstream
             WHERE t.task_id = ? AND u.state <> 'S' AND NOT (g.soft AND is_bad(u))\
            """, s -> {
                    s.setLong(1, task.value());
                    s.setLong(2, task.value());
                })
                .stream()
                .map(Edge::upstream)
                .sorted()
                .toList();
    }

    /// What one task waits or waited for, directly or by its group.
    public List<TaskId> upstream(TaskId task) {
        return edges("""
            SELECT d.upstream, d.downstream FROM dep d WHERE d.downstream = ?
            UNION SELECT g.upstream, t.task_id FROM task t JOIN gate g ON g.lane_id = t.lane_id WHERE t.task_id = ?
            UNION SELECT g.upstream, l.group_id FROM lane l JOIN gate g USING (lane_id) WHERE l.group_id = ?\
            """, s -> {
                    s.setLong(1, task.value());
                    s.setLong(2, task.value());
                    s.setLong(3, task.value());
                })
                .stream()
                .map(Edge::upstream)
                .sorted()
                .toList();
    }

    /// A task of a step, with what it was given.
    ///
    /// @param parent the group it is in
    public record StepTask(TaskId id, TaskId parent, TaskParameters parameters, TaskOptions options) {}

    /// The tasks of one step of an OpenJD job that are in a group, in id order.
    public List<StepTask> tasksOfStep(TaskId job, int step) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                SELECT task_id, parent_id, params, opts FROM task JOIN task_spec USING (task_id)
                 WHERE job_id = ? AND step = ? AND parent_id IS NOT NULL ORDER BY task_id\
                """)) {
                s.setLong(1, job.value());
                s.setInt(2, step);
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<StepTask>();
                    while (r.next()) {
                        var options = r.getString(4);
                        out.add(new StepTask(
                                new TaskId(r.getLong(1)),
                                new TaskId(r.getLong(2)),
                                TaskParameters.fromJson(r.getString(3)),
                                options == null ? TaskOptions.NONE : TaskOptions.fromJson(options)));
                    }
                    return out;
                }
            }
        });
    }

    @FunctionalInterface
    private interface BindOne {
        void to(PreparedStatement s) throws SQLException;
    }

    private List<Edge> edges(String sql, BindOne bind) {
        return database.read(c -> {
            try (var s = c.prepareStatement(sql)) {
                bind.to(s);
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<Edge>();
                    while (r.next()) {
                        out.add(new Edge(new TaskId(r.getLong(1)), new TaskId(r.getLong(2))));
                    }
                    return out;
                }
            }
        });
    }

    /// The tasks in a group, those of its inner groups too, in id order; of a task itself.
    public List<TaskId> members(TaskId id) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT m FROM unnest(members(ARRAY[?])) m ORDER BY m")) {
                s.setLong(1, id.value());
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<TaskId>();
                    while (r.next()) {
                        out.add(new TaskId(r.getLong(1)));
                    }
                    return out;
                }
            }
        });
    }

    /// These, and all that they go on as: whoever waits for them waits for all of these.
    public List<TaskId> chain(Collection<TaskId> ids) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT unnest(chain(?))")) {
                s.setArray(1, IdRows.array(c, ids));
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<TaskId>();
                    while (r.next()) {
                        out.add(new TaskId(r.getLong(1)));
                    }
                    return out;
                }
            }
        });
    }

    /// The first task or group of a job with this name: its step.
    public Optional<TaskId> part(TaskId job, String name) {
        return oneId(
                "SELECT min(t.task_id) FROM task t JOIN task_spec s USING (task_id) WHERE t.job_id = ? AND s.name = ?",
                s -> {
                    s.setLong(1, job.value());
                    s.setString(2, name);
                });
    }

    /// The job that was submitted with this key, `group/key`.
    public Optional<TaskId> jobOfKey(String key) {
        return oneId("SELECT min(job_id) FROM job WHERE submit_key = ?", s -> s.setString(1, key));
    }

    private Optional<TaskId> oneId(String sql, BindOne bind) {
        return database.read(c -> {
            try (var s = c.prepareStatement(sql)) {
                bind.to(s);
                try (var r = s.executeQuery()) {
                    r.next();
                    return id(r, 1);
                }
            }
        });
    }

    /// Files that a job still waits for.
    public List<String> filesOf(TaskId job) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT path FROM file_wait WHERE job_id = ? ORDER BY path")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<String>();
                    while (r.next()) {
                        out.add(r.getString(1));
                    }
                    return out;
                }
            }
        });
    }

    /// What a job was made of, where it is known.
    public Optional<Source> source(TaskId job) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT source FROM job WHERE job_id = ? AND source IS NOT NULL")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    return r.next() ? Optional.of(Source.fromJson(r.getString(1))) : Optional.<Source>empty();
                }
            }
        });
    }

    /// What each of these jobs is of and was made of.
    public Map<TaskId, JobOrigin> origins(Collection<TaskId> jobs) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT job_id, coalesce(labels ->> 'show', ''),"
                    + " coalesce(source::jsonb ->> 'path', '') FROM job WHERE job_id = ANY (?)")) {
                s.setArray(1, IdRows.array(c, jobs));
                var out = HashMap.<TaskId, JobOrigin>newHashMap(jobs.size());
                try (var r = s.executeQuery()) {
                    while (r.next()) {
                        out.put(new TaskId(r.getLong(1)), new JobOrigin(r.getString(2), r.getString(3)));
                    }
                }
                return out;
            }
        });
    }

    /// Where a job runs and with what of its submitter's environment.
    public record Surroundings(Path cwd, Map<String, String> environment) {}

    /// @throws java.util.NoSuchElementException when the job is not there
    public Surroundings surroundings(TaskId job) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT cwd, env FROM job WHERE job_id = ?")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    if (!r.next()) {
                        throw new java.util.NoSuchElementException("no job " + job);
                    }
                    var env =
                            JsonMapper.shared().readValue(r.getString(2), new TypeReference<Map<String, String>>() {});
                    return new Surroundings(Path.of(r.getString(1)), env);
                }
            }
        });
    }

    /// The job as a submission that would make the same again; empty when it is not there.
    public Optional<Submission> copy(TaskId job) {
        var edges = edges(job);
        return database.read(c -> JobCopy.of(c, job, edges));
    }

    /// Kills and cancels in their grace, the next one first.
    public List<StopRequest> stopRequests() {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                SELECT action_id, q.kill, q.ids, a.n, extract(epoch FROM q.not_before - clock_timestamp()), a.actor
                  FROM stop_request q JOIN action a USING (action_id) ORDER BY q.not_before, action_id\
                """);
                    var r = s.executeQuery()) {
                var out = new ArrayList<StopRequest>();
                while (r.next()) {
                    out.add(new StopRequest(
                            r.getLong(1),
                            r.getBoolean(2),
                            Arrays.stream((Long[]) r.getArray(3).getArray())
                                    .map(TaskId::new)
                                    .toList(),
                            r.getInt(4),
                            Duration.ofMillis(Math.round(r.getDouble(5) * 1000)),
                            r.getString(6)));
                }
                return out;
            }
        });
    }

    /// The farm's limits, by name.
    public List<FarmLimit> limits() {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT f.name, f.most, f.per = 'host', CASE WHEN f.per = 'host' THEN (SELECT count(DISTINCT w.host) FROM lease e JOIN worker w USING (worker_id) WHERE f.name = ANY (e.limits))
                           ELSE (SELECT coalesce(sum(e.takes[array_position(e.limits, f.name)]), 0) FROM lease e WHERE f.name = ANY (e.limits)) END
                      FROM farm_limit f ORDER BY f.name""");
                    var r = s.executeQuery()) {
                var out = new ArrayList<FarmLimit>();
                while (r.next()) {
                    out.add(new FarmLimit(r.getString(1), r.getInt(2), r.getBoolean(3), r.getInt(4)));
                }
                return out;
            }
        });
    }

    /// The farm's shares, by name.
    public List<FarmShare> shares() {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT s.name, s.weight, s.most, s.top, (SELECT coalesce(sum(e.cpu_m), 0) FROM lease e JOIN job j USING (job_id) WHERE share_of(j) = s.name) FROM share s ORDER BY s.name""");
                    var r = s.executeQuery()) {
                var out = new ArrayList<FarmShare>();
                while (r.next()) {
                    out.add(new FarmShare(r.getString(1), r.getInt(2), number(r, 3), number(r, 4), r.getLong(5)));
                }
                return out;
            }
        });
    }

    /// Workers that are up, draining or were lost within the last day.
    public List<WorkerView> workers() {
        if (told.size() > MANY_WORKERS) {
            told.clear();
        }
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                SELECT w.worker_id, w.name, w.host, w.state, w.cpu_m, w.memory, coalesce(l.cpu, 0), coalesce(l.mem, 0), coalesce(l.n, 0), w.started_at,
                       extract(epoch FROM clock_timestamp() - w.last_seen), w.version, w.capabilities,
                       coalesce((SELECT n.body FROM note n WHERE n.worker = w.name ORDER BY n.note_id DESC LIMIT 1), '') said, a.note, a.actor, a.at
                  FROM worker w LEFT JOIN aside a ON a.name = w.name
                  LEFT JOIN (SELECT worker_id, sum(cpu_m) cpu, sum(memory) mem, count(*) n FROM lease GROUP BY 1) l USING (worker_id)
                 WHERE w.state IN ('up', 'draining') OR w.state = 'lost' AND w.last_seen > now() - interval '1 day'
                 ORDER BY w.name, w.worker_id\
                """);
                    var r = s.executeQuery()) {
                var out = new ArrayList<WorkerView>();
                while (r.next()) {
                    out.add(new WorkerView(
                            r.getInt(1),
                            r.getString(2),
                            r.getString(3),
                            r.getString(4),
                            r.getInt(5),
                            r.getLong(6),
                            r.getInt(7),
                            r.getLong(8),
                            r.getInt(9),
                            r.getTimestamp(10).toInstant(),
                            Duration.ofMillis(Math.round(r.getDouble(11) * 1000)),
                            r.getString(12),
                            told.computeIfAbsent(r.getString(13), FarmStore::capabilities),
                            r.getString(14),
                            aside(r)));
                }
                return out;
            }
        });
    }

    private static Optional<WorkerView.Aside> aside(ResultSet r) throws SQLException {
        var note = r.getString("note");
        return note == null
                ? Optional.empty()
                : Optional.of(new WorkerView.Aside(
                        note, r.getString("actor"), r.getTimestamp("at").toInstant()));
    }

    /// What a worker runs now.
    public List<TaskView> runningOn(int worker) {
        return tasks("task_id IN (SELECT task_id FROM lease WHERE worker_id = ?)", (c, s) -> s.setInt(1, worker));
    }

    /// How busy the farm was since a time, in steps.
    public List<FarmSample> history(Instant since, Duration step) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT date_bin(make_interval(secs => ?), at, ?) AS b, max(workers), avg(cpu_m)::int8, avg(used_m)::int8, avg(memory)::int8,
                           avg(used_memory)::int8, max(running) FROM farm_sample WHERE at > ? GROUP BY 1 ORDER BY 1""")) {
                s.setDouble(1, step.toMillis() / 1000.0);
                s.setTimestamp(2, Timestamp.from(since));
                s.setTimestamp(3, Timestamp.from(since));
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<FarmSample>();
                    while (r.next()) {
                        out.add(new FarmSample(
                                r.getTimestamp(1).toInstant(),
                                r.getInt(2),
                                r.getLong(3),
                                r.getLong(4),
                                r.getLong(5),
                                r.getLong(6),
                                r.getInt(7)));
                    }
                    return out;
                }
            }
        });
    }

    private static Capabilities capabilities(String json) {
        return JsonMapper.shared().readValue(json, Capabilities.class);
    }

    /// Everything about one task.
    public Optional<TaskDetails> details(TaskId id) {
        var task = task(id);
        if (task.isEmpty()) {
            return Optional.empty();
        }
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                SELECT s.argv, s.params, j.cwd, j.env, q.cpu_m, q.memory, q.needs, s.opts, s.step, j.doc, j.labels::text,
                       CASE WHEN t.task_id = t.job_id THEN date_part('epoch', predicted_end(t.job_id)) END
                  FROM task t JOIN task_spec s USING (task_id) JOIN job j ON j.job_id = t.job_id
                  LEFT JOIN lane l ON l.lane_id = t.lane_id LEFT JOIN req_class q USING (rclass) WHERE t.task_id = ?\
                """)) {
                s.setLong(1, id.value());
                try (var r = s.executeQuery()) {
                    return r.next() ? Optional.of(details(c, task.get(), r)) : Optional.<TaskDetails>empty();
                }
            }
        });
    }

    private static TaskDetails details(Connection c, TaskView task, ResultSet r) throws SQLException {
        var argv = r.getString(1);
        var params = r.getString(2);
        var traits = r.getString(7);
        var json = r.getString(8);
        var options = json == null ? TaskOptions.NONE : TaskOptions.fromJson(json);
        var environment = new HashMap<>(
                JsonMapper.shared().readValue(r.getString(4), new TypeReference<Map<String, String>>() {}));
        environment.putAll(options.env());
        return new TaskDetails(
                task,
                argv != null
                        ? Arrays.asList(JsonMapper.shared().readValue(argv, String[].class))
                        : params == null ? List.of() : script(r.getString(10), r.getInt(9)),
                options.cwd().isEmpty() ? r.getString(3) : options.cwd(),
                environment,
                traits == null ? Needs.ONE_CPU : Needs.of(r.getInt(5), r.getLong(6), traits),
                attempts(c, task.id()),
                texts(r, 11),
                time(r, 12),
                sizes(c, task.id()));
    }

    /// When the last of what runs on these workers may have ended; empty when nothing does, or nothing tells.
    public Optional<Instant> emptyAt(Collection<Integer> workers) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT date_part('epoch', empty_at(?))")) {
                s.setArray(1, c.createArrayOf("int4", workers.toArray()));
                try (var r = s.executeQuery()) {
                    r.next();
                    return time(r, 1);
                }
            }
        });
    }

    /// Of which of its steps too much or too little was asked for, a sentence each; see [TaskDetails].
    public List<String> sizes(TaskId id) {
        return database.read(c -> sizes(c, id));
    }

    private static List<String> sizes(Connection c, TaskId id) throws SQLException {
        return RightSizeRows.read(c, id.value()).stream()
                .flatMap(s -> s.hint().stream())
                .toList();
    }

    /// What an OpenJD step runs, with the names that only the worker can fill in.
    private static List<String> script(String document, int step) {
        var run = JobDocument.fromJson(document).steps().get(step).script().onRun();
        return Stream.concat(Stream.of(run.command()), run.args().stream())
                .map(FormatString::toString)
                .toList();
    }

    private static List<AttemptView> attempts(Connection c, TaskId id) throws SQLException {
        try (var s = c.prepareStatement("""
            SELECT a.attempt, w.name, a.started_at, a.ended_at, a.state, a.reason, a.exit_code, a.signal, a.peak, a.cpu_ms
              FROM attempt a LEFT JOIN worker w USING (worker_id) WHERE a.task_id = ? ORDER BY a.attempt\
            """)) {
            s.setLong(1, id.value());
            var out = new ArrayList<AttemptView>();
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    out.add(new AttemptView(
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
                            r.getString(6) == null ? "" : r.getString(6),
                            number(r, 7),
                            number(r, 8),
                            big(r, "peak"),
                            big(r, "cpu_ms")));
                }
            }
            return out;
        }
    }

    private static Map<String, String> texts(ResultSet r, int column) throws SQLException {
        var json = r.getString(column);
        return json.equals("{}")
                ? Map.of()
                : JsonMapper.shared().readValue(json, new TypeReference<Map<String, String>>() {});
    }

    private static Optional<TaskId> id(ResultSet r, int column) throws SQLException {
        var v = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(new TaskId(v));
    }

    private static OptionalInt number(ResultSet r, int column) throws SQLException {
        var v = r.getInt(column);
        return r.wasNull() ? OptionalInt.empty() : OptionalInt.of(v);
    }

    private static OptionalLong big(ResultSet r, String column) throws SQLException {
        var v = r.getLong(column);
        return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(v);
    }

    private static Optional<Instant> time(ResultSet r, int column) throws SQLException {
        double epoch = r.getDouble(column);
        return r.wasNull()
                ? Optional.empty()
                : Optional.of(Instant.EPOCH.plus(Math.round(epoch * 1e6), ChronoUnit.MICROS));
    }
}
