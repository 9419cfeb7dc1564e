package aque.submit;

import java.util.List;

/// What a task does when it runs.
public sealed interface Work {
    /// One process with exactly these arguments; no shell.
    record Command(List<String> argv) implements Work {
        public Command {
            argv = List.copyOf(argv);
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("a command needs at least one word");
            }
        }
    }

    /// One task of step `step` of the job's OpenJD document, with its parameters as JSON.
    record OpenJd(int step, String parameters) implements Work {}

    /// Nothing: stands for its members.
    record Group() implements Work {}
}
