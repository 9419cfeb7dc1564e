package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import aque.task.TaskId;
import java.sql.Types;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How much the farm keeps of what tasks write, and how much there is. Any thread.
public final class LogBudgetStore {
    private final Database database;

    public LogBudgetStore(Database database) {
        this.database = database;
    }

    public LogBudget budget() {
        return database.list(
                        "SELECT farm, job FROM budget_of_logs()",
                        Rows.ALL,
                        r -> new LogBudget(Rows.big(r, 1), r.getLong(2)))
                .getFirst();
    }

    /// @param actor who says so, for the history
    public void set(LogBudget budget, String actor) {
        database.call("SELECT set_log_budget(?, ?, ?)", s -> {
            s.setObject(1, budget.farm().isPresent() ? budget.farm().getAsLong() : null, Types.BIGINT);
            s.setLong(2, budget.job());
            s.setString(3, actor);
        });
    }

    /// So much more was written by these tasks, or less is kept.
    public void add(Map<TaskId, Long> bytes) {
        var tasks = List.copyOf(bytes.keySet());
        database.call("SELECT add_log_sizes(?, ?)", s -> {
            IdRows.set(s, 1, tasks);
            Rows.setArray(s, 2, "int8", tasks.stream().map(t -> bytes.getOrDefault(t, 0L)));
        });
    }

    /// What is too much.
    ///
    /// @param crowded jobs that have written as much as one may
    /// @param full all of them together have
    public record Look(Set<TaskId> crowded, boolean full) {}

    /// Whether these jobs, or all, have written too much; from four fifths on the history gets an alarm an hour.
    public Look look(Collection<TaskId> jobs) {
        return database.call(
                "SELECT crowded, is_full FROM log_watch(?)",
                s -> IdRows.set(s, 1, jobs),
                r -> new Look(new HashSet<>(IdRows.list(r.getArray(1))), r.getBoolean(2)));
    }

    /// Ended jobs whose logs go so that there is room again, the oldest first; none while there is.
    public List<TaskId> toDrop() {
        return database.list("SELECT logs_to_drop()", Rows.ALL, r -> IdRows.list(r.getArray(1)))
                .getFirst();
    }

    /// Removes what the tasks of a job wrote.
    public void drop(TaskId job) {
        database.call("SELECT drop_logs(?)", s -> s.setLong(1, job.value()));
    }
}
