package aque.desktop.feed;

import aque.farm.JobSummary;
import aque.farm.WorkerView;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one look at the database found: all of it is true at the same or a later moment than its event.
///
/// @param whole `jobs` are all jobs there are
/// @param opened jobs that were asked for, or changed so much that they were read again
record Delta(
        boolean whole,
        List<JobSummary> jobs,
        Set<TaskId> removed,
        List<TaskView> tasks,
        List<OpenJob> opened,
        Optional<List<WorkerView>> workers) {}
