package aque.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the next worker needs to go on with a session that is running a task.
///
/// @param scripts how many scripts had a folder before the task's
/// @param variables what each entered environment changes, the outermost first; empty means unset
public record SessionState(
        String directory, int scripts, List<Map<String, Optional<String>>> variables, List<String> secrets) {}
