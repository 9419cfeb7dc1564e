package aque.desktop.feed;

import aque.farm.JobLink;
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
/// @param opened jobs that were asked for, or have other tasks or edges than before
/// @param links which job waits for which, where that is new
record Delta(
        boolean whole,
        List<JobSummary> jobs,
        Set<TaskId> removed,
        List<TaskView> tasks,
        List<OpenJob> opened,
        Optional<List<WorkerView>> workers,
        List<JobLink> links) {

    static Delta ofJobs(boolean whole, List<JobSummary> jobs) {
        return new Delta(whole, jobs, Set.of(), List.of(), List.of(), Optional.empty(), List.of());
    }

    static Delta ofOpened(OpenJob job) {
        return new Delta(false, List.of(), Set.of(), List.of(), List.of(job), Optional.empty(), List.of());
    }

    static Delta ofTasks(List<TaskView> tasks) {
        return new Delta(false, List.of(), Set.of(), tasks, List.of(), Optional.empty(), List.of());
    }

    static Delta ofWorkers(List<WorkerView> workers) {
        return new Delta(false, List.of(), Set.of(), List.of(), List.of(), Optional.of(workers), List.of());
    }

    static Delta ofLinks(List<JobLink> links) {
        return new Delta(false, List.of(), Set.of(), List.of(), List.of(), Optional.empty(), links);
    }

    static Delta ofRemoved(Set<TaskId> removed) {
        return new Delta(false, List.of(), removed, List.of(), List.of(), Optional.empty(), List.of());
    }
}
