package aque.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One command of a session, ready to start.
///
/// @param what it is, for people: `step Render` or `environment Blender, enter`
/// @param argv the program, to be looked up in the PATH that the action gets, and its arguments
/// @param variables to set, or to unset where empty, on top of the task's own environment
/// @param cwd the session's working directory
/// @param timeout after which it is cancelled and has failed; empty means no limit
public record Action(
        String what,
        List<String> argv,
        Map<String, Optional<String>> variables,
        Path cwd,
        Optional<Duration> timeout,
        Cancelation cancelation,
        OutputLines lines) {

    /// How to cancel it.
    public sealed interface Cancelation {

        /// Kill the process tree at once.
        record Terminate() implements Cancelation {}

        /// Announce the end by `Session.announceCancel`, send TERM, wait, kill the process tree.
        record NotifyThenTerminate(Duration period) implements Cancelation {}
    }

    /// Whether it is a step's own, not an environment's.
    public boolean isTask() {
        return what.startsWith("step ");
    }

    public Action {
        argv = List.copyOf(argv);
        variables = Map.copyOf(variables);
    }
}
