package aque.farm;

import aque.task.TaskId;
import java.time.Instant;
import java.util.List;

/// Something that somebody did, as the history keeps it.
///
/// @param id its number; 0 for a submission, which the jobs themselves tell
/// @param place program and machine from which it was done
/// @param why the reason that was given, else ""
/// @param verb `kill`, `hold`, `priority`, `mark done`, `submit` …
/// @param args what belongs to the verb, such as the new priority, else ""
/// @param tasks how many tasks it met
/// @param first the tasks as they were named, the first few
/// @param what the first of them as people call it, with its job
/// @param owners whose jobs it met
public record ActionView(
        long id,
        Instant at,
        String actor,
        String place,
        String why,
        String verb,
        String args,
        int tasks,
        List<TaskId> first,
        String what,
        List<String> owners) {}
