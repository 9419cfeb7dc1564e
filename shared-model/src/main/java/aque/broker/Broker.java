package aque.broker;

import aque.db.Database;
import aque.db.DbException;
import aque.event.Hint;
import aque.event.Hints;
import aque.farm.StopRequest;
import aque.schedule.Capabilities;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/// The one door to the queue. Every method is one transaction on the server, decided there and on its clock; hints to
/// others go out after the commit. Safe for any thread. Failures: [aque.db.Unreachable], [DbException].
public final class Broker {
    private final Database database;
    private final Hints hints;
    private final String actor;
    private final String why;
    private final Map<Needs, Integer> classes = new ConcurrentHashMap<>();
    private final Map<Integer, LowWater> lowWaters = new ConcurrentHashMap<>();

    /// @param actor who acts, for the history
    public Broker(Database database, Hints hints, String actor) {
        this(database, hints, actor, "");
    }

    private Broker(Database database, Hints hints, String actor, String why) {
        this.database = database;
        this.hints = hints;
        this.actor = actor;
        this.why = why;
    }

    /// The same, acting for a reason: one line that the history keeps and the owner of the tasks reads.
    public Broker because(String reason) {
        return new Broker(database, hints, actor, reason);
    }

    /// What [#submit] made.
    ///
    /// @param id the job's root task; a lone task is its own job
    /// @param existed the key was known: nothing was made, `id` is what it made then
    public record Submitted(TaskId id, boolean existed) {}

    /// Writes the whole graph in one transaction; nobody sees half of it (A8).
    ///
    /// @throws SubmitException for a cycle or a dependency that is not there; nothing was written
    public Submitted submit(Submission submission) {
        return submit(submission, Optional.empty());
    }

    /// As [#submit], and remembers what it was made of.
    public Submitted submit(Submission submission, Source source) {
        return submit(submission, Optional.of(source));
    }

    private Submitted submit(Submission submission, Optional<Source> source) {
        var rows = SubmitRows.of(submission);
        try {
            var known = classesOf(rows.needs());
            long id = database.inTransaction(c -> {
                long made = rows.write(c, known);
                if (source.isPresent() && made > 0) {
                    remember(c, made, source.get());
                }
                return made;
            });
            hints.send(Hint.wake(), Hint.feed());
            return new Submitted(new TaskId(Math.abs(id)), id < 0);
        } catch (DbException e) {
            if (e.sqlState().equals("AQ001")) {
                throw new SubmitException("depends on a task that is not there (" + e.said() + ")");
            }
            throw e;
        }
    }

    private static void remember(Connection c, long job, Source source) throws SQLException {
        try (var s = c.prepareStatement("UPDATE job SET source = ? WHERE job_id = ?")) {
            s.setString(1, source.toJson());
            s.setLong(2, job);
            s.executeUpdate();
        }
    }

    /// Adds tasks to a group that is there; one that has ended opens again, with what waits for it. Parents and edges
    /// inside `tasks` are not looked at.
    ///
    /// @param like they need what the group's other tasks need, in place of their own needs
    /// @param after what all of them wait for
    /// @return their ids, in order
    /// @throws SubmitException when the group or what they wait for is not there; nothing was written
    public List<TaskId> append(TaskId group, List<NewTask> tasks, boolean like, List<TaskId> after) {
        try {
            var needs = tasks.getFirst().needs();
            var rclass = like
                    ? OptionalInt.empty()
                    : OptionalInt.of(
                            Objects.requireNonNull(classesOf(List.of(needs)).get(needs)));
            var first = database.<Long, RuntimeException>inTransaction(
                    c -> AppendRows.write(c, group, tasks, rclass, after, actor));
            hints.send(Hint.wake(), Hint.feed());
            return LongStream.range(first, first + tasks.size())
                    .mapToObj(TaskId::new)
                    .toList();
        } catch (DbException e) {
            if (e.sqlState().equals("AQ001")) {
                throw new SubmitException(e.said());
            }
            throw e;
        }
    }

