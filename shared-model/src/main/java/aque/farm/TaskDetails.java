package aque.farm;

import aque.schedule.Needs;
import aque.task.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything the inspector shows about one task.
///
/// @param command its argument list; of an OpenJD task as far as [aque.openjd.CommandLine] knows it; empty for a group
/// @param labels of its job: show, shot, version … by lower case name
/// @param predictedEnd of a job that runs: when it may end, if it goes on as now
/// @param sizes of its steps that ask for much more than they use, or for less: a sentence each
public record TaskDetails(
        TaskView task,
        List<String> command,
        String cwd,
        Map<String, String> environment,
        Needs needs,
        List<AttemptView> attempts,
        Map<String, String> labels,
        Optional<Instant> predictedEnd,
        List<String> sizes) {}
