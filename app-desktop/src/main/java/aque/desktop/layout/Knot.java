package aque.desktop.layout;

import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.Optional;

/// What a graph needs to know of a task, whether it is in the farm already or not yet. Pure.
///
/// @param group it runs nothing and stands for its members
public record Knot(TaskId id, Optional<TaskId> parent, boolean group, String name) {

    public static Knot of(TaskView task) {
        return new Knot(task.id(), task.parent(), task.kind() == TaskKind.GROUP, task.name());
    }
}
