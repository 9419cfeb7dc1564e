package aque.farm;

import aque.db.Database;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// What keeps a task from starting though a machine may have room: its time, its job's bound, the farm's limits. The
/// same columns that `acquire` looks at. Any thread.
final class HeldBack {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Database database;

    HeldBack(Database database) {
        this.database = database;
    }

    /// One reason a line; empty when nothing of the kind holds it back.
    List<Reason> reasons(TaskId task) {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT l.not_before, r.not_before, l.most, (SELECT count(*) FROM lease e WHERE e.job_id = l.job_id), k.name, k.takes, f.most, f.per,
                           CASE WHEN f.per = 'host' THEN (SELECT count(DISTINCT w.host) FROM lease e JOIN worker w USING (worker_id) WHERE e.limits IS NOT NULL AND k.name = ANY (e.limits))
                                ELSE (SELECT coalesce(sum(e.takes[array_position(e.limits, k.name)]), 0) FROM lease e WHERE e.limits IS NOT NULL AND k.name = ANY (e.limits)) END,
                           (SELECT a.reason FROM attempt a WHERE a.task_id = t.task_id ORDER BY a.attempt DESC LIMIT 1), r.avoid, r.avoid_until
                      FROM task t JOIN lane l USING (lane_id) JOIN req_class q USING (rclass)
                      LEFT JOIN ready r ON r.lane_id = l.lane_id AND r.sort_key = t.sort_key AND r.task_id = t.task_id
                      LEFT JOIN LATERAL unnest(q.limits, q.takes) k(name, takes) ON true LEFT JOIN farm_limit f ON f.name = k.name
                     WHERE t.task_id = ?""")) {
                s.setLong(1, task.value());
                try (var r = s.executeQuery()) {
                    var out = new ArrayList<Reason>();
                    var first = true;
                    while (r.next()) {
                        if (first) {
                            files(c, task, out);
                            share(c, task, out);
                            gpus(c, task, out);
                            times(r, out);
                            bound(r, out);
                        }
                        first = false;
                        limit(r, out);
                    }
                    return out;
                }
            }
        });
    }

    private static void files(Connection c, TaskId task, List<Reason> out) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT f.path, f.look IS NOT NULL, f.looked_at > '-infinity', f.path = j.cwd FROM file_wait f JOIN job j USING (job_id) WHERE f.job_id = (SELECT job_id FROM task WHERE task_id = ?) ORDER BY f.path""")) {
            s.setLong(1, task.value());
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    out.add(Reason.of(file(r)));
                }
            }
        }
    }

    private static String file(ResultSet r) throws SQLException {
        var path = r.getString(1);
        if (path.endsWith("/.")) {
            return "its volume " + path.substring(0, path.length() - 2)
                    + " is full, stale or away: waits until a worker could write there";
        }
        if (r.getBoolean(4)) {
            return "no worker sees its folder " + path + ": waits until one does";
        }
        return "waits for the file " + path
                + (r.getBoolean(2)
                        ? ", which is there and must keep its size and time for a while"
                        : r.getBoolean(3) ? ", which is not there" : ", which no worker has looked for yet");
    }

    private static void share(Connection c, TaskId task, List<Reason> out) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT s.name, s.most, (SELECT coalesce(sum(e.cpu_m), 0) FROM lease e JOIN job o USING (job_id) WHERE share_of(o) = s.name), q.cpu_m
                  FROM task t JOIN job j USING (job_id) JOIN share s ON s.name = share_of(j) JOIN lane l USING (lane_id) JOIN req_class q USING (rclass)
                 WHERE t.task_id = ? AND s.most IS NOT NULL""")) {
            s.setLong(1, task.value());
            try (var r = s.executeQuery()) {
                if (r.next() && r.getLong(3) + Math.max(1, r.getInt(4)) > r.getInt(2)) {
                    out.add(Reason.of(
                            "the share " + r.getString(1) + " has " + Fit.cpus(r.getInt(3)) + " of the "
                                    + Fit.cpus(r.getInt(2)) + " cpus that it may have at once",
                            new Mend.Limit(r.getString(1), false)));
                }
            }
        }
    }

    /// Every worker that has enough of them has too few left.
    private static void gpus(Connection c, TaskId task, List<Reason> out) throws SQLException {
        try (var s = c.prepareStatement("""
                WITH n AS (SELECT q.takes[array_position(q.limits, 'gpu')] n FROM task t JOIN lane l USING (lane_id) JOIN req_class q USING (rclass) WHERE t.task_id = ? AND 'gpu' = ANY (q.limits)),
                w AS (SELECT w.name, gpus(w.worker_id) has, (SELECT coalesce(sum(e.takes[array_position(e.limits, 'gpu')]), 0) FROM lease e WHERE e.worker_id = w.worker_id AND 'gpu' = ANY (e.limits)) used
                        FROM worker w WHERE w.state = 'up')
                SELECT n.n, string_agg(w.name || ' ' || w.used || ' of ' || w.has, ', ' ORDER BY w.name) FROM n JOIN w ON w.has >= n.n GROUP BY n.n HAVING bool_and(w.has - w.used < n.n)""")) {
            s.setLong(1, task.value());
            try (var r = s.executeQuery()) {
                if (r.next()) {
                    out.add(Reason.of("needs " + r.getInt(1) + " of the gpus, which are in use: " + r.getString(2)));
                }
            }
        }
    }

    private static void times(ResultSet r, List<Reason> out) throws SQLException {
        var last = r.getString(10) == null ? "" : r.getString(10);
        var start = r.getTimestamp(1);
        if (start != null && start.toInstant().isAfter(Instant.now())) {
            out.add(Reason.of("starts after " + text(start)));
        }
        var rest = r.getTimestamp(2);
        if (rest != null && rest.toInstant().isAfter(Instant.now())) {
            var after = switch (last) {
                case "no_licence" -> "its licence was short, it is tried again at ";
                case "no_folder" -> "its folder was not there, it is tried again at ";
                case "no_volume" -> "its disk was full, stale or away, it is tried again at ";
                default -> "rests after a failure until ";
            };
            out.add(Reason.of(after + text(rest)));
        }
        var forgiven = r.getTimestamp(12);
        if (r.getArray(11) != null && forgiven != null && forgiven.toInstant().isAfter(Instant.now())) {
            var hosts = String.join(", ", (String[]) r.getArray(11).getArray());
            // who has not run and avoids hosts was told by its peers
            out.add(Reason.of(
                    last.isEmpty() || last.equals("no_folder")
                            ? "its folder is not there on " + hosts + ": goes to another host, and there again from "
                                    + text(forgiven)
                            : "failed on " + hosts + " and goes to another host, until that is forgiven at "
                                    + text(forgiven)));
        }
    }

    private static void bound(ResultSet r, List<Reason> out) throws SQLException {
        var most = r.getInt(3);
        if (!r.wasNull() && r.getInt(4) >= most) {
            out.add(Reason.of(r.getInt(4) + " tasks of this job run, which is all that it may have at once"));
        }
    }

    private static void limit(ResultSet r, List<Reason> out) throws SQLException {
        var name = r.getString(5);
        if (name == null || name.equals(Needs.GPU)) {
            return;
        }
        if (r.getString(8) == null) {
            out.add(Reason.of(
                    "needs the limit " + name + ", which this farm does not have", new Mend.Limit(name, true)));
        } else if (r.getInt(9) + (r.getString(8).equals("host") ? 1 : r.getInt(6)) > r.getInt(7)) {
            out.add(Reason.of(
                    "the limit " + name + ": " + r.getInt(9) + " of " + r.getInt(7) + " are in use",
                    new Mend.Limit(name, false)));
        }
    }

    private static String text(Timestamp at) {
        return TIME.format(at.toInstant().atZone(ZoneId.systemDefault()));
    }
}
