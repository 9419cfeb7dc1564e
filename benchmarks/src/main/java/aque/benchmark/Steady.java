package aque.benchmark;

import aque.broker.Broker;
import aque.db.Database;
import aque.event.Hints;
import aque.worker.InProcessWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// So many tasks a second for a while, and what it leaves behind: nothing may pile up. With an old snapshot held all
/// the
/// while, so that no row that was taken can be cleaned away, the worker must keep up all the same.
final class Steady {
    private static final int A_SECOND = 2000;
    /// What may wait at the end, in seconds of work.
    private static final int LATE_SECONDS = 3;
    private static final long MIB = 1 << 20;

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
            try (var worker = new InProcessWorker(database, "bench", 4, Map.of(Jobs.NO_OP, c -> {}))) {
                submit(broker, time.dividedBy(2));
                var heap = heap();
                submit(broker, time.dividedBy(2));
                var left = stage.number(database, "SELECT coalesce(sum(todo), 0) FROM lane");
                stage.say("  %s: %d tasks left, heap %d MiB, then %d", worker.name(), left, heap / MIB, heap() / MIB);
                if (left > LATE_SECONDS * A_SECOND) {
                    faults.add(left + " tasks wait: the worker does not keep up");
                }
                if (heap() > heap + 32 * MIB) {
                    faults.add("the heap grew from " + heap / MIB + " to " + heap() / MIB + " MiB");
                }
            }
            faults.addAll(leftovers(stage, database, heldSnapshot));
        }
        return faults;
    }

    private static void submit(Broker broker, Duration time) throws InterruptedException {
        for (var second = 0; second < time.toSeconds(); second++) {
            var next = System.nanoTime() + 1_000_000_000L;
            broker.submit(Jobs.flat(A_SECOND));
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<String> leftovers(Stage stage, Database database, boolean heldSnapshot) {
        var faults = new ArrayList<String>();
        if (stage.number(database, "SELECT (1000 * pg_notification_queue_usage())::int") > 0) {
            faults.add("notifications pile up");
        }
        var dead = stage.number(
                database, "SELECT sum(n_dead_tup) FROM pg_stat_user_tables WHERE relname IN ('ready', 'lease')");
        stage.say("  %d dead rows", dead);
        if (!heldSnapshot && dead > 90 * A_SECOND * 2) {
            faults.add(dead + " dead rows are not cleaned away");
        }
        return faults;
    }
}
