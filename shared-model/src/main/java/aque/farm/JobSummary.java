package aque.farm;

import aque.task.TaskView;
import java.util.Map;

/// A job in one row: its root task and how many of its tasks (groups not counted) are in which state.
///
/// @param blocked ended only because something upstream failed; not counted in `error`
/// @param labels show, shot, version … by lower case name
public record JobSummary(
        TaskView root,
        int total,
        int waiting,
        int pending,
        int running,
        int held,
        int success,
        int error,
        int blocked,
        int stopped,
        Map<String, String> labels) {

    JobSummary withRoot(TaskView task) {
        return new JobSummary(task, total, waiting, pending, running, held, success, error, blocked, stopped, labels);
    }

    /// Percent of the tasks that ended in success, 0 to 100.
    public double done() {
        return total == 0 ? 0 : 100.0 * success / total;
    }
}
