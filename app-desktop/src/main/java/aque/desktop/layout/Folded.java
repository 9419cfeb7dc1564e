package aque.desktop.layout;

import aque.task.TaskId;
import java.util.List;

/// A job folded to what a person can take in: few boxes, each of one or many tasks. Pure.
public record Folded(List<Box> boxes, List<Link> links) {

    /// One node of the graph.
    ///
    /// @param group the group it stands for, or the first of its tasks when it stands for several loose ones
    /// @param tasks all tasks inside, in the order of their ids
    /// @param place what it is in the job
    public record Box(TaskId group, String title, List<TaskId> tasks, Place place) {
        public Box {
            tasks = List.copyOf(tasks);
        }
    }

    /// What a box is in the job.
    public enum Place {
        /// It holds tasks.
        INSIDE,
        /// A group whose tasks are boxes of their own: it ends when they have.
        JOINT,
        /// Another job, that comes before or after.
        OUTSIDE
    }

    /// A line from one box to another, by their places in `boxes`.
    public record Link(int from, int to, Kind kind) {}

    /// Why one comes after the other.
    public enum Kind {
        /// The later one needs the earlier one's success.
        DEPENDENCY,
        /// The later one is the parent and runs after its children.
        CHILD
    }

    public Folded {
        boxes = List.copyOf(boxes);
        links = List.copyOf(links);
    }
}
