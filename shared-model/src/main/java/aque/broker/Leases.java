package aque.broker;

import aque.event.Hint;
import aque.schedule.Needs;
import aque.task.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What workers take, and how it ended.
final class Leases {
    private final Desk desk;
    private final Map<Integer, LowWater> lowWaters = new ConcurrentHashMap<>();

    Leases(Desk desk) {
        this.desk = desk;
    }

    Map<Integer, Needs> classes(int after) {
        return desk.database().read(c -> {
            try (var s =
                    c.prepareStatement("SELECT rclass, cpu_m, memory, needs, login FROM classes(?) ORDER BY rclass")) {
                s.setInt(1, after);
                try (var r = s.executeQuery()) {
                    var out = new java.util.TreeMap<Integer, Needs>();
                    while (r.next()) {
                        out.put(
                                r.getInt(1),
                                Needs.of(r.getInt(2), r.getLong(3), r.getString(4))
                                        .withLogin(r.getString(5)));
                    }
                    return out;
                }
            }
        });
    }

    List<Claim> acquire(WorkerSession worker, Room room) {
        var low = lowWaters.computeIfAbsent(worker.id(), id -> new LowWater());
        var named = !low.marks().isEmpty();
        var began = System.nanoTime();
        var claims =
                desk.database().<List<Claim>, RuntimeException>atOnce(c -> ClaimRows.acquire(c, worker, room, low));
        low.measured(System.nanoTime() - began, claims.size(), named);
        if (claims.isEmpty() && named) {
            low.clear();
            return acquire(worker, room);
        }
        if (!claims.isEmpty()) {
            desk.hint(Hint.feed());
        }
        return claims;
    }

    Optional<String> document(TaskId job) {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("SELECT document(?)")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    return r.next() ? Optional.ofNullable(r.getString(1)) : Optional.<String>empty();
                }
            }
        });
    }

    boolean moreLike(TaskId running) {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("SELECT more_like(?)")) {
                s.setLong(1, running.value());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getBoolean(1);
                }
            }
        });
    }

    String queue(TaskId job) {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("SELECT coalesce(queue_of(?), '')")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getString(1);
                }
            }
        });
    }

    boolean comesBefore(TaskId running, Collection<Integer> classes, int totalCpu, int cpu, long memory) {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("SELECT comes_before(?, ?, ?, ?, ?)")) {
                s.setLong(1, running.value());
                s.setArray(2, c.createArrayOf("int4", classes.toArray()));
                s.setInt(3, totalCpu);
                s.setInt(4, cpu);
                s.setLong(5, memory);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getBoolean(1);
                }
            }
        });
    }

    List<TaskId> makeRoom(WorkerSession worker, Room room) {
        var gone = desk.database().<List<TaskId>, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT make_room(?, ?, ?, ?, ?)")) {
                s.setInt(1, worker.id());
                s.setArray(2, c.createArrayOf("int4", room.classes().toArray()));
                s.setInt(3, room.totalCpu());
                s.setInt(4, room.freeCpu());
                s.setLong(5, room.freeMemory());
                return Desk.answer(s);
            }
        });
        if (!gone.isEmpty()) {
            desk.hint(Hint.control(), Hint.feed());
        }
        return gone;
    }

    Optional<Room> keepRoom(WorkerSession worker, Room room) {
        return desk.database().<Optional<Room>, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT keeps, only_class FROM keep_room(?, ?, ?, ?, ?)")) {
                s.setInt(1, worker.id());
                s.setArray(2, c.createArrayOf("int4", room.classes().toArray()));
                s.setInt(3, room.totalCpu());
                s.setInt(4, room.freeCpu());
                s.setLong(5, room.freeMemory());
                try (var r = s.executeQuery()) {
                    r.next();
                    var only = r.getInt(2);
                    var narrowed = r.wasNull() ? room.one() : room.only(only);
                    return r.getBoolean(1) ? Optional.of(narrowed) : Optional.empty();
                }
            }
        });
    }

    void suspended(TaskId running, int attempt, boolean on) {
        desk.database().inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT suspend_task(?, ?, ?)")) {
                s.setLong(1, running.value());
                s.setInt(2, attempt);
                s.setBoolean(3, on);
                return s.execute();
            }
        });
        desk.hint(Hint.feed());
    }

    List<TaskId> complete(WorkerSession worker, List<Outcome> outcomes) {
        record Answer(List<TaskId> accepted, boolean woke) {}
        var answer = desk.database().<Answer, RuntimeException>atOnce(c -> {
            try (var s = c.prepareStatement("SELECT accepted, woke FROM complete(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                OutcomeRows.set(new Columns(c, s, 1), worker, outcomes);
                try (var r = s.executeQuery()) {
                    r.next();
                    return new Answer(SqlArrays.ids(r.getArray(1)), r.getBoolean(2));
                }
            }
        });
        if (answer.woke) {
            desk.hint(Hint.wake());
        }
        desk.hint(Hint.feed());
        return answer.accepted;
    }
}
