package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import aque.log.LogId;
import aque.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How long the farm keeps what has ended, and what is due to go. Any thread.
public final class RetentionStore {
    private final Database database;

    public RetentionStore(Database database) {
        this.database = database;
    }

    /// The rules that there are.
    public List<Retention> rules() {
        return database.list(
                "SELECT what, seconds, folder FROM retention_rules()",
                Rows.ALL,
                r -> new Retention(
                        Retention.What.valueOf(r.getString(1).toUpperCase(Locale.ROOT)),
                        Duration.ofSeconds(r.getLong(2)),
                        Optional.ofNullable(r.getString(3))));
    }

    /// From now on this is the rule.
    ///
    /// @param actor who says so, for the history
    public void keep(Retention rule, String actor) {
        database.call("SELECT set_retention(?, make_interval(secs => ?), ?, ?)", s -> {
            s.setString(1, rule.what().word());
            s.setLong(2, rule.keep().toSeconds());
            s.setString(3, rule.folder().orElse(null));
            s.setString(4, actor);
        });
    }

    /// From now on this is kept for good.
    public void keepForGood(Retention.What what, String actor) {
        database.call("SELECT set_retention(?, NULL, NULL, ?)", s -> {
            s.setString(1, what.word());
            s.setString(2, actor);
        });
    }

    /// Ended jobs of which this is due to go, the oldest first.
    public List<TaskId> due(Retention.What what, int most) {
        return database.list(
                "SELECT unnest(expired(?, ?))",
                s -> {
                    s.setString(1, what.word());
                    s.setInt(2, most);
                },
                r -> IdRows.id(r, 1));
    }

    /// The logs of a job that hold anything.
    public List<LogId> logs(TaskId job) {
        return database.list(
                "SELECT task_id, attempt FROM logs_of(?)",
                s -> s.setLong(1, job.value()),
                r -> new LogId(IdRows.id(r, 1), r.getInt(2)));
    }

    /// Removes this of a job, when it still is due.
    public void drop(Retention.What what, TaskId job) {
        database.call("SELECT expire(?, ?)", s -> {
            s.setString(1, what.word());
            s.setLong(2, job.value());
        });
    }
}
