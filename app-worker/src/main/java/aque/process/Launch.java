package aque.process;

import aque.task.TaskId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be started for one attempt of a task.
///
/// @param argv the program, looked up on the environment's `PATH` unless it holds a slash, and its arguments
/// @param environment all variables; `AQUE_TID`, `AQUE_ATTEMPT`, `AQUE_WORKER` and `AQUE_KEEPER` are put over
///     them
/// @param stdin file that it reads; at its end at once when empty
/// @param user who it is to be; who the worker is when empty
/// @param stays whether what it leaves behind lives on after it, until [ChildProcess#kill]
public record Launch(
        TaskId task,
        int attempt,
        List<String> argv,
        Map<String, String> environment,
        Path cwd,
        Optional<Path> stdin,
        Optional<RunAs> user,
        boolean stays,
        OutputSink sink) {

    public Launch {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /// With nothing to read.
    public Launch(
            TaskId task, int attempt, List<String> argv, Map<String, String> environment, Path cwd, OutputSink sink) {
        this(task, attempt, argv, environment, cwd, Optional.empty(), Optional.empty(), false, sink);
    }
}
