package aque.benchmark;

import aque.broker.Broker;
import aque.db.Database;
import aque.event.Hints;
import aque.schedule.Capabilities;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `steer`: priority, hold and cancel of a job of 300,000 tasks, each a call that is over when every task answers the
/// new state and none can be acquired; after each that is looked at.
final class SteerBenchmark implements Benchmark {
    @Override
    public Figures run(Stage stage) throws Exception {
        var rounds = stage.options().rounds();
        var n = stage.options().number("tasks", 300_000);
        var priority = new ArrayList<Double>();
        var hold = new ArrayList<Double>();
        var cancel = new ArrayList<Double>();
        try (var database = stage.farm(2)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            var worker =
                    broker.hello("bench", new Capabilities("bench", "linux", "bench", 4000, 0, Map.of(), Map.of()), "");
            for (var round = 1; round <= rounds; round++) {
                var job = broker.submit(Jobs.flat(n)).id();
                stage.settle(database);
                priority.add(millis(() -> broker.priority(2000, List.of(job))));
                check(database, job, "prio <> 2000");
                hold.add(millis(() -> broker.hold(List.of(job))));
                check(database, job, "state <> 'held'");
                idle(broker, worker);
                broker.release(List.of(job));
                cancel.add(millis(() -> broker.cancel(List.of(job))));
                check(database, job, "state <> 'cancelled'");
                idle(broker, worker);
                stage.say(
                        "round %d: priority %.2f, hold %.2f, cancel %.2f ms",
                        round, priority.getLast(), hold.getLast(), cancel.getLast());
            }
        }
        return new Figures()
                .median("priority_ms", Samples.of(priority))
                .median("hold_ms", Samples.of(hold))
                .median("cancel_ms", Samples.of(cancel))
                .condition("tasks", n)
                .condition("rounds", rounds);
    }

    private static double millis(Runnable action) {
        var began = System.nanoTime();
        action.run();
        return (System.nanoTime() - began) / 1e6;
    }

    private static void idle(Broker broker, aque.broker.WorkerSession worker) {
        var taken = broker.acquire(worker, broker.classes(0).keySet(), 4000, 4000, 0, 10);
        if (!taken.isEmpty()) {
            throw new IllegalStateException("task " + taken.getFirst().task() + " could still be acquired");
        }
    }

    private static void check(Database database, TaskId job, String wrong) {
        long n = database.<Long, RuntimeException>read(c -> {
            try (var s = c.prepareStatement("SELECT count(*) FROM task_view WHERE job_id = ? AND " + wrong)) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getLong(1);
                }
            }
        });
        if (n > 0) {
            throw new IllegalStateException(n + " tasks of " + job + ": " + wrong);
        }
    }
}
