package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import aque.openjd.TaskParameters;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.task.Edge;
import aque.task.TaskId;
import aque.task.TaskView;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The farm as its readers see it: the command line, the console, `why`. Reads only; any thread.
public final class FarmStore {
    private final Database database;
    private final WorkerRows workers = new WorkerRows();

    public FarmStore(Database database) {
        this.database = database;
    }

    /// All jobs, newest first.
    public List<JobSummary> jobs() {
        return jobs("true", Rows.ALL);
    }

    /// The newest jobs alone: what a window can show at once, while all are read.
    public List<JobSummary> newestJobs(int count) {
        return jobs("j.job_id IN (SELECT job_id FROM job ORDER BY job_id DESC LIMIT ?)", s -> s.setInt(1, count));
    }

    /// These jobs; ids that are no jobs are left out.
    public List<JobSummary> jobs(Collection<TaskId> ids) {
        return jobs("j.job_id = ANY (?)", s -> IdRows.set(s, 1, ids));
    }

    private List<JobSummary> jobs(String where, Rows.Bind bind) {
        return database.read(c -> JobRows.read(c, where, bind));
    }

    /// Every task of a job, its groups too, in id order.
    public List<TaskView> tasksOfJob(TaskId job) {
        return tasks("job_id = ?", s -> s.setLong(1, job.value()));
    }

    /// The groups of a job and its first tasks that are none: what can be shown of it at once, however large it is.
    public List<TaskView> beginOfJob(TaskId job, int count) {
        return tasks(
                "task_id = ANY (ARRAY(SELECT task_id FROM task WHERE job_id = ? AND kind = 'G') || ARRAY(SELECT"
                        + " task_id FROM task WHERE job_id = ? AND kind <> 'G' ORDER BY task_id LIMIT ?))",
                s -> {
                    s.setLong(1, job.value());
                    s.setLong(2, job.value());
                    s.setInt(3, count);
                });
    }

    /// These tasks; ids that are not there are left out.
    public List<TaskView> tasks(Collection<TaskId> ids) {
        return tasks("task_id = ANY (?)", s -> IdRows.set(s, 1, ids));
    }

    /// The newest tasks of any job that match, in id order.
    ///
    /// @param most how many at most
    public List<TaskView> find(TaskSearch search, int most) {
        var rows = new TaskSearchRows(search);
        return tasks(
                "v.task_id IN (SELECT task_id FROM task_view v WHERE " + rows.where()
                        + " ORDER BY v.task_id DESC LIMIT ?)",
                s -> s.setInt(rows.set(s), most));
    }

    /// Tasks of any job that failed since a moment, the latest first cut off after `most`, in id order. Roots only:
    /// what is blocked by a failure has not failed.
    public List<TaskView> failures(Instant since, int most) {
        return tasks(
                "v.task_id IN (SELECT task_id FROM task WHERE state = 'E' AND kind <> 'G'"
                        + " AND reason IS DISTINCT FROM 'dep_failed' AND ended_at >= ? ORDER BY ended_at DESC LIMIT ?)",
                s -> {
                    s.setTimestamp(1, Timestamp.from(since));
                    s.setInt(2, most);
                });
    }

    public Optional<TaskView> task(TaskId id) {
        return database.read(c -> ViewRows.read(c, "told_task(?) v", s -> s.setLong(1, id.value())).stream()
                .findFirst());
    }

    /// What a worker runs now.
    public List<TaskView> runningOn(int worker) {
        return tasks("task_id IN (SELECT task_id FROM lease WHERE worker_id = ?)", s -> s.setInt(1, worker));
    }

    private List<TaskView> tasks(String where, Rows.Bind bind) {
        return database.read(c -> ViewRows.read(c, "task_view v WHERE " + where, bind));
    }

    /// Everything about one task.
    public Optional<TaskDetails> details(TaskId id) {
        var task = task(id);
        return task.isEmpty() ? Optional.empty() : database.read(c -> DetailRows.read(c, task.get()));
    }

    /// Of which of its steps too much or too little was asked for, a sentence each; see [TaskDetails].
    public List<String> sizes(TaskId id) {
        return database.read(c -> DetailRows.sizes(c, id));
    }

