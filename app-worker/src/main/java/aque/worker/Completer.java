package aque.worker;

import aque.broker.Broker;
import aque.broker.Outcome;
import aque.broker.WorkerSession;
import aque.db.DbException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports ended attempts: while one commit is on its way the next ends gather, so that short tasks share commits and
/// long ones are told at once. Goes on trying while the database is away.
final class Completer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Completer.class);
    private static final int BATCH = 200;

    private record End(WorkerSession session, Outcome outcome, Runnable told) {}

    private final Broker broker;
    private final LinkedBlockingQueue<End> queue = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private final Thread thread;

    Completer(Broker broker) {
        this.broker = broker;
        thread = Thread.ofVirtual().name("aque-complete").start(this::run);
    }

    /// @param told run when the broker knows, whether it accepted the report or not
    void report(WorkerSession session, Outcome outcome, Runnable told) {
        queue.add(new End(session, outcome, told));
    }

    private void run() {
        try {
            while (true) {
                var batch = new ArrayList<End>();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                for (var session : batch.stream().map(End::session).distinct().toList()) {
                    tell(
                            session,
                            batch.stream()
                                    .filter(e -> e.session().equals(session))
                                    .toList());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(WorkerSession session, List<End> ends) throws InterruptedException {
        for (var pause = 100L; ; pause = Math.min(2 * pause, 3000)) {
            try {
                var accepted =
                        broker.complete(session, ends.stream().map(End::outcome).toList());
                if (accepted.size() < ends.size()) {
                    log.info("{} late reports were refused", ends.size() - accepted.size());
                }
                break;
            } catch (DbException e) {
                log.error("the broker does not take the end of {} tasks", ends.size(), e);
                if (closed || ends.size() == 1) {
                    break;
                }
                for (var end : ends) {
                    tell(session, List.of(end));
                }
                return;
            } catch (RuntimeException e) {
                if (closed) {
                    break;
                }
                log.debug("reports wait: {}", e.getMessage());
                Thread.sleep(pause);
            }
        }
        ends.forEach(Completer::told);
    }

    /// What follows may ask a broker that has gone meanwhile; the other ends are to be reported all the same.
    private static void told(End end) {
        try {
            end.told().run();
        } catch (RuntimeException e) {
            log.warn(
                    "what follows the end of task {} was not done",
                    end.outcome().task(),
                    e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
