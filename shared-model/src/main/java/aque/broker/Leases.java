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
            try (var s = c.prepareStatement(
                    "SELECT rclass, cpu_m, memory, needs, login FROM req_class WHERE rclass > ? ORDER BY rclass")) {
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
            try (var s = c.prepareStatement("SELECT doc FROM job WHERE job_id = ?")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    return r.next() ? Optional.ofNullable(r.getString(1)) : Optional.<String>empty();
                }
            }
        });
    }

    boolean moreLike(TaskId running) {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("""
                SELECT EXISTS (SELECT 1 FROM task t JOIN lane l USING (lane_id)
                 WHERE t.task_id = ? AND l.pickable AND l.todo - l.failed >
                       (SELECT count(*) FROM lease e WHERE e.job_id = l.job_id AND e.lane_id = l.lane_id))\
                """)) {
                s.setLong(1, running.value());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getBoolean(1);
                }
            }
        });
    }

    boolean comesBefore(TaskId running, Collection<Integer> classes, int totalCpu, int cpu, long memory) {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("""
                SELECT EXISTS (SELECT 1 FROM lane l JOIN req_class q USING (rclass)
                 WHERE l.pickable AND l.rclass = ANY (?)
                   AND l.prio > (SELECT m.prio FROM task t JOIN lane m USING (lane_id) WHERE t.task_id = ?)
                   AND CASE WHEN q.cpu_m >= 0 THEN q.cpu_m ELSE greatest(1, ? / -q.cpu_m) END <= ? AND q.memory <= ?
                   AND EXISTS (SELECT 1 FROM ready r WHERE r.lane_id = l.lane_id))\
                """)) {
                s.setArray(1, c.createArrayOf("int4", classes.toArray()));
                s.setLong(2, running.value());
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

    void suspended(TaskId running, int attempt, boolean on) {
        desk.database().inTransaction(c -> {
            try (var s = c.prepareStatement("""
                WITH l AS (UPDATE lease SET suspended = ? WHERE task_id = ? AND attempt = ? RETURNING task_id, worker_id)
                INSERT INTO change (kind, ids, worker_id) SELECT 'T', ARRAY[task_id], worker_id FROM l\
                """)) {
                s.setBoolean(1, on);
                s.setLong(2, running.value());
                s.setInt(3, attempt);
                return s.executeUpdate();
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
