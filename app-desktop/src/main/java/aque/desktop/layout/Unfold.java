package aque.desktop.layout;

import aque.task.TaskId;
import java.util.HashSet;
import java.util.Set;

/// What a person has unfolded in the graph of a job: every step, or some. Pure.
///
/// @param groups steps that are shown task by task; the job itself stands for its loose tasks
public record Unfold(boolean all, Set<TaskId> groups) {
    public static final Unfold NOTHING = new Unfold(false, Set.of());
    public static final Unfold ALL = new Unfold(true, Set.of());

    public Unfold {
        groups = Set.copyOf(groups);
    }

    boolean shows(TaskId group) {
        return all || groups.contains(group);
    }

    /// The same with this group unfolded, or folded again.
    public Unfold toggled(TaskId group) {
        var now = new HashSet<>(groups);
        if (!now.remove(group)) {
            now.add(group);
        }
        return new Unfold(false, now);
    }
}
