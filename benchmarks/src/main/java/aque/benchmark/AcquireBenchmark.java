package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Outcome;
import aque.broker.Room;
import aque.broker.WorkerSession;
import aque.db.Database;
import aque.event.Hints;
import aque.schedule.Capabilities;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// `acquire`: one call for up to four tasks, through the driver, in the two places where queues in PostgreSQL grow
/// slow:
/// 150,000 dead rows that an old snapshot keeps, and 500 lanes of one priority whose tasks compete with each other.
final class AcquireBenchmark implements Benchmark {
    private static final int LANES = 500;
    private static final int CALLS = 400;
    /// A worker that has been up for a while.
    private static final int WARM = 20;

    @Override
    public Figures run(Stage stage) throws Exception {
        var rounds = stage.options().rounds();
        var dead = stage.options().number("dead", 150_000);
        var held = new ArrayList<Double>();
        var lanes = new ArrayList<Double>();
        var lanesMedian = new ArrayList<Double>();
        for (var round = 1; round <= rounds; round++) {
            held.add(Samples.of(heldXmin(stage, dead)).median());
            var many = Samples.of(lanes(stage));
            lanes.add(many.quantile(0.99));
            lanesMedian.add(many.median());
            stage.say(
                    "round %d: held xmin %.2f ms, 500 lanes p50 %.2f p99 %.2f ms",
                    round, held.getLast(), lanesMedian.getLast(), lanes.getLast());
        }
        return new Figures()
                .median("held_xmin_ms", Samples.of(held))
                .median("lanes500_p99_ms", Samples.of(lanes))
                .row("lanes500 p50, ms", Samples.of(lanesMedian))
                .condition("dead", dead)
                .condition("lanes", LANES)
                .condition("calls", CALLS)
                .condition("warm", WARM)
                .condition("rounds", rounds);
    }

    private static List<Double> heldXmin(Stage stage, int dead) throws Exception {
        try (var database = stage.farm(4);
                var old = Database.connect(database.address(), "bench-old")) {
            var broker = new Broker(database, Hints.coalescing(database), "bench");
            broker.submit(Jobs.flat(dead + 4 * CALLS + 1000));
            stage.settle(database);
            old.setAutoCommit(false);
            try (var s = old.createStatement()) {
                s.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                s.execute("SELECT count(*) FROM worker");
            }
            var worker = worker(broker);
            var classes = broker.classes(0).keySet();
            for (var taken = 0; taken < dead; ) {
                var claims = broker.acquire(worker, new Room(classes, 4000, 4000, 0, 500));
                taken += claims.size();
                broker.complete(
                        worker,
                        claims.stream()
                                .map(c -> Outcome.success(c.task(), c.attempt()))
                                .toList());
            }
            return calls(broker, worker, new Room(classes, 4000, 4000, 0, 4));
        }
    }

    private static List<Double> lanes(Stage stage) throws Exception {
        try (var database = stage.farm(4)) {
            var broker = new Broker(database, Hints.coalescing(database), "bench");
            var random = new Random(1);
            for (var i = 0; i < LANES; i++) {
                var tasks = new ArrayList<NewTask>();
                tasks.add(NewTask.group("lane " + i, -1, List.of()));
                for (var j = 0; j < 20; j++) {
                    tasks.add(new NewTask(
                            "task " + j,
                            new Work.Command(List.of(Jobs.NO_OP)),
                            0,
                            List.of(),
                            Needs.ONE_CPU,
                            random.nextInt(1, 1000),
                            TaskOptions.NONE));
                }
                broker.submit(Jobs.job("lane " + i, tasks));
            }
            stage.settle(database);
            return calls(broker, worker(broker), new Room(broker.classes(0).keySet(), 4000, 4000, 0, 4));
        }
    }

    private static List<Double> calls(Broker broker, WorkerSession worker, Room room) {
        var out = new ArrayList<Double>();
        for (var i = 0; i < WARM; i++) {
            broker.acquire(worker, room);
        }
        for (var i = 0; i < CALLS; i++) {
            var began = System.nanoTime();
            var claims = broker.acquire(worker, room);
            out.add((System.nanoTime() - began) / 1e6);
            if (claims.size() != 4) {
                throw new IllegalStateException("only " + claims.size() + " tasks in call " + i);
            }
        }
        return out;
    }

    private static WorkerSession worker(Broker broker) {
        return broker.hello("bench", new Capabilities("bench", "linux", "bench", 4000, 0, Map.of(), Map.of()), "");
    }
}
