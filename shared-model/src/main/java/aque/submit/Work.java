package aque.submit;

import aque.task.TaskKind;
import java.util.List;

/// What a task does when it runs.
public sealed interface Work {
    /// Its kind, as tasks in the farm show it.
    TaskKind kind();

    /// One process with exactly these arguments; no shell.
    record Command(List<String> argv) implements Work {
        public Command {
            argv = List.copyOf(argv);
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("a command needs at least one word");
            }
        }

        @Override
        public TaskKind kind() {
            return TaskKind.COMMAND;
        }
    }

    /// One task of step `step` of the job's OpenJD document, with its parameters as JSON.
    record OpenJd(int step, String parameters) implements Work {
        @Override
        public TaskKind kind() {
            return TaskKind.OPENJD;
        }
    }

    /// Nothing: stands for its members.
    record Group() implements Work {
        @Override
        public TaskKind kind() {
            return TaskKind.GROUP;
        }
    }
}
