package aque.desktop.feed;

import aque.farm.JobSummary;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Rows for tests of what needs no farm.
public final class Rows {
    private Rows() {}

    /// A task of job 1, below that job.
    public static TaskView task(long id, String name, TaskState state) {
        return view(id, 1, Optional.of(new TaskId(1)), TaskKind.COMMAND, name, "ann", state);
    }

    public static TaskView group(long id, String name) {
        return view(
                id,
                1,
                id == 1 ? Optional.empty() : Optional.of(new TaskId(1)),
                TaskKind.GROUP,
                name,
                "ann",
                TaskState.WAITING);
    }

    public static TaskView in(long group, TaskView task) {
        return view(
                task.id().value(),
                task.job().value(),
                Optional.of(new TaskId(group)),
                task.kind(),
                task.name(),
                task.owner(),
                task.state());
    }

    /// A row for a view alone.
    public static Row row(TaskView view) {
        return new Row(view);
    }

    /// A job of one task in this state.
    public static Row job(long id, String name, String owner, TaskState state) {
        var root = view(
                id,
                id,
                Optional.empty(),
                TaskKind.GROUP,
                name,
                owner,
                state == TaskState.RUNNING ? TaskState.WAITING : state);
        var row = new Row(root);
        row.set(
                new JobSummary(
                        root,
                        1,
                        0,
                        0,
                        state == TaskState.RUNNING ? 1 : 0,
                        0,
                        state == TaskState.SUCCESS ? 1 : 0,
                        state == TaskState.ERROR ? 1 : 0,
                        0,
                        0,
                        Map.of("show", "boat", "shot", name)),
                new HashSet<>());
        return row;
    }

    /// An open job from its tasks, the root among them.
    public static OpenJob open(TaskView... tasks) {
        return OpenJob.build(new TaskId(1), List.of(tasks), List.of(), Map.of());
    }

    private static TaskView view(
            long id, long job, Optional<TaskId> parent, TaskKind kind, String name, String owner, TaskState state) {
        return new TaskView(
                new TaskId(id),
                new TaskId(job),
                parent,
                kind,
                name,
                state,
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                state == TaskState.PENDING || state == TaskState.WAITING ? 0 : 1,
                "",
                -1,
                "",
                1000,
                owner,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }
}
