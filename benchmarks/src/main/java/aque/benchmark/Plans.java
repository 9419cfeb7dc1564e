package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.Progress;
import aque.broker.Room;
import aque.broker.WorkerSession;
import aque.db.Database;
import aque.event.ChangeFeed;
import aque.event.Hints;
import aque.farm.FarmStore;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.schedule.Capabilities;
import aque.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many rows of the large tables each hot call reads, counted by the server: on next to nothing, on tables of
/// which the planner only knows that they were empty, and when it knows them. By keys that is a few times what the
/// call is about, whatever there is besides. One session does it all, so that nothing else counts.
final class Plans {
    private static final int BATCH = 50;
    private static final int ROUNDS = 4;
    private static final long MOST = 20L * BATCH;
    private static final int LOG_BYTES = 1 << 16;

    private final Database database;
    private final Broker broker;
    private final FarmStore farm;
    private final LogStore logs;
    private final ChangeFeed feed;
    private final WorkerSession worker;
    private final List<String> faults = new ArrayList<>();

    private Plans(Database database) {
        this.database = database;
        this.broker = new Broker(database, Hints.direct(database), "bench");
        this.farm = new FarmStore(database);
        this.logs = new LogStore(database);
        this.feed = new ChangeFeed(database);
        this.worker = broker.hello("a", new Capabilities("a", "linux", "u", 4000, 0, Map.of(), Map.of()), "");
    }

    /// What read too much, each as a sentence.
    ///
    /// @param tasks of the large tables
    static List<String> faults(Stage stage, int tasks) throws Exception {
        try (var database = Database.plain(stage.server().freshFarm(), "bench")) {
            var plans = new Plans(database);
            stage.sql(database, "ANALYZE");
            // What is planned on next to nothing is kept when there is much.
            plans.look("small", plans.broker.submit(Jobs.dag(ROUNDS * BATCH)).id());
            var job = plans.broker.submit(Jobs.flat(tasks - tasks / 10)).id();
            plans.broker.submit(Jobs.dag(tasks / 10).withPriority(2000));
            plans.look("large, statistics of when it was empty", job);
            stage.sql(database, "ANALYZE");
            plans.look("large, analyzed", job);
            return plans.faults;
        }
    }

    private void look(String when, TaskId job) {
        feed.poll();
        for (var round = 0; round < ROUNDS; round++) {
            work(when);
            steer(when, job, job.value() - 2 - round);
        }
    }

    private void work(String when) {
        var claims = new ArrayList<Claim>();
        count("acquire, " + when, () -> claims.addAll(broker.acquire(worker, room(BATCH))));
        var one = claims.getFirst();
        count(
                "beat, " + when,
                () -> broker.beat(
                        worker,
                        claims.stream()
                                .map(c -> new Progress(c.task(), c.attempt(), 50, "half"))
                                .toList()));
        count(
                "append to a log, " + when,
                () -> logs.append(List.of(new LogChunk(
                        one.task(),
                        one.attempt(),
                        Channel.STDOUT,
                        0,
                        Instant.now(),
                        "x".getBytes(StandardCharsets.UTF_8)))));
        count("tail of a log, " + when, () -> logs.tail(one.task(), one.attempt(), LOG_BYTES));
        count("requeue, " + when, () -> broker.requeue(List.of(one.task())));
        count("complete, " + when, () -> {
            var done = broker.complete(
                    worker,
                    claims.stream()
                            .map(c -> Outcome.success(c.task(), c.attempt()))
                            .toList());
            if (done.size() != claims.size()) {
                faults.add(done.size() + " tasks in place of " + claims.size());
            }
        });
        var failing = broker.acquire(worker, room(1)).getFirst();
        count(
                "complete a failure, " + when,
                () -> broker.complete(worker, List.of(Outcome.error(failing.task(), failing.attempt(), "exit"))));
        count("retry, " + when, () -> broker.retry(List.of(failing.task())));
        count("reap, " + when, broker::reap);
        count("make room, " + when, () -> broker.makeRoom(worker, room(1)));
        count(
                "keep room, " + when,
                () -> broker.keepRoom(worker, new Room(broker.classes(0).keySet(), 4000, 0, 0, 1)));
        count("feed, " + when, feed::poll);
    }

    private void steer(String when, TaskId job, long task) {
        var one = List.of(new TaskId(task));
        var all = List.of(job);
        count("submit, " + when, () -> broker.submit(Jobs.one("one").withAfter(all)));
        count("look at a task, " + when, () -> farm.tasks(one));
        count("priority of a job, " + when, () -> broker.priority(1001, all));
        count("hold a job, " + when, () -> broker.hold(all));
        count("release a job, " + when, () -> broker.release(all));
        count("cancel a task, " + when, () -> broker.cancel(one));
        count("priority again, " + when, () -> broker.priority(1000, all));
    }

    private Room room(int most) {
        return new Room(broker.classes(0).keySet(), 4000, 4000, 0, most);
    }

    private void count(String what, Runnable call) {
        var before = counters();
        call.run();
        counters().forEach((table, n) -> {
            var read = n - before.getOrDefault(table, 0L);
            if (read > MOST) {
                faults.add(what + " read " + read + " rows of " + table);
            }
        });
    }

    /// What this session has read by now goes to the server's counters first.
    private Map<String, Long> counters() {
        return database.<Map<String, Long>, RuntimeException>read(c -> {
            try (var s = c.createStatement()) {
                s.execute("SELECT pg_stat_force_next_flush()");
                s.execute("SELECT pg_stat_clear_snapshot()");
                var out = new TreeMap<String, Long>();
                try (var r = s.executeQuery("""
                        SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE schemaname = 'aque'""")) {
                    while (r.next()) {
                        out.put(r.getString(1), r.getLong(2));
                    }
                }
                return out;
            } catch (SQLException e) {
                throw new IllegalStateException("no counters", e);
            }
        });
    }
}
