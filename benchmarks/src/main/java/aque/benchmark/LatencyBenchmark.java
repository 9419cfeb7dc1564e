package aque.benchmark;

import aque.broker.Broker;
import aque.db.Database;
import aque.event.Hints;
import aque.worker.InProcessWorker;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.PGConnection;

/// `latency`: from before the submit call to the first line of the task, on an idle worker of four threads, through the
/// database. Between any two of these a bare NOTIFY wakes a listener, so that both see the same machine. The peer is
/// the driver as it comes, which looks 1 ms for more after each notification; the prompt NOTIFY is the same wake-up
/// through
/// the sockets with which Aque listens, which do not.
final class LatencyBenchmark implements Benchmark {
    private static final int EACH = 200;
    /// As many as it takes until the JVM has compiled what they run through: client and worker are programs that stay.
    private static final int WARM = 2000;

    private final LinkedBlockingQueue<Long> started = new LinkedBlockingQueue<>();
    private final ArrayList<Double> called = new ArrayList<>();
    private final LinkedBlockingQueue<Long> heard = new LinkedBlockingQueue<>();

    @Override
    public Figures run(Stage stage) throws Exception {
        var rounds = stage.options().rounds();
        var n = stage.options().number("tasks", EACH);
        var ours = new ArrayList<Double>();
        var notify = new ArrayList<Double>();
        var prompt = new ArrayList<Double>();
        try (var database = stage.farm(8);
                var client = Database.pooled(database.address(), "aque-bench", 2);
                var hints = Hints.coalescing(client);
                var listening = Database.connect(database.address(), "bench-listen");
                var telling = Database.connect(database.address(), "bench-notify");
                var worker = new InProcessWorker(
                        database, "bench", 4, Map.of(Jobs.NO_OP, c -> started.add(System.nanoTime())))) {
            listen(listening);
            var broker = new Broker(client, hints, "bench");
            for (var i = 0; i < WARM; i++) {
                submit(broker);
                tell(telling);
            }
            called.clear();
            stage.settle(database);
            for (var round = 1; round <= rounds; round++) {
                var a = new ArrayList<Double>();
                var b = new ArrayList<Double>();
                for (var i = 0; i < n; i++) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(35, 65));
                    a.add(submit(broker));
                    Thread.sleep(ThreadLocalRandom.current().nextInt(35, 65));
                    b.add(tell(telling));
                }
                stage.say(
                        "round %d: p50 %.2f p99 %.2f ms; NOTIFY p50 %.2f ms",
                        round,
                        Samples.of(a).median(),
                        Samples.of(a).quantile(0.99),
                        Samples.of(b).median());
                ours.addAll(a);
                notify.addAll(b);
            }
            listening.abort(Runnable::run);
            try (var promptly = Database.listening(database.address(), "bench-prompt")) {
                listen(promptly);
                for (var i = 0; i < n; i++) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(35, 65));
                    prompt.add(tell(telling));
                }
                promptly.abort(Runnable::run);
            }
        }
        var all = Samples.of(ours);
        var bare = Samples.of(notify);
        return new Figures()
                .figure("p50_ms", all.median())
                .figure("p99_ms", all.quantile(0.99))
                .figure("notify_p50_ms", bare.median())
                .figure("notify_p99_ms", bare.quantile(0.99))
                .figure("ratio_notify_p50", all.median() / bare.median())
                .row("prompt NOTIFY, ms", Samples.of(prompt))
                .row("of that the submit call, ms", Samples.of(called))
                .condition("tasks", n * rounds)
                .condition("rounds", rounds);
    }

    private double submit(Broker broker) throws InterruptedException {
        var began = System.nanoTime();
        broker.submit(Jobs.one("one"));
        called.add((System.nanoTime() - began) / 1e6);
        return (started.take() - began) / 1e6;
    }

    private double tell(Connection telling) throws Exception {
        var began = System.nanoTime();
        try (var s = telling.prepareStatement("SELECT pg_notify('bench_wake', ?)")) {
            s.setString(1, "1");
            s.execute();
        }
        return (heard.take() - began) / 1e6;
    }

    private void listen(Connection connection) throws Exception {
        try (var s = connection.createStatement()) {
            s.execute("LISTEN bench_wake");
        }
        var pg = connection.unwrap(PGConnection.class);
        Thread.ofPlatform().daemon().name("bench-listen").start(() -> {
            try {
                while (true) {
                    var got = pg.getNotifications(0);
                    if (got != null && got.length > 0) {
                        heard.add(System.nanoTime());
                    }
                }
            } catch (java.sql.SQLException e) {
                // The connection was ended: so is the measurement.
            }
        });
    }
}
