package aque.desktop.layout;

import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a graph needs to know of a task, whether it is in the farm already or not yet. Pure.
///
/// @param group it runs nothing and stands for its members
/// @param took how long it ran; nothing before its end
public record Knot(TaskId id, Optional<TaskId> parent, boolean group, String name, Optional<Duration> took) {

    public static Knot of(TaskView task) {
        return new Knot(
                task.id(),
                task.parent(),
                task.kind() == TaskKind.GROUP,
                task.name(),
                task.ended().flatMap(end -> took(task, end)));
    }

    private static Optional<Duration> took(TaskView task, Instant end) {
        return task.started().map(start -> Duration.between(start, end));
    }

    /// A task that is no row yet.
    public static Knot planned(TaskId id, Optional<TaskId> parent, boolean group, String name) {
        return new Knot(id, parent, group, name, Optional.empty());
    }
}