    /// What must come before what in a job, with edges from other jobs' tasks. A gate is one edge from its task to
    /// the group whose members wait.
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
        return upstream(edges("""
            SELECT d.upstream, d.downstream FROM dep d JOIN task u ON u.task_id = d.upstream WHERE d.downstream = ? AND u.state <> 'S' AND NOT (d.soft AND is_bad(u))
            UNION SELECT g.upstream, t.task_id FROM task t JOIN gate g USING (lane_id) JOIN task u ON u.task_id = g.upstream
             WHERE t.task_id = ? AND u.state <> 'S' AND NOT (g.soft AND is_bad(u))\
            """, s -> {
            s.setLong(1, task.value());
            s.setLong(2, task.value());
        }));
    }

    /// What one task waits or waited for, directly or by its group.
    public List<TaskId> upstream(TaskId task) {
        return upstream(edges("""
            SELECT d.upstream, d.downstream FROM dep d WHERE d.downstream = ?
            UNION SELECT g.upstream, t.task_id FROM task t JOIN gate g ON g.lane_id = t.lane_id WHERE t.task_id = ?
            UNION SELECT g.upstream, l.group_id FROM lane l JOIN gate g USING (lane_id) WHERE l.group_id = ?\
            """, s -> {
            s.setLong(1, task.value());
            s.setLong(2, task.value());
            s.setLong(3, task.value());
        }));
    }

    /// What waits or waited for one task, directly or as a group.
    ///
    /// @param most how many at most
    public List<TaskId> downstream(TaskId task, int most) {
        return edges("""
            SELECT d.upstream, d.downstream FROM dep d WHERE d.upstream = ?
            UNION SELECT g.upstream, coalesce(l.group_id, l.job_id) FROM gate g JOIN lane l USING (lane_id) WHERE g.upstream = ?
             ORDER BY 2 LIMIT ?""", s -> {
                    s.setLong(1, task.value());
                    s.setLong(2, task.value());
                    s.setInt(3, most);
                })
                .stream()
                .map(Edge::downstream)
                .toList();
    }

    private static List<TaskId> upstream(List<Edge> edges) {
        return edges.stream().map(Edge::upstream).sorted().toList();
    }

    private List<Edge> edges(String sql, Rows.Bind bind) {
        return database.list(sql, bind, r -> new Edge(IdRows.id(r, 1), IdRows.id(r, 2)));
    }

    /// A task of a step, with what it was given.
    ///
    /// @param parent the group it is in
    public record StepTask(TaskId id, TaskId parent, TaskParameters parameters, TaskOptions options) {}

    /// The tasks of one step of an OpenJD job that are in a group, in id order.
    public List<StepTask> tasksOfStep(TaskId job, int step) {
        return database.list(
                """
                SELECT task_id, parent_id, params, opts FROM task JOIN task_spec USING (task_id)
                 WHERE job_id = ? AND step = ? AND parent_id IS NOT NULL ORDER BY task_id""",
                s -> {
                    s.setLong(1, job.value());
                    s.setInt(2, step);
                },
                FarmStore::stepTask);
    }

    private static StepTask stepTask(ResultSet r) throws SQLException {
        var options = r.getString(4);
        return new StepTask(
                IdRows.id(r, 1),
                IdRows.id(r, 2),
                TaskParameters.fromJson(r.getString(3)),
                options == null ? TaskOptions.NONE : TaskOptions.fromJson(options));
    }

    /// The tasks in a group, those of its inner groups too, in id order; of a task itself.
    public List<TaskId> members(TaskId id) {
        return database.list(
                "SELECT m FROM unnest(members(ARRAY[?])) m ORDER BY m",
                s -> s.setLong(1, id.value()),
                r -> IdRows.id(r, 1));
    }

    /// These, and all that they go on as: whoever waits for them waits for all of these.
    public List<TaskId> chain(Collection<TaskId> ids) {
        return database.list("SELECT unnest(chain(?))", s -> IdRows.set(s, 1, ids), r -> IdRows.id(r, 1));
    }

    /// The first task or group of a job with this name: its step.
    public Optional<TaskId> part(TaskId job, String name) {
        return database.first(
                "SELECT t.task_id FROM task t JOIN task_spec s USING (task_id) WHERE t.job_id = ? AND s.name = ?"
                        + " ORDER BY t.task_id LIMIT 1",
                s -> {
                    s.setLong(1, job.value());
                    s.setString(2, name);
                },
                r -> IdRows.id(r, 1));
    }

    /// The job that was submitted with this key, `group/key`.
    public Optional<TaskId> jobOfKey(String key) {
        return database.first(
                "SELECT job_id FROM job WHERE submit_key = ?", s -> s.setString(1, key), r -> IdRows.id(r, 1));
    }

    /// Files that a job still waits for.
    public List<String> filesOf(TaskId job) {
        return database.list(
                "SELECT path FROM file_wait WHERE job_id = ? ORDER BY path",
                s -> s.setLong(1, job.value()),
                r -> r.getString(1));
    }

    /// What a job was made of, where it is known.
    public Optional<Source> source(TaskId job) {
        return database.first(
                "SELECT source FROM job WHERE job_id = ? AND source IS NOT NULL",
                s -> s.setLong(1, job.value()),
                r -> Source.fromJson(r.getString(1)));
    }

    /// What each of these jobs is of and was made of.
    public Map<TaskId, JobOrigin> origins(Collection<TaskId> jobs) {
        var origins = HashMap.<TaskId, JobOrigin>newHashMap(jobs.size());
        database.list(
                        "SELECT job_id, coalesce(labels ->> 'show', ''), coalesce(source::jsonb ->> 'path', '')"
                                + " FROM job WHERE job_id = ANY (?)",
                        s -> IdRows.set(s, 1, jobs),
                        r -> Map.entry(IdRows.id(r, 1), new JobOrigin(r.getString(2), r.getString(3))))
                .forEach(e -> origins.put(e.getKey(), e.getValue()));
        return origins;
    }

    /// Where a job runs and with what of its submitter's environment.
    public record Surroundings(Path cwd, Map<String, String> environment) {}

    /// @throws NoSuchElementException when the job is not there
    public Surroundings surroundings(TaskId job) {
        return database.first(
                        "SELECT cwd, env FROM job WHERE job_id = ?",
                        s -> s.setLong(1, job.value()),
                        r -> new Surroundings(Path.of(r.getString(1)), JsonRows.texts(r, 2)))
                .orElseThrow(() -> new NoSuchElementException("no job " + job));
    }

    /// The farm's table of folders that each platform names otherwise.
    public PathRoots pathRoots() {
        return new PathRoots(new PathRootStore(database).roots());
    }

    /// The job as a submission that would make the same again; empty when it is not there.
    public Optional<Submission> copy(TaskId job) {
        var edges = edges(job);
        return database.read(c -> JobCopy.of(c, job, edges));
    }

    /// Kills and cancels in their grace, the next one first.
    public List<StopRequest> stopRequests() {
        return database.list(
                """
                SELECT action_id, q.kill, q.ids, a.n, extract(epoch FROM q.not_before - clock_timestamp()), a.actor
                  FROM stop_request q JOIN action a USING (action_id) ORDER BY q.not_before, action_id""",
                Rows.ALL,
                r -> new StopRequest(
                        r.getLong(1),
                        r.getBoolean(2),
                        IdRows.list(r.getArray(3)),
                        r.getInt(4),
                        Duration.ofMillis(Math.round(r.getDouble(5) * 1000)),
                        r.getString(6)));
    }

    /// The farm's limits, by name.
    public List<FarmLimit> limits() {
        return database.list(
                """
                SELECT f.name, f.most, f.per = 'host', CASE WHEN f.per = 'host' THEN (SELECT count(DISTINCT w.host) FROM lease e JOIN worker w USING (worker_id) WHERE f.name = ANY (e.limits))
                       ELSE (SELECT coalesce(sum(e.takes[array_position(e.limits, f.name)]), 0) FROM lease e WHERE f.name = ANY (e.limits)) END
                  FROM farm_limit f ORDER BY f.name""", Rows.ALL, r -> new FarmLimit(r.getString(1), r.getInt(2), r.getBoolean(3), r.getInt(4)));
    }

    /// The farm's shares, by name.
    public List<FarmShare> shares() {
        return database.list(
                "SELECT s.name, s.weight, s.most, s.top, (SELECT coalesce(sum(e.cpu_m), 0) FROM lease e JOIN job j"
                        + " USING (job_id) WHERE share_of(j) = s.name) FROM share s ORDER BY s.name",
                Rows.ALL,
                r -> new FarmShare(r.getString(1), r.getInt(2), Rows.number(r, 3), Rows.number(r, 4), r.getLong(5)));
    }

    /// Workers that are up, draining or were lost within the last day.
    public List<WorkerView> workers() {
        return database.read(workers::read);
    }

    /// When the last of what runs on these workers may have ended; empty when nothing does, or nothing tells.
    public Optional<Instant> emptyAt(Collection<Integer> workers) {
        return database.list(
                        "SELECT date_part('epoch', empty_at(?))",
                        s -> Rows.setArray(s, 1, "int4", workers.stream()),
                        r -> Rows.moment(r, 1))
                .getFirst();
    }

    /// How busy the farm was since a time, in steps.
    public List<FarmSample> history(Instant since, Duration step) {
        return database.list(
                """
                SELECT date_bin(make_interval(secs => ?), at, ?) AS b, max(workers), avg(cpu_m)::int8, avg(used_m)::int8, avg(memory)::int8,
                       avg(used_memory)::int8, max(running) FROM farm_sample WHERE at > ? GROUP BY 1 ORDER BY 1""",
                s -> {
                    s.setDouble(1, step.toMillis() / 1000.0);
                    s.setTimestamp(2, Timestamp.from(since));
                    s.setTimestamp(3, Timestamp.from(since));
                },
                r -> new FarmSample(
                        r.getTimestamp(1).toInstant(),
                        r.getInt(2),
                        r.getLong(3),
                        r.getLong(4),
                        r.getLong(5),
                        r.getLong(6),
                        r.getInt(7)));
    }
}
