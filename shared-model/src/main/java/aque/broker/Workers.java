package aque.broker;

import aque.db.Database;
import aque.event.Hint;
import aque.schedule.Capabilities;
import aque.task.TaskId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// Workers come, beat, are drained, given up, and go.
final class Workers {
    private final Desk desk;

    Workers(Desk desk) {
        this.desk = desk;
    }

    WorkerSession hello(String name, Capabilities capabilities, String version) {
        var incarnation = UUID.randomUUID();
        int id = desk.database().inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT worker_hello(?, ?, ?, ?, ?, ?, ?)")) {
                s.setString(1, name);
                s.setString(2, capabilities.host());
                s.setObject(3, incarnation);
                s.setInt(4, capabilities.cpuMilli());
                s.setLong(5, capabilities.memory());
                s.setString(6, JsonMapper.shared().writeValueAsString(capabilities));
                s.setString(7, version);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(1);
                }
            }
        });
        desk.hint(Hint.feed());
        return new WorkerSession(id, name, incarnation);
    }

    void reconfigure(WorkerSession worker, Capabilities capabilities, String version) {
        desk.database().inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT worker_anew(?, ?, ?, ?, ?, ?)")) {
                s.setInt(1, worker.id());
                s.setObject(2, worker.incarnation());
                s.setInt(3, capabilities.cpuMilli());
                s.setLong(4, capabilities.memory());
                s.setString(5, JsonMapper.shared().writeValueAsString(capabilities));
                s.setString(6, version);
                return s.execute();
            }
        });
        desk.hint(Hint.feed());
    }

    void bye(WorkerSession worker) {
        desk.database().inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT worker_bye(?, ?)")) {
                s.setInt(1, worker.id());
                s.setObject(2, worker.incarnation());
                return s.execute();
            }
        });
        desk.hint(Hint.wake());
        desk.hint(Hint.feed());
    }

    Beat beat(WorkerSession worker, List<Progress> running) {
        return desk.database().<Beat, RuntimeException>inTransaction(c -> BeatRows.beat(c, worker, running));
    }

    int reap() {
        return putBack(c -> {
            try (var s = c.prepareStatement("SELECT reap()");
                    var r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        });
    }

    int reapForgotten(WorkerSession worker, Collection<TaskId> known) {
        return putBack(c -> {
            try (var s = c.prepareStatement("SELECT reap_forgotten(?, ?)")) {
                s.setInt(1, worker.id());
                s.setArray(2, SqlArrays.longs(c, known));
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(1);
                }
            }
        });
    }

    private int putBack(Database.Work<Integer, RuntimeException> reaping) {
        int n = desk.database().atOnce(reaping);
        if (n > 0) {
            desk.hint(Hint.wake());
            desk.hint(Hint.feed());
        }
        return n;
    }

    int pruneChanges() {
        return desk.database().inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT prune_changes()");
                    var r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        });
    }

    List<Integer> steer(Collection<Integer> workers, String verb, String note) {
        var done = desk.<List<Integer>>act(c -> {
            try (var s = c.prepareStatement("SELECT steer_workers(?, ?, ?, ?)")) {
                s.setArray(1, c.createArrayOf("int4", workers.toArray()));
                s.setString(2, verb);
                s.setString(3, note);
                s.setString(4, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    return List.of((Integer[]) r.getArray(1).getArray());
                }
            }
        });
        if (verb.equals("undrain")) {
            desk.hint(Hint.wake());
        }
        desk.hint(Hint.control(), Hint.feed());
        return done;
    }

    void drainBy(Collection<Integer> workers, Instant at) {
        desk.act(c -> {
            try (var s = c.prepareStatement("SELECT drain_by(?, ?, ?)")) {
                s.setArray(1, c.createArrayOf("int4", workers.toArray()));
                s.setTimestamp(2, Timestamp.from(at));
                s.setString(3, desk.actor());
                return s.execute();
            }
        });
    }

    void set(Collection<String> names, String setting) {
        desk.<Integer>act(c -> {
            try (var s = c.prepareStatement("SELECT set_workers(?, ?, ?)")) {
                s.setArray(1, c.createArrayOf("text", names.toArray()));
                s.setString(2, setting);
                s.setString(3, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(1);
                }
            }
        });
        desk.hint(Hint.control(), Hint.feed());
    }

    Broker.Sickness asideWhenSick(WorkerSession worker, Collection<TaskId> jobs, String how) {
        var done = desk.<String>act(c -> {
            try (var s = c.prepareStatement("SELECT aside_when_sick(?, ?, ?)")) {
                s.setInt(1, worker.id());
                s.setArray(2, SqlArrays.longs(c, jobs));
                s.setString(3, how);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getString(1);
                }
            }
        });
        if (done.isEmpty()) {
            return Broker.Sickness.NONE;
        }
        desk.hint(Hint.control(), Hint.feed());
        return Broker.Sickness.valueOf(done.toUpperCase(Locale.ROOT));
    }
}
