package aque.worker;

import aque.farm.WorkerLogStore;
import aque.farm.WorkerLogStore.Line;
import java.util.ArrayDeque;
import java.util.List;

/// What this worker says of itself, on its way to the farm. Of what cannot be sent the oldest is forgotten: it is on
/// standard error, too. Any thread.
public final class OwnLog {
    private static final int MOST = 500;

    private final ArrayDeque<Line> waiting = new ArrayDeque<>();

    /// A line more.
    public synchronized void add(Line line) {
        waiting.add(line);
        if (waiting.size() > MOST) {
            waiting.remove();
        }
    }

    private synchronized List<Line> take() {
        var all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    void send(WorkerLogStore store, String worker) {
        var lines = take();
        if (lines.isEmpty()) {
            return;
        }
        try {
            store.append(worker, lines);
        } catch (RuntimeException e) {
            synchronized (this) {
                lines.reversed().forEach(waiting::addFirst);
            }
        }
    }
}
