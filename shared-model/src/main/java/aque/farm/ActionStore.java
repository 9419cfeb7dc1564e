package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import aque.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// What people did, what they noted, and what they would do: the history, the notes and the impact of an action. Reads
/// only; any thread.
public final class ActionStore {
    private static final String HISTORY = """
            SELECT a.*, (SELECT concat_ws(' ▸ ', CASE WHEN t.task_id <> t.job_id THEN j.title END, label(t.task_id)) FROM task t JOIN job j USING (job_id) WHERE t.task_id = a.ids[1]) AS what,
                   ARRAY(SELECT DISTINCT j.owner FROM task t JOIN job j USING (job_id) WHERE t.task_id = ANY (a.ids)) AS owners
              FROM (SELECT action_id, at, actor, place, why, verb, coalesce(args, '') AS args, n, ids[1:50] AS ids FROM action WHERE %1$s
                    UNION ALL SELECT 0, created_at, owner, '', '', 'submit', title, n_total, ARRAY[job_id] FROM job WHERE %2$s
                    ORDER BY at DESC LIMIT ?) a ORDER BY a.at DESC, a.action_id DESC""";

    private final Database database;

    public ActionStore(Database database) {
        this.database = database;
    }

    /// Whom an action on these would meet.
    public Impact impact(Collection<TaskId> ids) {
        return database.read(c -> {
            try (var s = c.prepareStatement(
                    "SELECT running, waiting, ended, coalesce(owners, '{}'), needing, again FROM impact(?)")) {
                IdRows.set(s, 1, ids);
                try (var r = s.executeQuery()) {
                    r.next();
                    return new Impact(r.getInt(1), r.getInt(2), r.getInt(3), words(r, 4), r.getInt(5), r.getInt(6));
                }
            }
        });
    }

    /// The tasks that failed by themselves behind these blocked ones.
    public List<TaskId> roots(Collection<TaskId> ids) {
        return ids("SELECT unnest(roots(?))", ids);
    }

    /// What depends on these and has ended: what a retry may take along.
    public List<TaskId> again(Collection<TaskId> ids) {
        return ids("""
                SELECT d FROM downstream(?) d JOIN task t ON t.task_id = d
                 WHERE t.state NOT IN ('B', 'R') AND t.reason IS DISTINCT FROM 'dep_failed' ORDER BY d""", ids);
    }

    /// What comes after these and has not ended.
    public List<TaskId> after(Collection<TaskId> ids) {
        return ids(
                "SELECT d FROM downstream(?) d JOIN task t ON t.task_id = d WHERE t.state IN ('B', 'R') ORDER BY d",
                ids);
    }

    /// What comes after these and runs.
    public List<TaskId> runningAfter(Collection<TaskId> ids) {
        return ids("SELECT d FROM downstream(?) d JOIN lease e ON e.task_id = d ORDER BY d", ids);
    }

    /// What workers of these names run.
    public List<TaskId> runningOn(Collection<String> workers) {
        return database.list(
                "SELECT task_id FROM lease JOIN worker USING (worker_id) WHERE name = ANY (?) ORDER BY task_id",
                s -> Rows.setArray(s, 1, "text", workers.stream()),
                r -> IdRows.id(r, 1));
    }

    /// What became of a kill or cancel.
    ///
    /// @param alive tasks that it has yet to end: all while its grace lasts, then those that a worker still holds
    /// @param ended tasks that it has ended; others of them may have ended by themselves before
    public record Stopping(int alive, int ended) {}

    /// How far a kill or cancel is.
    public Stopping stopping(StopRequest request) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT CASE WHEN EXISTS (SELECT 1 FROM stop_request WHERE action_id = ?) THEN ? ELSE count(*) FILTER (WHERE e.stop = 'K') END,
                           count(*) FILTER (WHERE t.state IN ('K', 'X') AND t.ended_at >= coalesce((SELECT at FROM action WHERE action_id = ?), '-infinity'))
                      FROM task t LEFT JOIN lease e USING (task_id) WHERE t.task_id = ANY (members(?))""")) {
                s.setLong(1, request.action());
                s.setInt(2, request.tasks());
                s.setLong(3, request.action());
                IdRows.set(s, 4, request.ids());
                try (var r = s.executeQuery()) {
                    r.next();
                    return new Stopping(r.getInt(1), r.getInt(2));
                }
            }
        });
    }

    /// Changes whenever somebody did something; cheap to ask.
    public String head() {
        return database.read(c -> {
            try (var s = c.prepareStatement(
                            "SELECT concat_ws(' ', (SELECT max(action_id) FROM action), (SELECT max(job_id) FROM job))");
                    var r = s.executeQuery()) {
                r.next();
                return r.getString(1);
            }
        });
    }

    /// The latest that anybody did on the farm, the newest first.
    public List<ActionView> latest(int most) {
        return history("true", "true", s -> s.setInt(1, most));
    }

    /// What was done to a task, to the groups it is in and to its job, the newest first.
    public List<ActionView> of(TaskId task, int most) {
        var around = new TreeSet<>(ids("""
                WITH RECURSIVE up(id, parent) AS (SELECT task_id, parent_id FROM task WHERE task_id = ANY (?)
                  UNION SELECT t.task_id, t.parent_id FROM up JOIN task t ON t.task_id = up.parent) SELECT id FROM up""", List.of(task)));
        return history("ids && ?", "job_id = ANY (?)", s -> {
            IdRows.set(s, 1, around);
            IdRows.set(s, 2, around);
            s.setInt(3, most);
        });
    }

    /// The notes on a task and on its job, the oldest first.
    public List<NoteView> notes(TaskId task) {
        return notes("task_id IN (?, (SELECT job_id FROM task WHERE task_id = ?))", s -> {
            s.setLong(1, task.value());
            s.setLong(2, task.value());
        });
    }

    /// The notes on a worker, the oldest first.
    public List<NoteView> notesOfWorker(String name) {
        return notes("worker = ?", s -> s.setString(1, name));
    }

    private List<NoteView> notes(String where, Rows.Bind bind) {
        return database.list(
                "SELECT at, actor, body FROM note WHERE " + where + " ORDER BY note_id",
                bind,
                r -> new NoteView(r.getTimestamp(1).toInstant(), r.getString(2), r.getString(3)));
    }

    private List<ActionView> history(String actions, String jobs, Rows.Bind bind) {
        return database.list(HISTORY.formatted(actions, jobs), bind, ActionStore::action);
    }

    private static ActionView action(ResultSet r) throws SQLException {
        var what = r.getString("what");
        return new ActionView(
                r.getLong("action_id"),
                r.getTimestamp("at").toInstant(),
                r.getString("actor"),
                r.getString("place"),
                r.getString("why"),
                r.getString("verb"),
                r.getString("args"),
                r.getInt("n"),
                IdRows.list(r.getArray("ids")),
                what == null ? "" : what,
                List.of((String[]) r.getArray("owners").getArray()));
    }

    private List<TaskId> ids(String sql, Collection<TaskId> given) {
        return database.list(sql, s -> IdRows.set(s, 1, given), r -> IdRows.id(r, 1));
    }

    private static List<String> words(ResultSet r, int column) throws SQLException {
        return List.of((String[]) r.getArray(column).getArray());
    }
}
