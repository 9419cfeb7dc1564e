package aque.event;

import aque.task.TaskId;
import java.util.List;

/// Something in the farm changed. Events carry ids only; what is true now is read from the tables (A32).
/// They come from the change feed in commit order, each exactly once.
public sealed interface FarmEvent {

    /// A job was submitted, with all its tasks.
    record JobSubmitted(TaskId job) implements FarmEvent {}

    /// These tasks changed: state, progress, worker, priority.
    record TasksChanged(List<TaskId> tasks) implements FarmEvent {
        public TasksChanged {
            tasks = List.copyOf(tasks);
        }
    }

    /// So much of these jobs changed that they are better read again whole.
    record JobsChanged(List<TaskId> jobs) implements FarmEvent {
        public JobsChanged {
            jobs = List.copyOf(jobs);
        }
    }

    /// These jobs and their tasks were removed.
    record JobsRemoved(List<TaskId> jobs) implements FarmEvent {
        public JobsRemoved {
            jobs = List.copyOf(jobs);
        }
    }

    /// A worker came, went, or changed.
    record WorkerChanged(int worker) implements FarmEvent {}

    /// The feed cannot say what changed (a new database, a cursor that is too old): read everything again.
    record Resync() implements FarmEvent {}
}
