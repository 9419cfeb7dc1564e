package aque.broker;

import aque.openjd.JobDocument;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/// Steps of a template for a job that is there: its document grows, and the tasks of one step after the other are
/// appended. One use.
final class ExtendRows {
    private static final long MOST_EDGES = 100_000;

    private final Connection connection;
    private final TaskId group;
    private final Submission more;
    private final Map<Needs, Integer> classes;
    private final String actor;
    /// By the place of a step's group, or of its only task.
    private final Map<Integer, List<TaskId>> made = new HashMap<>();

    ExtendRows(Connection connection, TaskId group, Submission more, Map<Needs, Integer> classes, String actor) {
        this.connection = connection;
        this.group = group;
        this.more = more;
        this.classes = classes;
        this.actor = actor;
    }

    /// The ids of the tasks, in order.
    List<TaskId> write() throws SQLException {
        lock();
        var offset = document();
        var steps = new ArrayList<Integer>();
        for (var i = 1; i < more.tasks().size(); i++) {
            if (more.tasks().get(i).parent() == 0) {
                steps.add(i);
            }
        }
        var out = new ArrayList<TaskId>();
        while (!steps.isEmpty()) {
            var next = steps.stream()
                    .filter(s -> made.keySet().containsAll(more.tasks().get(s).upstream()))
                    .findFirst()
                    .orElseThrow(() -> new SubmitException("the steps wait for each other"));
            steps.remove(next);
            out.addAll(step(next, offset));
        }
        return out;
    }

    /// In the order of locks tasks come before the row of their job.
    private void lock() throws SQLException {
        var all = new ArrayList<>(more.after());
        all.add(group);
        try (var s = connection.prepareStatement("SELECT lock_reach(?)")) {
            s.setArray(1, SqlArrays.longs(connection, all));
            s.execute();
        }
    }

    /// The job's document gets the new steps.
    ///
    /// @return the place of the first of them
    private int document() throws SQLException {
        var added = JobDocument.fromJson(more.document().orElseThrow());
        try (var s = connection.prepareStatement(
                "SELECT j.job_id, j.doc FROM job j JOIN task t USING (job_id) WHERE t.task_id = ? FOR UPDATE OF j")) {
            s.setLong(1, group.value());
            try (var r = s.executeQuery()) {
                if (!r.next()) {
                    throw new SubmitException("no group " + group);
                }
                var old = r.getString(2);
                if (old == null) {
                    write(r.getLong(1), added);
                    return 0;
                }
                var before = JobDocument.fromJson(old);
                write(r.getLong(1), before.with(added));
                return before.steps().size();
            }
        }
    }

    private void write(long job, JobDocument document) throws SQLException {
        try (var s = connection.prepareStatement("UPDATE job SET doc = ? WHERE job_id = ?")) {
            s.setString(1, document.toJson());
            s.setLong(2, job);
            s.executeUpdate();
        }
    }

    private List<TaskId> step(int place, int offset) throws SQLException {
        var head = more.tasks().get(place);
        var members = new ArrayList<NewTask>();
        if (head.isGroup()) {
            more.tasks().stream()
                    .filter(t -> t.parent() == place)
                    .forEach(t -> members.add(moved(t, offset, head.name())));
        } else {
            members.add(moved(head, offset, ""));
        }
        var after = new ArrayList<>(more.after());
        head.upstream().forEach(u -> after.addAll(Objects.requireNonNull(made.get(u))));
        if ((long) after.size() * members.size() > MOST_EDGES) {
            throw new SubmitException(
                    "too many tasks wait for too many to be added to a job; submit it as one of its own");
        }
        var rclass = OptionalInt.of(
                Objects.requireNonNull(classes.get(members.getFirst().needs())));
        var first = AppendRows.write(connection, group, members, rclass, after, actor);
        var ids = new ArrayList<TaskId>();
        for (var i = 0; i < members.size(); i++) {
            ids.add(new TaskId(first + i));
        }
        made.put(place, ids);
        return ids;
    }

    /// As a task of the job that is there: its step has another number, its folder and variables are its own.
    private NewTask moved(NewTask task, int offset, String step) {
        var work = (Work.OpenJd) task.work();
        var variables = new HashMap<>(more.environment());
        variables.putAll(task.options().env());
        TaskOptions options = task.options().withCwd(more.cwd().toString()).withEnv(variables);
        return new NewTask(
                step.isEmpty() ? task.name() : step + " " + task.name(),
                new Work.OpenJd(work.step() + offset, work.parameters()),
                -1,
                List.of(),
                task.needs(),
                task.duration(),
                options);
    }
}
