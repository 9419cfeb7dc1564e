package aque.worker;

import aque.farm.LogBudgetStore;
import aque.farm.Retention;
import aque.farm.RetentionStore;
import aque.log.LogId;
import aque.log.LogLine;
import aque.log.LogStore;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/// Removes what the farm's rules do not keep any longer, its logs written to files before if the rule says so. Several
/// may do so at the same time; what one has removed the others do not find. Any thread.
public final class Pruner {
    private static final int AT_ONCE = 100;
    private static final int PAGE = 4 << 20;

    private final RetentionStore store;
    private final LogBudgetStore budget;
    private final LogStore logs;

    public Pruner(RetentionStore store, LogBudgetStore budget, LogStore logs) {
        this.store = store;
        this.budget = budget;
        this.logs = logs;
    }

    /// Removes all that is due now.
    ///
    /// @return how many jobs it met
    /// @throws IOException when a file cannot be written; what it was to hold stays in the database
    public int prune() throws IOException {
        var count = 0;
        for (var rule : store.rules()) {
            var met = new HashSet<TaskId>();
            for (var jobs = due(rule); met.addAll(jobs); jobs = due(rule)) {
                for (var job : jobs) {
                    export(rule, job);
                    store.drop(rule.what(), job);
                }
            }
            count += met.size();
        }
        return count;
    }

    /// When the logs of the farm have used up its budget, those of the jobs that ended first go, written to files
    /// before
    /// as the rule for logs says.
    ///
    /// @return of how many jobs
    /// @throws IOException when a file cannot be written; what it was to hold stays in the database
    public int makeRoom() throws IOException {
        var folder = store.rules().stream()
                .filter(r -> r.what() == Retention.What.LOGS)
                .flatMap(r -> r.folder().stream())
                .findFirst();
        var jobs = budget.toDrop();
        for (var job : jobs) {
            if (folder.isPresent()) {
                export(folder.get(), job);
            }
            budget.drop(job);
        }
        return jobs.size();
    }

    private List<TaskId> due(Retention rule) {
        return store.due(rule.what(), AT_ONCE);
    }

    private void export(Retention rule, TaskId job) throws IOException {
        if (rule.folder().isEmpty() || rule.what() == Retention.What.USAGE) {
            return;
        }
        export(rule.folder().get(), job);
    }

    /// A file a log, `JOB/TASK.ATTEMPT.log`, in lines as `aque output --raw` prints them; whole or not there.
    private void export(String where, TaskId job) throws IOException {
        var folder = Files.createDirectories(Path.of(where).resolve(job.toString()));
        for (var log : store.logs(job)) {
            var name = log.task() + "." + log.attempt() + ".log";
            var part = folder.resolve("." + name + "." + UUID.randomUUID());
            try {
                write(log, part);
                Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private void write(LogId log, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            var page = logs.read(log.task(), log.attempt(), 0, PAGE);
            while (!page.chunks().isEmpty()) {
                for (var chunk : page.chunks()) {
                    out.write(LogLine.of(chunk));
                    out.newLine();
                }
                page = logs.read(log.task(), log.attempt(), page.nextSeq(), PAGE);
            }
        }
    }
}
