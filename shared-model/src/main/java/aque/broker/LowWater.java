package aque.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a worker left off in the lanes it takes from. While some old snapshot is held in the database, the rows that
/// were
/// taken stay in the index in front of those that are left; a worker that names the last one it took starts behind
/// them.
/// Only used when taking has become slow, and for a short time: what comes back into a lane in front of the mark would
/// not be seen meanwhile. Any thread.
final class LowWater {
    /// The last row that was taken of a lane.
    record Mark(long lane, long key, long task) {}

    private static final long SLOW_NANOS = 4_000_000;
    private static final int SLOW_TIMES = 3;
    private static final long LIFE_NANOS = 2_000_000_000L;
    private static final int LANES = 64;

    private final Map<Long, Mark> marks = new HashMap<>();
    private int slow;
    private long since;

    /// What to name now: nothing while taking is quick.
    synchronized List<Mark> marks() {
        if (System.nanoTime() - since > LIFE_NANOS) {
            clear();
        }
        return slow < SLOW_TIMES ? List.of() : List.copyOf(marks.values());
    }

    synchronized void took(long lane, long key, long task) {
        if (marks.isEmpty()) {
            since = System.nanoTime();
        }
        var old = marks.get(lane);
        if (old == null ? marks.size() < LANES : key > old.key || key == old.key && task > old.task) {
            marks.put(lane, new Mark(lane, key, task));
        }
    }

    /// How long a call took that named `named` marks and got so many tasks. Without marks three slow ones in a row turn
    /// them on; a quick one turns them off.
    synchronized void measured(long nanos, int tasks, boolean named) {
        if (named) {
            return;
        }
        slow = nanos - tasks * 40_000L > SLOW_NANOS ? slow + 1 : 0;
    }

    synchronized void clear() {
        marks.clear();
        since = System.nanoTime();
    }
}
