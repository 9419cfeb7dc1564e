package aque.farm;

import aque.task.TaskId;
import java.util.Optional;

/// What takes away a reason why a task does not run.
public sealed interface Mend {

    /// What to type for it, and what that does; empty where it needs a closer look.
    default Optional<String> command() {
        return Optional.empty();
    }

    /// The task is held: let it start.
    record Release(TaskId task) implements Mend {
        @Override
        public Optional<String> command() {
            return Optional.of("`aque release " + task + "` lets it start");
        }
    }

    /// What the task needs has failed: try that again, say that it is good enough, or do without it.
    record Root(TaskId root, TaskId blocked) implements Mend {
        @Override
        public Optional<String> command() {
            return Optional.of("`aque retry " + root + "` re-arms both");
        }
    }

    /// Another task comes first: look how far it is.
    record Upstream(TaskId task) implements Mend {}

    /// A limit or a share of the farm is reached, or missing.
    ///
    /// @param missing the farm does not have it
    record Limit(String name, boolean missing) implements Mend {
        @Override
        public Optional<String> command() {
            return missing ? Optional.of("`aque limit " + name + " N` sets it") : Optional.empty();
        }
    }

    /// No worker takes anything: start one, or let one work again.
    ///
    /// @param none there is none at all
    record Worker(boolean none) implements Mend {
        @Override
        public Optional<String> command() {
            return none ? Optional.of("start one with `aque worker`") : Optional.empty();
        }
    }

    /// No worker has what the task needs: let it need something else.
    record Needs(TaskId task) implements Mend {}
}
