package aque.benchmark;

import aque.db.Address;
import aque.db.Database;
import aque.worker.InProcessWorker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// A worker in a process of its own, to be killed: `URL NAME LEDGER`. Each task writes a line when it begins and one
/// when
/// it ends, takes a few milliseconds and fails now and then. Ends with its standard input.
public final class TortureWorkerMain {
    private static final int THREADS = 3;

    private TortureWorkerMain() {}

    public static void main(String[] args) throws Exception {
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.SEVERE);
        var ledger = new Ledger(Path.of(args[2]));
        try (var database = Database.pooled(Address.parse(args[0]), "torture " + args[1], THREADS + 2);
                var worker = new InProcessWorker(database, args[1], THREADS, Map.of(Jobs.NO_OP, claim -> {
                    ledger.begin(claim.task(), claim.attempt());
                    try {
                        Thread.sleep(ThreadLocalRandom.current().nextInt(4));
                    } finally {
                        ledger.end(claim.task(), claim.attempt());
                    }
                    if (ThreadLocalRandom.current().nextInt(50) == 0) {
                        throw new IllegalStateException("it failed, as one in fifty does");
                    }
                }))) {
            System.out.println("up " + worker.name());
            while (System.in.read() >= 0) {
                // Nothing is said to us but the end.
            }
        }
        System.exit(0);
    }
}
