package aque.desktop;

import aque.desktop.feed.Row;
import aque.desktop.theme.Tone;
import aque.farm.JobSummary;
import aque.farm.WorkerView;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Compares what the console shows with the tables: every job, every task of the jobs that are open, every worker.
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
        return wrong + wrongWorkers();
    }

    private int wrongTasks(TaskId job) throws Exception {
        var tables = new HashMap<TaskId, TaskView>();
        session.farm.store().tasksOfJob(job).stream()
                .filter(task -> !task.isJob())
                .forEach(task -> tables.put(task.id(), task));
        return ConsoleProbe.fx(() -> session.model
                .open(job)
                .map(open -> differing(open.rows(), tables))
                .orElse(tables.size()));
    }

    private static int differing(Collection<Row> rows, Map<TaskId, TaskView> tables) {
        int wrong = 0;
        var missing = new HashSet<>(tables.keySet());
        for (var row : rows) {
            if (!row.view().isJob()) {
                missing.remove(row.id());
                wrong += row.view().equals(tables.get(row.id())) ? 0 : 1;
            }
        }
        return wrong + missing.size();
    }

    /// By what the feed tells of: how much is given out is read by the view of the workers itself.
    private int wrongWorkers() throws Exception {
        var tables = session.farm.store().workers().stream().map(Truth::steady).collect(Collectors.toSet());
        return ConsoleProbe.fx(() -> {
            var shown = session.model.workers().stream().map(Truth::steady).collect(Collectors.toSet());
            var both = new HashSet<>(tables);
            both.retainAll(shown);
            return tables.size() + shown.size() - 2 * both.size();
        });
    }

    private static List<Object> steady(WorkerView worker) {
        return List.of(worker.id(), worker.name(), worker.state(), worker.note());
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
