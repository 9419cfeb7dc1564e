package aque.benchmark;

import aque.db.Database;
import aque.event.Hint;
import aque.event.Hints;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/// `commits`: how many durable one-row transactions 32 writers commit a second while 40 sessions listen: telling them
/// after the commit, together, as [Hints] does, against NOTIFY inside each transaction.
final class CommitsBenchmark implements Benchmark {
    private static final int WRITERS = 32;
    private static final int LISTENERS = 40;

    @Override
    public Figures run(Stage stage) throws Exception {
        var rounds = stage.options().rounds();
        var seconds = stage.options().number("seconds", 8);
        var ours = new ArrayList<Double>();
        var inside = new ArrayList<Double>();
        try (var database = stage.farm(2);
                var hints = Hints.coalescing(database)) {
            stage.server().sql(database.address().database(), "CREATE TABLE aque.bench_row (x int)");
            var listeners = listen(database);
            for (var round = 1; round <= rounds; round++) {
                ours.add(rate(database, seconds, "INSERT INTO bench_row VALUES (1)", () -> hints.send(Hint.wake())));
                inside.add(rate(
                        database,
                        seconds,
                        "WITH r AS (INSERT INTO bench_row VALUES (1)) SELECT pg_notify('aque_wake', '')",
                        () -> {}));
                stage.say("round %d: %.0f against %.0f commits/s", round, ours.getLast(), inside.getLast());
            }
            for (var c : listeners) {
                c.abort(Runnable::run);
            }
        }
        return new Figures()
                .median("commits_per_s", Samples.of(ours))
                .row("NOTIFY inside, commits/s", Samples.of(inside))
                .figure(
                        "ratio_notify_inside",
                        Samples.of(ours).median() / Samples.of(inside).median())
                .condition("writers", WRITERS)
                .condition("listeners", LISTENERS)
                .condition("seconds", seconds)
                .condition("rounds", rounds);
    }

    private static double rate(Database database, int seconds, String sql, Runnable after) throws Exception {
        var count = new AtomicLong();
        var until = System.nanoTime() + seconds * 1_000_000_000L;
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < WRITERS; i++) {
            threads.add(Thread.ofPlatform().start(() -> write(database, sql, after, count, until)));
        }
        for (var t : threads) {
            t.join();
        }
        return count.get() / (double) seconds;
    }

    private static void write(Database database, String sql, Runnable after, AtomicLong count, long until) {
        try (var c = Database.connect(database.address(), "bench-write");
                var s = c.prepareStatement(sql)) {
            while (System.nanoTime() < until) {
                s.execute();
                after.run();
                count.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a writer broke", e);
        }
    }

    private static List<Connection> listen(Database database) throws SQLException {
        var out = new ArrayList<Connection>();
        for (var i = 0; i < LISTENERS; i++) {
            var c = Database.connect(database.address(), "bench-listen");
            try (var s = c.createStatement()) {
                s.execute("LISTEN aque_wake");
            }
            out.add(c);
            Thread.ofVirtual().start(() -> {
                try {
                    var pg = c.unwrap(PGConnection.class);
                    while (true) {
                        pg.getNotifications(0);
                    }
                } catch (SQLException e) {
                    // It was ended: so is the measurement.
                }
            });
        }
        return out;
    }
}
