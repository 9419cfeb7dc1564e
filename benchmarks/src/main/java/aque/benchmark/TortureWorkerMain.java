package aque.benchmark;

import aque.broker.Claim;
import aque.db.Address;
import aque.db.Database;
import aque.db.Unreachable;
import aque.worker.InProcessWorker;
import aque.worker.Worker;
import aque.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A worker in a process of its own, to be killed: `URL NAME functions|processes LEDGER`. A function writes a line
/// when it begins and one when it ends, takes a few milliseconds and fails now and then. Ends with its standard
/// input.
public final class TortureWorkerMain {
    private static final int THREADS = 3;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private TortureWorkerMain() {}

    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        Thread.ofPlatform().daemon().start(TortureWorkerMain::endWithInput);
        while (true) {
            try (var database = Database.pooled(Address.parse(args[0]), "torture " + args[1], THREADS + 2)) {
                if (args[2].equals("functions")) {
                    functions(database, args[1], new Ledger(Path.of(args[3])));
                } else {
                    processes(database, args[1]);
                }
                return;
            } catch (Unreachable e) {
                // The server is just being killed: only who has begun may count on being left alone.
                Thread.sleep(PATIENCE);
            }
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to us but the end.
            }
        } catch (java.io.IOException e) {
            System.err.println(e);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void functions(Database database, String name, Ledger ledger) throws InterruptedException {
        try (var worker = new InProcessWorker(database, name, THREADS, Map.of(Jobs.NO_OP, c -> run(c, ledger)))) {
            System.out.println("up " + worker.name());
            Thread.currentThread().join();
        }
    }

    private static void run(Claim claim, Ledger ledger) throws Exception {
        ledger.begin(claim.task(), claim.attempt());
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(4));
        } finally {
            ledger.end(claim.task(), claim.attempt());
        }
        if (ThreadLocalRandom.current().nextInt(50) == 0) {
            throw new IllegalStateException("it failed, as one in fifty does");
        }
    }

    private static void processes(Database database, String name) throws Exception {
        var options = new WorkerOptions(
                name,
                THREADS * 1000,
                1L << 30,
                Map.of(),
                Map.of(),
                WorkerOptions.Mode.FOREVER,
                Optional.empty(),
                false);
        try (var worker = new Worker(database, options, "torture")) {
            worker.run();
        }
    }
}
