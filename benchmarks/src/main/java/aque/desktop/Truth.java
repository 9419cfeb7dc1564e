package aque.desktop;

import aque.desktop.feed.Row;
import aque.desktop.theme.Tone;
import aque.farm.JobSummary;
import aque.task.TaskId;
import java.util.HashMap;
import java.util.HashSet;

/// Compares what the console shows with the tables: every job, and every task of the jobs that are open.
record Truth(Session session) {

    /// How many rows are missing, too many, or say something else.
    double wrong() throws Exception {
        var tables = new HashMap<TaskId, JobSummary>();
        session.farm.store().jobs().forEach(job -> tables.put(job.root().id(), job));
        var open = ConsoleProbe.fx(() -> session.model.jobs().stream()
                .map(Row::id)
                .filter(id -> session.model.open(id).isPresent())
                .toList());
        int wrong = ConsoleProbe.fx(() -> {
            var missing = new HashSet<>(tables.keySet());
            int others = 0;
            for (var row : session.model.jobs()) {
                var job = tables.get(row.id());
                missing.remove(row.id());
                others += job != null && same(row, job) ? 0 : 1;
            }
            return others + missing.size();
        });
        for (var job : open) {
            wrong += wrongTasks(job);
        }
        return wrong;
    }

    private int wrongTasks(TaskId job) throws Exception {
        var tasks = session.farm.store().tasksOfJob(job);
        return ConsoleProbe.fx(() -> session.model
                .open(job)
                .map(open -> (int) tasks.stream()
                        .filter(task -> !task.isJob())
                        .filter(task -> open.row(task.id())
                                .filter(row -> row.view().equals(task))
                                .isEmpty())
                        .count())
                .orElse(0));
    }

    private static boolean same(Row row, JobSummary job) {
        var tally = row.tally();
        return row.view().equals(job.root())
                && tally.of(Tone.WAITING) == job.waiting()
                && tally.of(Tone.PENDING) == job.pending()
                && tally.of(Tone.RUNNING) == job.running()
                && tally.of(Tone.HELD) == job.held()
                && tally.of(Tone.SUCCESS) == job.success()
                && tally.of(Tone.ERROR) == job.error()
                && tally.of(Tone.BLOCKED) == job.blocked()
                && tally.of(Tone.KILLED) == job.stopped();
    }
}
