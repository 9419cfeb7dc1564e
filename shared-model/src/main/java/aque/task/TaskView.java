package aque.task;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// One task as every reader sees it: the row of `aque status`, of the tree and of the graph.
///
/// @param job the root task; equal to `id` for a job itself
/// @param parent the group it is shown under and inherits from; a parent runs after its children (A14)
/// @param reason why it ended or waits, where the state alone does not say it (`exit`, `signal`, `dep_failed` …),
/// else
/// ""
/// @param attempt 0 before the first start, then 1, 2, …
/// @param worker name of the worker that runs or ran the last attempt, else ""
/// @param progress percent, 0 to 100, -1 when unknown; the last value stays after a failure (A107)
/// @param status the task's own last status line, else ""
/// @param cause for `dep_failed`: the task whose failure it waits on
/// @param causeName that task as people call it, with its step's name before; "" for none
/// @param stopsAt when the kill or cancel that somebody asked for comes to it; until then it can be taken back
public record TaskView(
        TaskId id,
        TaskId job,
        Optional<TaskId> parent,
        TaskKind kind,
        String name,
        TaskState state,
        String reason,
        OptionalInt exitCode,
        OptionalInt signal,
        int attempt,
        String worker,
        double progress,
        String status,
        int priority,
        String owner,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<TaskId> cause,
        String causeName,
        Optional<Instant> stopsAt) {

    public boolean isJob() {
        return id.equals(job);
    }

    /// A task that failed by itself and keeps others waiting.
    ///
    /// @param name as people call it, with its step's name before
    public record Cause(TaskId id, String name) {}

    /// The same with this cause.
    public TaskView withCause(Cause by) {
        return new TaskView(
                id,
                job,
                parent,
                kind,
                name,
                state,
                reason,
                exitCode,
                signal,
                attempt,
                worker,
                progress,
                status,
                priority,
                owner,
                created,
                started,
                ended,
                Optional.of(by.id()),
                by.name(),
                stopsAt);
    }

    /// Ended by the failure of something upstream: it is blocked, it did not fail itself.
    public boolean blocked() {
        return state == TaskState.ERROR && reason.equals("dep_failed");
    }
}
