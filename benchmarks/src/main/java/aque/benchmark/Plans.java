package aque.benchmark;

import aque.broker.Broker;
import aque.broker.WorkerSession;
import aque.db.Database;
import aque.event.Hints;
import aque.schedule.Capabilities;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a batch of acquire and complete reads of the large tables, counted by the server in rows: on next to nothing,
/// on
/// a million tasks that the planner does not know of, and when it does.
final class PlanCheck {
    private static final int BATCH = 50;
    private static final int ROUNDS = 8;
    private static final List<String> LARGE =
            List.of("ready", "lease", "task", "task_spec", "dep", "attempt", "change");

    private final Database database;
    private final WorkerSession worker;
    private final List<String> faults = new ArrayList<>();

    private PlanCheck(Database database, WorkerSession worker) {
        this.database = database;
        this.worker = worker;
    }

    static List<String> faults(Stage stage, int tasks) throws Exception {
        try (var database = stage.farm(2)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            var worker = broker.hello("a", new Capabilities("a", "linux", "u", 4000, 0, Map.of(), Map.of()), "");
            var check = new PlanCheck(database, worker);
            stage.sql(database, "ANALYZE");
            broker.submit(Jobs.dag(ROUNDS * BATCH * 10));
            check.look("small");
            broker.submit(Jobs.flat(tasks - tasks / 10));
            broker.submit(Jobs.dag(tasks / 10).withPriority(2000));
            check.look("large, statistics of when it was empty");
            stage.sql(database, "ANALYZE");
            check.look("large, analyzed");
            return check.faults;
        }
    }

    private void look(String when) {
        for (var round = 0; round < ROUNDS; round++) {
            judge("acquire, " + when, rowsRead(c -> call(c, """
                    SELECT count(*) FROM acquire(?, ARRAY(SELECT rclass FROM req_class), 4000, 1000000, 0, %d)""".formatted(BATCH))));
            judge("complete, " + when, rowsRead(c -> call(c, """
                    SELECT cardinality(q.accepted) FROM (SELECT ? w, array_agg(task_id) i, array_agg(attempt) a, array_agg('S'::text) s, array_agg(NULL::text) t, array_agg(0) e, array_agg(NULL::int) g,
                           array_agg(NULL::bigint) m, array_agg(NULL::real) p FROM lease) l, LATERAL complete(l.w, l.i, l.a, l.s, l.t, l.e, l.g, l.m, l.m, l.p, l.t) q""")));
        }
    }

    private void judge(String what, Map<String, Long> rows) {
        rows.forEach((table, n) -> {
            if (n > 20L * BATCH) {
                faults.add(what + " read " + n + " rows of " + table + " for " + BATCH + " tasks");
            }
        });
    }

    private void call(Connection c, String sql) throws SQLException {
        try (var s = c.prepareStatement(sql)) {
            s.setInt(1, worker.id());
            try (var r = s.executeQuery()) {
                r.next();
                if (r.getInt(1) != BATCH) {
                    faults.add(r.getInt(1) + " tasks in place of " + BATCH);
                }
            }
        }
    }

    private interface Call {
        void in(Connection c) throws SQLException;
    }

    private Map<String, Long> rowsRead(Call call) {
        return database.<Map<String, Long>, RuntimeException>inTransaction(c -> {
            var before = counters(c);
            call.in(c);
            var rows = counters(c);
            before.forEach((table, n) -> rows.merge(table, -n, Long::sum));
            return rows;
        });
    }

    private static Map<String, Long> counters(Connection c) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = ANY (?)""")) {
            s.setArray(1, c.createArrayOf("text", LARGE.toArray()));
            var out = new TreeMap<String, Long>();
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    out.put(r.getString(1), r.getLong(2));
                }
            }
            return out;
        }
    }
}
