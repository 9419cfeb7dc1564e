package aque.broker;

import aque.openjd.JobDocument;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.submit.Work;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What was dropped on a job that is there: of a template its document grows, and the tasks of one step after the other
/// are
/// appended. One use.
final class ExtendRows {
    private static final long MOST_EDGES = 100_000;

    private final Connection connection;
    private final TaskId group;
    private final Submission more;
    private final Map<Needs, Integer> classes;
    private final String actor;
    /// By the place of a step's group or of a task.
    private final Map<Integer, List<TaskId>> made = new HashMap<>();
    /// The places of the tasks in each group.
    private final Map<Integer, List<Integer>> members;

    ExtendRows(Connection connection, TaskId group, Submission more, Map<Needs, Integer> classes, String actor) {
        this.connection = connection;
        this.group = group;
        this.more = more;
        this.classes = classes;
        this.actor = actor;
        this.members = IntStream.range(0, more.tasks().size())
                .boxed()
                .collect(Collectors.groupingBy(i -> more.tasks().get(i).parent()));
    }

    /// The ids of the tasks, in order.
    List<TaskId> write() throws SQLException {
        var offset = more.document().isPresent() ? document(more.document().get()) : 0;
        var steps = new ArrayList<Integer>();
        for (var i = 0; i < more.tasks().size(); i++) {
            if (more.tasks().get(i).parent() == (more.tasks().getFirst().isGroup() ? 0 : -1)) {
                steps.add(i);
            }
        }
        var out = new ArrayList<TaskId>();
        while (!steps.isEmpty()) {
            var next = steps.stream()
                    .filter(this::isReady)
                    .findFirst()
                    .orElseThrow(() -> new SubmitException("the steps wait for each other"));
            var alike = alike(next, steps);
            steps.removeAll(new HashSet<>(alike));
            out.addAll(alike.size() > 1 ? append(alike, offset, "", List.of()) : step(next, offset));
        }
        return out;
    }

    private boolean isReady(int step) {
        return Stream.concat(Stream.of(step), members(step).stream())
                .flatMap(place -> more.tasks().get(place).upstream().stream())
                .allMatch(up -> made.containsKey(up) || more.tasks().get(up).parent() == step);
    }

    private List<Integer> members(int group) {
        return members.getOrDefault(group, List.of());
    }

    /// A step and those next to it that go in with it at once: lines of a list, which wait for nothing.
    private List<Integer> alike(int first, List<Integer> steps) {
        if (!isPlain(first)) {
            return List.of(first);
        }
        return steps.subList(steps.indexOf(first), steps.size()).stream()
                .takeWhile(i -> isPlain(i)
                        && more.tasks()
                                .get(i)
                                .needs()
                                .equals(more.tasks().get(first).needs()))
                .toList();
    }

    private boolean isPlain(int place) {
        var task = more.tasks().get(place);
        return !task.isGroup() && task.upstream().isEmpty();
    }

    /// The job's document gets the new steps.
    ///
    /// @return the place of the first of them
    private int document(String json) throws SQLException {
        var added = JobDocument.fromJson(json);
        try (var s = connection.prepareStatement("SELECT job, doc FROM take_document(?, ?)")) {
            s.setLong(1, group.value());
            s.setArray(2, SqlArrays.longs(connection, more.after()));
            try (var r = s.executeQuery()) {
                r.next();
                if (r.getLong(1) == 0) {
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
        try (var s = connection.prepareStatement("SELECT put_document(?, ?)")) {
            s.setLong(1, job);
            s.setString(2, document.toJson());
            s.execute();
        }
    }

    private List<TaskId> step(int place, int offset) throws SQLException {
        var head = more.tasks().get(place);
        if (!head.isGroup()) {
            return append(List.of(place), offset, "", head.upstream());
        }
        var members = members(place);
        if (members.isEmpty()) {
            return List.of();
        }
        if (members.stream().anyMatch(i -> more.tasks().get(i).isGroup())) {
            throw new SubmitException("groups inside groups cannot be added to a job; submit it as one of its own");
        }
        var ids = members.stream().allMatch(i -> more.tasks().get(i).upstream().isEmpty())
                ? append(members, offset, head.name(), head.upstream())
                : oneByOne(head, members, offset);
        made.put(place, ids);
        return ids;
    }

    /// Frames that wait for frames.
    private List<TaskId> oneByOne(NewTask head, List<Integer> members, int offset) throws SQLException {
        var ids = new ArrayList<TaskId>();
        for (var place : members) {
            var up = new ArrayList<>(head.upstream());
            up.addAll(more.tasks().get(place).upstream());
            ids.addAll(append(List.of(place), offset, head.name(), up));
        }
        return ids;
    }

    private List<TaskId> append(List<Integer> places, int offset, String step, List<Integer> upstream)
            throws SQLException {
        var tasks = places.stream()
                .map(i -> moved(more.tasks().get(i), offset, step))
                .toList();
        var after = new ArrayList<>(more.after());
        for (var up : upstream) {
            after.addAll(Optional.ofNullable(made.get(up))
                    .orElseThrow(() -> new SubmitException("the tasks wait for each other")));
        }
        if ((long) after.size() * tasks.size() > MOST_EDGES) {
            throw new SubmitException(
                    "too many tasks wait for too many to be added to a job; submit it as one of its own");
        }
        var rclass = OptionalInt.of(
                Objects.requireNonNull(classes.get(tasks.getFirst().needs())));
        var first = AppendRows.write(connection, group, tasks, rclass, after, actor);
        var ids = new ArrayList<TaskId>();
        for (var i = 0; i < places.size(); i++) {
            ids.add(new TaskId(first + i));
            made.put(places.get(i), List.of(ids.getLast()));
        }
        return ids;
    }

    /// As a task of the job that is there: its step has another number, its folder and variables are its own.
    private NewTask moved(NewTask task, int offset, String step) {
        var variables = new HashMap<>(more.environment());
        variables.putAll(task.options().env());
        var folder = task.options().cwd().isEmpty()
                ? more.cwd().toString()
                : task.options().cwd();
        return new NewTask(
                step.isEmpty() ? task.name() : step + " " + task.name(),
                task.work() instanceof Work.OpenJd work
                        ? new Work.OpenJd(work.step() + offset, work.parameters())
                        : task.work(),
                -1,
                List.of(),
                task.needs(),
                task.duration(),
                task.options().withCwd(folder).withEnv(variables));
    }
}
