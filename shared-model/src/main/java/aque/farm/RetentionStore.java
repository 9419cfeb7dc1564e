package aque.farm;

import aque.db.Database;
import aque.log.LogId;
import aque.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
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
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT what, seconds, folder FROM retention_rules()");
                    var r = s.executeQuery()) {
                var out = new ArrayList<Retention>();
                while (r.next()) {
                    out.add(new Retention(
                            Retention.What.valueOf(r.getString(1).toUpperCase(Locale.ROOT)),
                            Duration.ofSeconds(r.getLong(2)),
                            Optional.ofNullable(r.getString(3))));
                }
                return out;
            }
        });
    }

    /// From now on this is the rule.
    ///
    /// @param actor who says so, for the history
    public void keep(Retention rule, String actor) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT set_retention(?, make_interval(secs => ?), ?, ?)")) {
                s.setString(1, rule.what().word());
                s.setLong(2, rule.keep().toSeconds());
                s.setString(3, rule.folder().orElse(null));
                s.setString(4, actor);
                return s.execute();
            }
        });
    }

    /// From now on this is kept for good.
    public void keepForGood(Retention.What what, String actor) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT set_retention(?, NULL, NULL, ?)")) {
                s.setString(1, what.word());
                s.setString(2, actor);
                return s.execute();
            }
        });
    }

    /// Ended jobs of which this is due to go, the oldest first.
    public List<TaskId> due(Retention.What what, int most) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT unnest(expired(?, ?))")) {
                s.setString(1, what.word());
                s.setInt(2, most);
                return ids(s);
            }
        });
    }

    private static List<TaskId> ids(PreparedStatement s) throws SQLException {
        try (var r = s.executeQuery()) {
            var out = new ArrayList<TaskId>();
            while (r.next()) {
                out.add(new TaskId(r.getLong(1)));
            }
            return out;
        }
    }

    /// The logs of a job that hold anything.
    public List<LogId> logs(TaskId job) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT task_id, attempt FROM logs_of(?)")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<LogId>();
                    while (r.next()) {
                        out.add(new LogId(new TaskId(r.getLong(1)), r.getInt(2)));
                    }
                    return out;
                }
            }
        });
    }

    /// Removes this of a job, when it still is due.
    public void drop(Retention.What what, TaskId job) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT expire(?, ?)")) {
                s.setString(1, what.word());
                s.setLong(2, job.value());
                return s.execute();
            }
        });
    }
}
