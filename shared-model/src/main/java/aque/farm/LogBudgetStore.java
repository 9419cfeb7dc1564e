package aque.farm;

import aque.db.Database;
import aque.db.Rows;
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

    /// A job that has not ended, and how much of what its tasks wrote is kept, bytes.
    public record Writer(TaskId job, String title, String owner, long bytes) {}

    /// How full the budget is.
    ///
    /// @param bytes that are kept in all, about; `budget` that may be, empty without bound
    /// @param most who writes most of those that have not ended, the biggest first
    public record Load(long bytes, OptionalLong budget, List<Writer> most) {
        /// As the alarm has it.
        private static final double TIGHT = 0.8;

        /// Whether somebody should look at who writes so much.
        public boolean isTight() {
            return budget.isPresent() && bytes >= TIGHT * budget.getAsLong();
        }
    }

    /// How full it is, and who fills it.
    ///
    /// @param most so many of them at most
    public Load load(int most) {
        return database.read(c -> {
            var writers = Rows.list(
                    c,
                    """
                    SELECT z.job_id, j.title, j.owner, z.bytes FROM log_size z JOIN job j USING (job_id) JOIN task t ON t.task_id = z.job_id
                     WHERE t.state NOT IN ('S', 'E', 'K', 'X') AND z.bytes > 0 ORDER BY z.bytes DESC, z.job_id LIMIT ?""",
                    s -> s.setInt(1, most),
                    r -> new Writer(new TaskId(r.getLong(1)), r.getString(2), r.getString(3), r.getLong(4)));
            return Rows.first(
                            c,
                            "SELECT (SELECT coalesce(sum(bytes), 0) FROM log_size), farm FROM log_budget",
                            Rows.ALL,
                            r -> new Load(r.getLong(1), Rows.big(r, 2), writers))
                    .orElseThrow();
        });
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
