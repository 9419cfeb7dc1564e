package aque.farm;

import aque.db.Database;
import aque.task.TaskId;
import java.sql.Types;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// How much the farm keeps of what tasks write, and how much there is. Any thread.
public final class LogBudgetStore {
    private final Database database;

    public LogBudgetStore(Database database) {
        this.database = database;
    }

    public LogBudget budget() {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT farm, job FROM budget_of_logs()");
                    var r = s.executeQuery()) {
                r.next();
                var farm = r.getLong(1);
                return new LogBudget(r.wasNull() ? OptionalLong.empty() : OptionalLong.of(farm), r.getLong(2));
            }
        });
    }

    /// @param actor who says so, for the history
    public void set(LogBudget budget, String actor) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT set_log_budget(?, ?, ?)")) {
                s.setObject(1, budget.farm().isPresent() ? budget.farm().getAsLong() : null, Types.BIGINT);
                s.setLong(2, budget.job());
                s.setString(3, actor);
                return s.execute();
            }
        });
    }

    /// So much more was written by these tasks, or less is kept.
    public void add(Map<TaskId, Long> bytes) {
        var tasks = List.copyOf(bytes.keySet());
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT add_log_sizes(?, ?)")) {
                s.setArray(1, IdRows.array(c, tasks));
                s.setArray(
                        2,
                        c.createArrayOf(
                                "int8",
                                tasks.stream()
                                        .map(t -> bytes.getOrDefault(t, 0L))
                                        .toArray()));
                return s.execute();
            }
        });
    }

    /// What is too much.
    ///
    /// @param crowded jobs that have written as much as one may
    /// @param full all of them together have
    public record Look(Set<TaskId> crowded, boolean full) {}

    /// Whether these jobs, or all, have written too much; from four fifths on the history gets an alarm an hour.
    public Look look(Collection<TaskId> jobs) {
        return database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT crowded, is_full FROM log_watch(?)")) {
                s.setArray(1, IdRows.array(c, jobs));
                try (var r = s.executeQuery()) {
                    r.next();
                    return new Look(new HashSet<>(IdRows.list(r.getArray(1))), r.getBoolean(2));
                }
            }
        });
    }

    /// Ended jobs whose logs go so that there is room again, the oldest first; none while there is.
    public List<TaskId> toDrop() {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT logs_to_drop()");
                    var r = s.executeQuery()) {
                r.next();
                return IdRows.list(r.getArray(1));
            }
        });
    }

    /// Removes what the tasks of a job wrote.
    public void drop(TaskId job) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT drop_logs(?)")) {
                s.setLong(1, job.value());
                return s.execute();
            }
        });
    }
}
