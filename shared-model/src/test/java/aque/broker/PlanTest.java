package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.submit.NewTask;
import aque.testing.TestFarm;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A hot call reads what its batch needs, by keys, whatever the planner believes about the tables: counted by the
/// server
/// itself, in rows.
final class PlanTest {
    private static final int TASKS = 6000;
    private static final int BATCH = 50;
    private static final int OTHERS = 3000;
    private static final List<String> LARGE =
            List.of("ready", "lease", "lane", "job", "task", "task_spec", "dep", "attempt", "change");

    @ParameterizedTest
    @ValueSource(strings = {"never", "empty", "one", "full"})
    void aBatchReadsNoMoreRowsThanItsOwnWhenTheTablesWereAnalyzed(String when) {
        try (var farm = new TestFarm()) {
            var worker = farm.worker("node");
            analyze(farm, when, "empty");
            farm.submit(flat());
            analyze(farm, when, "one");
            // What is planned now is kept.
            rowsRead(farm, c -> acquire(c, worker));
            rowsRead(farm, c -> complete(c, worker));
            farm.submit(chained());
            others(farm);
            analyze(farm, when, "full");
            for (var round = 0; round < 8; round++) {
                assertThat(rowsRead(farm, c -> acquire(c, worker)))
                        .as("acquire, round " + round)
                        .allSatisfy((table, rows) -> assertThat(rows).isLessThanOrEqualTo(20L * BATCH));
                assertThat(rowsRead(farm, c -> complete(c, worker)))
                        .as("complete, round " + round)
                        .allSatisfy((table, rows) -> assertThat(rows).isLessThanOrEqualTo(20L * BATCH));
            }
        }
    }

    /// Jobs that have ended long ago.
    private static void others(TestFarm farm) {
        var each = " FROM generate_series(1, " + OTHERS + ") i";
        farm.sql("INSERT INTO job (job_id, owner, title, cwd, n_total) SELECT -i, 'ann', 'old', '/', 1" + each);
        farm.sql("INSERT INTO task (task_id, job_id, parent_id, sort_key, pending, kind, state)"
                + " SELECT -i, -i, -i, 0, 0, 'G', 'S'" + each);
        farm.sql("INSERT INTO lane (lane_id, job_id, group_id, rclass, prio, total, todo)"
                + " SELECT -i, -i, -i, 1, 1000, 1, 0" + each);
    }

    private static void analyze(TestFarm farm, String when, String now) {
        if (when.equals(now)) {
            farm.sql("ANALYZE");
        }
    }

    private interface Call {
        void in(Connection c) throws SQLException;
    }

    /// Rows of the large tables that a call read: by index, or by going through all of it.
    private static Map<String, Long> rowsRead(TestFarm farm, Call call) {
        return farm.database.inTransaction(c -> {
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

    private static void acquire(Connection c, WorkerSession worker) throws SQLException {
        try (var s = c.prepareStatement(
                "SELECT count(*) FROM acquire(?, ARRAY(SELECT rclass FROM req_class), 4000, 1000000, 0, ?)")) {
            s.setInt(1, worker.id());
            s.setInt(2, BATCH);
            try (var r = s.executeQuery()) {
                r.next();
                assertThat(r.getInt(1)).isEqualTo(BATCH);
            }
        }
    }

    private static void complete(Connection c, WorkerSession worker) throws SQLException {
        try (var s = c.prepareStatement("""
                SELECT cardinality(q.accepted) FROM (SELECT array_agg(task_id) i, array_agg(attempt) a, array_agg('S'::text) s, array_agg(NULL::text) t, array_agg(0) e, array_agg(NULL::int) g,
                       array_agg(NULL::bigint) m, array_agg(NULL::real) p FROM lease WHERE worker_id = ?) l, LATERAL complete(?, l.i, l.a, l.s, l.t, l.e, l.g, l.m, l.m, l.p, l.t) q""")) {
            s.setInt(1, worker.id());
            s.setInt(2, worker.id());
            try (var r = s.executeQuery()) {
                r.next();
                assertThat(r.getInt(1)).isEqualTo(BATCH);
            }
        }
    }

    private static NewTask[] flat() {
        var tasks = new ArrayList<>(List.of(TestFarm.group("flat", -1)));
        for (var i = 1; i <= TASKS; i++) {
            tasks.add(TestFarm.command("f" + i, 0));
        }
        return tasks.toArray(NewTask[]::new);
    }

    /// Two layers: what is in the first goes before everything, for something waits for it.
    private static NewTask[] chained() {
        var tasks = new ArrayList<>(List.of(TestFarm.group("chained", -1)));
        for (var i = 1; i <= TASKS; i++) {
            tasks.add(i <= TASKS / 2 ? TestFarm.command("c" + i, 0) : TestFarm.command("c" + i, 0, i - TASKS / 2));
        }
        return tasks.toArray(NewTask[]::new);
    }
}
