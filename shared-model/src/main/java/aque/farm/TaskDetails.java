package aque.farm;

import aque.schedule.Needs;
import aque.task.TaskView;
import java.util.List;
import java.util.Map;

/// Everything the inspector shows about one task.
///
/// @param command its argument list; of an OpenJD task as the template has it; empty for a group
public record TaskDetails(
        TaskView task,
        List<String> command,
        String cwd,
        Map<String, String> environment,
        Needs needs,
        List<AttemptView> attempts) {}