    /// Says hello for a worker.
    public WorkerSession hello(String name, Capabilities capabilities, String version) {
        var incarnation = UUID.randomUUID();
        int id = database.inTransaction(c -> {
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
        hints.send(Hint.feed());
        return new WorkerSession(id, name, incarnation);
    }

    /// A worker gives more or less than before; what it runs goes on.
    public void reconfigure(WorkerSession worker, Capabilities capabilities, String version) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("""
                WITH w AS (UPDATE worker SET cpu_m = ?, memory = ?, capabilities = ?, version = ?
                            WHERE worker_id = ? AND incarnation = ? RETURNING worker_id)
                INSERT INTO change (kind, ids, worker_id) SELECT 'W', '{}', worker_id FROM w\
                """)) {
                s.setInt(1, capabilities.cpuMilli());
                s.setLong(2, capabilities.memory());
                s.setString(3, JsonMapper.shared().writeValueAsString(capabilities));
                s.setString(4, version);
                s.setInt(5, worker.id());
                s.setObject(6, worker.incarnation());
                return s.executeUpdate();
            }
        });
        hints.send(Hint.feed());
    }

    /// A worker leaves; what it still holds goes back to pending.
    public void bye(WorkerSession worker) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT worker_bye(?, ?)")) {
                s.setInt(1, worker.id());
                s.setObject(2, worker.incarnation());
                return s.execute();
            }
        });
        hints.send(Hint.wake());
        hints.send(Hint.feed());
    }

    /// The requirement classes above `after`, so that a worker can decide once which ones fit it.
    public Map<Integer, Needs> classes(int after) {
        return database.read(c -> {
            try (var s = c.prepareStatement(
                    "SELECT rclass, cpu_m, memory, needs FROM req_class WHERE rclass > ? ORDER BY rclass")) {
                s.setInt(1, after);
                try (var r = s.executeQuery()) {
                    var out = new java.util.TreeMap<Integer, Needs>();
                    while (r.next()) {
                        out.put(r.getInt(1), Needs.of(r.getInt(2), r.getLong(3), r.getString(4)));
                    }
                    return out;
                }
            }
        });
    }

    /// As [#acquire(WorkerSession, Room)], with nothing busy.
    public List<Claim> acquire(
            WorkerSession worker, Collection<Integer> classes, int totalCpu, int freeCpu, long freeMemory, int max) {
        return acquire(worker, new Room(classes, totalCpu, freeCpu, freeMemory, max));
    }

    /// Takes tasks that fit into what is free, best first, and leases them to the worker (A24).
    public List<Claim> acquire(WorkerSession worker, Room room) {
        var low = lowWaters.computeIfAbsent(worker.id(), id -> new LowWater());
        var named = !low.marks().isEmpty();
        var began = System.nanoTime();
        var claims = database.<List<Claim>, RuntimeException>atOnce(c -> ClaimRows.acquire(c, worker, room, low));
        low.measured(System.nanoTime() - began, claims.size(), named);
        if (claims.isEmpty() && named) {
            low.clear();
            return acquire(worker, room);
        }
        if (!claims.isEmpty()) {
            hints.send(Hint.feed());
        }
        return claims;
    }

    /// The OpenJD document of a job.
    public Optional<String> document(TaskId job) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT doc FROM job WHERE job_id = ?")) {
                s.setLong(1, job.value());
                try (var r = s.executeQuery()) {
                    return r.next() ? Optional.ofNullable(r.getString(1)) : Optional.<String>empty();
                }
            }
        });
    }

    /// Whether the lane of this running task has more that could start: others that are like it but for their
    /// parameters.
    public boolean moreLike(TaskId running) {
        return database.read(c -> {
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

    /// Whether something of higher priority than this running task could start in its place (A57).
    ///
    /// @param classes requirement classes that fit its worker; `totalCpu` the worker's whole cpus, for shares
    /// @param cpu free there once the task has gone, thousandths of a core; `memory` in bytes
    public boolean comesBefore(TaskId running, Collection<Integer> classes, int totalCpu, int cpu, long memory) {
        return database.read(c -> {
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

    /// A running task's processes were stopped, or go on.
    public void suspended(TaskId running, int attempt, boolean on) {
        database.inTransaction(c -> {
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
        hints.send(Hint.feed());
    }

    /// Reports how attempts ended. Frees and fails what depends on them in the same commit.
    ///
    /// @return the tasks whose report was accepted; the others had been given to somebody else (the fence, A28)
    public List<TaskId> complete(WorkerSession worker, List<Outcome> outcomes) {
        record Answer(List<TaskId> accepted, boolean woke) {}
        var answer = database.<Answer, RuntimeException>atOnce(c -> {
            try (var s = c.prepareStatement("SELECT accepted, woke FROM complete(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                s.setInt(1, worker.id());
                s.setArray(2, SqlArrays.of(c, "int8", outcomes, o -> o.task().value()));
                s.setArray(3, SqlArrays.of(c, "int4", outcomes, Outcome::attempt));
                s.setArray(4, SqlArrays.of(c, "text", outcomes, o -> o.end().code()));
                s.setArray(5, SqlArrays.of(c, "text", outcomes, o -> o.reason().isEmpty() ? null : o.reason()));
                s.setArray(
                        6,
                        SqlArrays.of(
                                c,
                                "int4",
                                outcomes,
                                o -> o.exitCode().isPresent() ? o.exitCode().getAsInt() : null));
                s.setArray(
                        7,
                        SqlArrays.of(
                                c,
                                "int4",
                                outcomes,
                                o -> o.signal().isPresent() ? o.signal().getAsInt() : null));
                s.setArray(
                        8,
                        SqlArrays.of(
                                c,
                                "int8",
                                outcomes,
                                o -> o.peak().isPresent() ? o.peak().getAsLong() : null));
                s.setArray(
                        9,
                        SqlArrays.of(
                                c,
                                "int8",
                                outcomes,
                                o -> o.cpuMillis().isPresent() ? o.cpuMillis().getAsLong() : null));
                s.setArray(10, SqlArrays.of(c, "float4", outcomes, o -> o.percent() < 0 ? null : (float) o.percent()));
                s.setArray(11, SqlArrays.of(c, "text", outcomes, o -> o.status().isEmpty() ? null : o.status()));
                try (var r = s.executeQuery()) {
                    r.next();
                    return new Answer(SqlArrays.ids(r.getArray(1)), r.getBoolean(2));
                }
            }
        });
        if (answer.woke) {
            hints.send(Hint.wake());
        }
        hints.send(Hint.feed());
        return answer.accepted;
    }

    /// One beat of one worker: tells progress, learns what to stop.
    public Beat beat(WorkerSession worker, List<Progress> running) {
        var beat = database.<Beat, RuntimeException>inTransaction(c -> BeatRows.beat(c, worker, running));
        if (beat.nextStop().map(left -> !left.isPositive()).orElse(false)) {
            carryOutDue();
        }
        return beat;
    }

    /// Gives up workers that are gone and puts their tasks back. Any worker may call it at any time.
    ///
    /// @return how many tasks were put back
    public int reap() {
        return putBack(c -> {
            try (var s = c.prepareStatement("SELECT reap()");
                    var r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        });
    }

    /// Puts back what this worker holds by the tables and does not know of, a minute after it was given.
    ///
    /// @param known what it runs or has yet to report
    /// @return how many tasks were put back
    public int reapForgotten(WorkerSession worker, Collection<TaskId> known) {
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
        int n = database.inTransaction(reaping);
        if (n > 0) {
            hints.send(Hint.wake());
            hints.send(Hint.feed());
        }
        return n;
    }

    /// Forgets what the change feed told more than a day ago.
    public int pruneChanges() {
        return database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT prune_changes()");
                    var r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        });
    }

    /// What has not started is cancelled, what runs is asked to stop and is `killed` once its death is confirmed.
    /// Groups stand for all their members.
    public Stopped kill(Collection<TaskId> ids) {
        return stop(ids, true);
    }

    /// These tasks and what comes before them, sparing what something else that lives still needs (A89): what
    /// `kill -r` kills, and its preview.
    public List<TaskId> withUpstream(Collection<TaskId> ids) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT with_upstream(?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                return answer(s);
            }
        });
    }

    /// Cancels what has not started; what runs is left alone (W24).
    public Stopped cancel(Collection<TaskId> ids) {
        return stop(ids, false);
    }

    /// Asks for a kill that can be taken back until `grace` is over. From its commit on nothing of these starts; what
    /// runs is stopped then. It needs nobody who waits: any worker or console carries it out.
    ///
    /// @return empty when there is nothing to stop
    public Optional<StopRequest> killAfter(Duration grace, Collection<TaskId> ids) {
        return ask(grace, ids, true);
    }

    /// As [#killAfter], for what has not started alone.
    public Optional<StopRequest> cancelAfter(Duration grace, Collection<TaskId> ids) {
        return ask(grace, ids, false);
    }

    private Optional<StopRequest> ask(Duration grace, Collection<TaskId> ids, boolean kill) {
        var asked = this.<Optional<StopRequest>>act(c -> {
            try (var s = c.prepareStatement("SELECT asked, n FROM ask_stop(?, ?, ? * interval '1 ms', ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setBoolean(2, kill);
                s.setLong(3, grace.toMillis());
                s.setString(4, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(2) == 0
                            ? Optional.empty()
                            : Optional.of(
                                    new StopRequest(r.getLong(1), kill, List.copyOf(ids), r.getInt(2), grace, actor));
                }
            }
        });
        if (asked.isPresent()) {
            // Workers learn when to come back for it.
            hints.send(Hint.control());
            hints.send(Hint.feed());
        }
        return asked;
    }

    /// Carries out now what was asked for with a grace.
    ///
    /// @return how many tasks it met; empty when it was carried out or taken back before
    public OptionalInt carryOut(long action) {
        return carryOut(OptionalLong.of(action));
    }

    /// Carries out all kills and cancels whose grace is over. Anybody may call it at any time.
    public void carryOutDue() {
        while (carryOut(OptionalLong.empty()).isPresent()) {
            // One a transaction: each locks its own tasks alone.
        }
    }

    private OptionalInt carryOut(OptionalLong action) {
        record Answer(OptionalInt done, int stopping) {}
        var answer = database.<Answer, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT done, stopping FROM carry_out(?)")) {
                s.setObject(1, action.isPresent() ? action.getAsLong() : null, java.sql.Types.BIGINT);
                try (var r = s.executeQuery()) {
                    r.next();
                    var done = r.getInt(1);
                    return new Answer(r.wasNull() ? OptionalInt.empty() : OptionalInt.of(done), r.getInt(2));
                }
            }
        });
        if (answer.stopping > 0) {
            hints.send(Hint.control());
        }
        if (answer.done.isPresent()) {
            hints.send(Hint.feed());
        }
        return answer.done;
    }

    /// Takes an action back: a kill or cancel in its grace, a hold, a release, a priority. Tasks have their exact
    /// former
    /// place again. What somebody else changed since stays.
    ///
    /// @return how many tasks it met; 0 when it is too late
    public int undo(long action) {
        int n = database.<Integer, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT undo_action(?, ?)")) {
                s.setLong(1, action);
                s.setString(2, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(1);
                }
            }
        });
        undone();
        return n;
    }

    /// Takes back the last thing that this actor did from here within the hour, as [#undo].
    public Optional<Undone> undoLast() {
        var undone = database.<Optional<Undone>, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT verb, n FROM undo_last(?)")) {
                s.setString(1, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    var verb = r.getString(1);
                    return verb == null ? Optional.empty() : Optional.of(new Undone(verb, r.getInt(2)));
                }
            }
        });
        undone();
        return undone;
    }

    /// The number of the last action of this actor from here that [#undoLast] would take back.
    public OptionalLong undoable() {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT undoable(?)")) {
                s.setString(1, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    var id = r.getLong(1);
                    return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
                }
            }
        });
    }

    private void undone() {
        hints.send(Hint.wake());
        hints.send(Hint.feed());
    }

    /// What was taken back.
    ///
    /// @param verb the action as the history names it
    /// @param tasks how many it met
    public record Undone(String verb, int tasks) {}

    private Stopped stop(Collection<TaskId> ids, boolean kill) {
        var stopped = this.<Stopped>act(c -> {
            try (var s = c.prepareStatement("SELECT cancelled, stopping, n FROM stop_tasks(?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setBoolean(2, kill);
                s.setString(3, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    return new Stopped(SqlArrays.ids(r.getArray(1)), SqlArrays.ids(r.getArray(2)), r.getInt(3));
                }
            }
        });
        if (!stopped.stopping().isEmpty()) {
            hints.send(Hint.control());
        }
        hints.send(Hint.feed());
        return stopped;
    }

    /// Ended tasks go back to waiting or pending, same id, next attempt; what was blocked by them is re-armed (A93).
    /// Of a group, the members that failed by themselves.
    public List<TaskId> retry(Collection<TaskId> ids) {
        var done = verb("SELECT retry_tasks(?, ?)", ids);
        hints.send(Hint.wake());
        return done;
    }

    /// These count as ended in success; what waits for them goes on, what was blocked by them is re-armed. What runs is
    /// left alone.
    public List<TaskId> markDone(Collection<TaskId> ids) {
        var done = verb("SELECT mark_done(?, ?)", ids);
        hints.send(Hint.wake());
        return done;
    }

    /// These no longer wait for what blocks them; where nothing does, for nothing any more.
    public List<TaskId> dropDependencies(Collection<TaskId> ids) {
        var done = verb("SELECT drop_dependencies(?, ?)", ids);
        hints.send(Hint.wake());
        return done;
    }

    /// What the next attempts of these need; what runs keeps what it has.
    ///
    /// @param cpuMilli thousandths of a core; empty leaves it
    /// @param memory bytes; empty leaves it
    public List<TaskId> changeNeeds(OptionalInt cpuMilli, OptionalLong memory, Collection<TaskId> ids) {
        var done = withFeed(c -> {
            try (var s = c.prepareStatement("SELECT change_needs(?, ?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setObject(2, cpuMilli.isPresent() ? cpuMilli.getAsInt() : null, java.sql.Types.INTEGER);
                s.setObject(3, memory.isPresent() ? memory.getAsLong() : null, java.sql.Types.BIGINT);
                s.setString(4, actor);
                return answer(s);
            }
        });
        hints.send(Hint.wake());
        return done;
    }

    /// What runs comes back and stays on hold, in one commit.
    public List<TaskId> holdAndRequeue(Collection<TaskId> ids) {
        var done = withFeed(c -> {
            var all = new java.util.TreeSet<TaskId>();
            try (var s = c.prepareStatement("SELECT steer(?, 'hold', 0, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setString(2, actor);
                all.addAll(answer(s));
            }
            try (var s = c.prepareStatement("SELECT requeue_tasks(?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setString(2, actor);
                all.addAll(answer(s));
            }
            return List.copyOf(all);
        });
        hints.send(Hint.control());
        return done;
    }

    /// Leaves a note that everybody sees.
    ///
    /// @return on how many tasks it is now
    public int note(String text, Collection<TaskId> ids) {
        return note(text, ids, List.of());
    }

    /// Leaves a note on workers, by name.
    public int noteWorkers(String text, Collection<String> workers) {
        return note(text, List.of(), workers);
    }

    private int note(String text, Collection<TaskId> ids, Collection<String> workers) {
        int n = act(c -> {
            try (var s = c.prepareStatement("SELECT add_note(?, ?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setArray(2, c.createArrayOf("text", workers.toArray()));
                s.setString(3, text);
                s.setString(4, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(1);
                }
            }
        });
        hints.send(Hint.feed());
        return n;
    }

    /// One transaction of somebody's: the history gets why.
    private <T> T act(Database.Work<T, RuntimeException> work) {
        return database.<T, RuntimeException>inTransaction(c -> {
            if (!why.isEmpty()) {
                try (var s = c.prepareStatement("SELECT set_config('aque.why', ?, true)")) {
                    s.setString(1, why);
                    s.execute();
                }
            }
            return work.in(c);
        });
    }

    /// Takes running tasks back: stopping, then pending; no retry spent.
    public List<TaskId> requeue(Collection<TaskId> ids) {
        var done = verb("SELECT requeue_tasks(?, ?)", ids);
        hints.send(Hint.control());
        return done;
    }

    /// Nothing of these starts until released; what runs goes on.
    public List<TaskId> hold(Collection<TaskId> ids) {
        return steer(ids, "hold", 0);
    }

    public List<TaskId> release(Collection<TaskId> ids) {
        var done = steer(ids, "release", 0);
        hints.send(Hint.wake());
        return done;
    }

    public List<TaskId> priority(int priority, Collection<TaskId> ids) {
        var done = steer(ids, "priority", priority);
        hints.send(Hint.wake());
        return done;
    }

    /// Sends one signal to the processes of running tasks, once, without change of state.
    public List<TaskId> signal(int number, Collection<TaskId> ids) {
        var done = withFeed(c -> {
            try (var s = c.prepareStatement("SELECT signal_tasks(?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setInt(2, number);
                s.setString(3, actor);
                return answer(s);
            }
        });
        hints.send(Hint.control());
        return done;
    }

    /// Sets how much of something the whole farm may use at once (a licence); `perHost`: a host counts once.
    public void limit(String name, int most, boolean perHost) {
        withFeed(c -> {
            try (var s = c.prepareStatement("""
                    WITH f AS (INSERT INTO farm_limit VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET most = excluded.most, per = excluded.per RETURNING name, most)
                    INSERT INTO action (actor, verb, ids, args, n) SELECT ?, 'limit', '{}', name || ' ' || most, 0 FROM f""")) {
                s.setString(1, name);
                s.setInt(2, most);
                s.setString(3, perHost ? "host" : "task");
                s.setString(4, actor);
                s.executeUpdate();
                return List.of();
            }
        });
        hints.send(Hint.wake());
    }

    /// Removes ended jobs with all that belongs to them; what has not ended stays.
    public List<TaskId> remove(Collection<TaskId> jobs) {
        return verb("SELECT remove_jobs(?, ?)", jobs);
    }

    /// These workers, by number, take no more work; what runs there goes on.
    ///
    /// @return those that are there for it
    public List<Integer> drain(Collection<Integer> workers) {
        return steerWorkers(workers, "drain", "");
    }

    /// These take work again; those that were set aside are so no longer.
    public List<Integer> undrain(Collection<Integer> workers) {
        var done = steerWorkers(workers, "undrain", "");
        hints.send(Hint.wake());
        return done;
    }

    /// These take no more work, nor do workers of their names that are started later, until [#undrain].
    ///
    /// @param note why, for everybody to read
    public List<Integer> setAside(Collection<Integer> workers, String note) {
        return steerWorkers(workers, "aside", note);
    }

    /// These give back what they run, no retry spent, and end.
    public List<Integer> stopWorkers(Collection<Integer> workers) {
        return steerWorkers(workers, "stop", "");
    }

    private List<Integer> steerWorkers(Collection<Integer> workers, String verb, String note) {
        var done = this.<List<Integer>>act(c -> {
            try (var s = c.prepareStatement("SELECT steer_workers(?, ?, ?, ?)")) {
                s.setArray(1, c.createArrayOf("int4", workers.toArray()));
                s.setString(2, verb);
                s.setString(3, note);
                s.setString(4, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    return List.of((Integer[]) r.getArray(1).getArray());
                }
            }
        });
        hints.send(Hint.control());
        hints.send(Hint.feed());
        return done;
    }

    private List<TaskId> verb(String sql, Collection<TaskId> ids) {
        return withFeed(c -> {
            try (var s = c.prepareStatement(sql)) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setString(2, actor);
                return answer(s);
            }
        });
    }

    private List<TaskId> steer(Collection<TaskId> ids, String verb, int priority) {
        return withFeed(c -> {
            try (var s = c.prepareStatement("SELECT steer(?, ?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setString(2, verb);
                s.setInt(3, priority);
                s.setString(4, actor);
                return answer(s);
            }
        });
    }

    private List<TaskId> withFeed(Database.Work<List<TaskId>, RuntimeException> work) {
        var done = act(work);
        hints.send(Hint.feed());
        return done;
    }

    private static List<TaskId> answer(java.sql.PreparedStatement s) throws SQLException {
        try (var r = s.executeQuery()) {
            r.next();
            return SqlArrays.ids(r.getArray(1));
        }
    }

    /// The rows that requirement classes have, made when new and committed before anybody uses them. They stay for
    /// good,
    /// so each is asked for once.
    private Map<Needs, Integer> classesOf(Collection<Needs> all) {
        for (var needs : all) {
            if (!classes.containsKey(needs)) {
                classes.put(needs, database.atOnce(c -> requirementClass(c, needs)));
            }
        }
        return classes;
    }

    private static int requirementClass(Connection c, Needs needs) throws SQLException {
        try (var s = c.prepareStatement("SELECT req_class_of(?, ?, ?)")) {
            s.setInt(1, needs.cpuMilli());
            s.setLong(2, needs.memory());
            s.setString(3, needs.traitsJson());
            try (var r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        }
    }
}
