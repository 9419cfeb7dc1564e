package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Outcome;
import aque.broker.Room;
import aque.broker.WorkerSession;
import aque.db.Database;
import aque.event.Hints;
import aque.schedule.Capabilities;
import aque.worker.InProcessWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// So many tasks a second for a while, and what it leaves behind: nothing may pile up, in the worker, in the server
/// and in a console that watches. With an old snapshot held all the while, so that no row that was taken can be
/// cleaned away, the worker must keep up all the same, what another worker takes must come as fast as ever, and when
/// the snapshot is gone the rows must go, too.
final class Steady {
    private static final int A_SECOND = 2000;
    /// What may wait at the end, in seconds of work.
    private static final int LATE_SECONDS = 3;
    private static final long MIB = 1 << 20;
    private static final int FEW = 4;
    private static final double ACQUIRE_MS = 5;
    private static final long CONSOLE_MIB = 48;
    /// The server cleans from two thousand on.
    private static final long DEAD = 10_000;

    private static final Duration CLEANING = Duration.ofMinutes(3);

    private Steady() {}

    static List<String> faults(Stage stage, Duration time, boolean heldSnapshot) throws Exception {
        var faults = new ArrayList<String>();
        try (var database = stage.farm(8);
                var old = Database.connect(database.address(), "bench-old")) {
            var broker = new Broker(database, Hints.coalescing(database), "bench");
            if (heldSnapshot) {
                old.setAutoCommit(false);
                try (var s = old.createStatement()) {
                    s.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                    s.execute("SELECT count(*) FROM worker");
                }
            }
            try (var worker = new InProcessWorker(database, "bench", 4, Map.of(Jobs.NO_OP, c -> {}));
                    var console = heldSnapshot ? TortureConsole.none() : TortureConsole.watching(database.address())) {
                var acquires = new ArrayList<Double>();
                submit(broker, time.dividedBy(2), acquires);
                var heap = heap();
                var shown = console.heap();
                submit(broker, time.dividedBy(2), acquires);
                faults.addAll(grown(stage, shown, console.heap()));
                faults.addAll(judge(stage, Samples.of(acquires)));
                var left = stage.number(database, "SELECT coalesce(sum(todo), 0) FROM lane");
                stage.say("  %s: %d tasks left, heap %d MiB, then %d", worker.name(), left, heap / MIB, heap() / MIB);
                if (left > LATE_SECONDS * A_SECOND) {
                    faults.add(left + " tasks wait: the worker does not keep up");
                }
                if (heap() > heap + 32 * MIB) {
                    faults.add("the heap grew from " + heap / MIB + " to " + heap() / MIB + " MiB");
                }
            }
            if (heldSnapshot) {
                old.rollback();
            }
            faults.addAll(leftovers(stage, database));
        }
        return faults;
    }

    /// What a console needs grows with the jobs that it shows, not with what has gone by.
    private static List<String> grown(Stage stage, double from, double to) {
        stage.say("  the console's heap is %.0f MiB, then %.0f", from, to);
        return to > from + CONSOLE_MIB
                ? List.of("the console's heap grew from " + from + " to " + to + " MiB")
                : List.of();
    }

    private static List<String> judge(Stage stage, Samples acquires) {
        stage.say("  an acquire takes %.2f ms, p99 %.2f", acquires.median(), acquires.quantile(0.99));
        return acquires.median() > ACQUIRE_MS ? List.of("an acquire takes " + acquires.median() + " ms") : List.of();
    }

    private static void submit(Broker broker, Duration time, List<Double> acquires) throws InterruptedException {
        var other = broker.hello("other", new Capabilities("other", "linux", "u", 4000, 0, Map.of(), Map.of()), "");
        for (var second = 0; second < time.toSeconds(); second++) {
            var next = System.nanoTime() + 1_000_000_000L;
            broker.submit(Jobs.flat(A_SECOND));
            acquires.add(acquire(broker, other));
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
    }

    /// Milliseconds.
    private static double acquire(Broker broker, WorkerSession other) {
        var room = new Room(broker.classes(0).keySet(), 4000, 4000, 0, FEW);
        var began = System.nanoTime();
        var claims = broker.acquire(other, room);
        var took = (System.nanoTime() - began) / 1e6;
        broker.complete(
                other,
                claims.stream().map(c -> Outcome.success(c.task(), c.attempt())).toList());
        return took;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<String> leftovers(Stage stage, Database database) throws InterruptedException {
        var faults = new ArrayList<String>();
        if (stage.number(database, "SELECT (1000 * pg_notification_queue_usage())::int") > 0) {
            faults.add("notifications pile up");
        }
        var before = dead(stage, database);
        var until = System.nanoTime() + CLEANING.toNanos();
        while (dead(stage, database) > DEAD && System.nanoTime() < until) {
            Thread.sleep(1000);
        }
        stage.say("  %d dead rows, then %d", before, dead(stage, database));
        if (dead(stage, database) > DEAD) {
            faults.add(dead(stage, database) + " dead rows are not cleaned away");
        }
        return faults;
    }

    private static long dead(Stage stage, Database database) {
        return stage.number(
                database,
                "SELECT coalesce(sum(n_dead_tup), 0) FROM pg_stat_user_tables WHERE relname IN ('ready', 'lease')");
    }
}
