package aque.broker;

import aque.event.Hint;
import aque.task.TaskId;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;

/// What people change of tasks that are there, beside stopping them.
final class Steering {
    /// Numbers of signals, the same on every Linux.
    static final int CONTINUE = 18;

    static final int STOP = 19;

    private final Desk desk;

    Steering(Desk desk) {
        this.desk = desk;
    }

    List<TaskId> retry(Collection<TaskId> ids) {
        var done = desk.verb("SELECT retry_tasks(?, ?)", ids);
        desk.hint(Hint.wake());
        return done;
    }

    List<TaskId> markDone(Collection<TaskId> ids) {
        var done = desk.verb("SELECT mark_done(?, ?)", ids);
        desk.hint(Hint.wake());
        return done;
    }

    List<TaskId> changeNeeds(OptionalInt cpuMilli, OptionalLong memory, Collection<TaskId> ids) {
        var done = desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT change_needs(?, ?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setObject(2, cpuMilli.isPresent() ? cpuMilli.getAsInt() : null, Types.INTEGER);
                s.setObject(3, memory.isPresent() ? memory.getAsLong() : null, Types.BIGINT);
                s.setString(4, desk.actor());
                return Desk.answer(s);
            }
        });
        desk.hint(Hint.wake(Integer.MAX_VALUE)); // it may have made classes
        return done;
    }

    /// Two transactions: the first locks lanes, and an end that waits for one of these holds leases that the second
    /// asks for.
    List<TaskId> holdAndRequeue(Collection<TaskId> ids) {
        var all = new TreeSet<>(steer(ids, "hold", 0));
        all.addAll(requeue(ids));
        return List.copyOf(all);
    }

    int note(String text, Collection<TaskId> ids, Collection<String> workers) {
        int n = desk.act(c -> {
            try (var s = c.prepareStatement("SELECT add_note(?, ?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setArray(2, c.createArrayOf("text", workers.toArray()));
                s.setString(3, text);
                s.setString(4, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(1);
                }
            }
        });
        desk.hint(Hint.feed());
        return n;
    }

    List<TaskId> requeue(Collection<TaskId> ids) {
        var done = desk.verb("SELECT requeue_tasks(?, ?)", ids);
        desk.hint(Hint.control());
        return done;
    }

    List<TaskId> steer(Collection<TaskId> ids, String verb, int priority) {
        var done = desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT steer(?, ?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setString(2, verb);
                s.setInt(3, priority);
                s.setString(4, desk.actor());
                return Desk.answer(s);
            }
        });
        if (!verb.equals("hold")) {
            desk.hint(Hint.wake());
        }
        return done;
    }

    List<TaskId> signal(int number, Collection<TaskId> ids) {
        var done = desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT signal_tasks(?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setInt(2, number);
                s.setString(3, desk.actor());
                return Desk.answer(s);
            }
        });
        desk.hint(Hint.control());
        return done;
    }

    List<TaskId> label(Map<String, String> labels, Collection<TaskId> ids) {
        return desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT label_jobs(?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setString(2, JsonText.object(labels));
                s.setString(3, desk.actor());
                return Desk.answer(s);
            }
        });
    }

    void share(String name, OptionalInt weight, OptionalInt mostCpuMilli, OptionalInt topPriority, boolean off) {
        desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT set_share(?, ?, ?, ?, ?, ?)")) {
                s.setString(1, name);
                s.setObject(2, weight.isPresent() ? weight.getAsInt() : null, Types.INTEGER);
                s.setObject(3, mostCpuMilli.isPresent() ? mostCpuMilli.getAsInt() : null, Types.INTEGER);
                s.setObject(4, topPriority.isPresent() ? topPriority.getAsInt() : null, Types.INTEGER);
                s.setBoolean(5, off);
                s.setString(6, desk.actor());
                s.execute();
                return List.of();
            }
        });
        desk.hint(Hint.wake());
    }

    void limit(String name, int most, boolean perHost) {
        desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT set_limit(?, ?, ?, ?)")) {
                s.setString(1, name);
                s.setInt(2, most);
                s.setString(3, perHost ? "host" : "task");
                s.setString(4, desk.actor());
                s.execute();
                return List.of();
            }
        });
        desk.hint(Hint.wake());
    }

    /// Whether it is the caller's turn to count: one in half a minute.
    boolean isLimitDue(String name) {
        return desk.database().<Boolean, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT limit_due(?)")) {
                s.setString(1, name);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getBoolean(1);
                }
            }
        });
    }

    /// The history has what people say, not what machines count.
    void limitIs(String name, int most) {
        var changed = desk.database().<Boolean, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT limit_is(?, ?)")) {
                s.setString(1, name);
                s.setInt(2, most);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getBoolean(1);
                }
            }
        });
        if (changed) {
            desk.hint(Hint.wake());
        }
    }
}
