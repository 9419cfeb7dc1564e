package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Outcome;
import aque.db.Address;
import aque.db.Database;
import aque.event.Hints;
import aque.farm.Audit;
import aque.farm.FarmStore;
import aque.schedule.Capabilities;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.worker.InProcessWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The same report twice, and late; the same submission twice; and a worker that never hears a hint.
final class ToldTwice {
    private static final int TASKS = 50;
    private static final Duration SILENT = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Database database;
    private final Broker broker;
    private final List<String> faults = new ArrayList<>();

    private ToldTwice(Database database) {
        this.database = database;
        this.broker = new Broker(database, Hints.direct(database), "bench");
    }

    static List<String> faults(Stage stage, Duration time) throws Exception {
        try (var database = stage.farm(3)) {
            var test = new ToldTwice(database);
            test.twice();
            test.deaf(stage, (int) Math.max(1, time.toSeconds() / 10));
            test.faults.addAll(Audit.faults(database));
            return test.faults;
        }
    }

    private void twice() {
        var job = broker.submit(Jobs.flat(TASKS).withKey("k"));
        if (!broker.submit(Jobs.flat(TASKS).withKey("k")).id().equals(job.id())) {
            faults.add("a key made two jobs");
        }
        var worker = broker.hello("a", new Capabilities("a", "linux", "u", 4000, 0, Map.of(), Map.of()), "");
        var claims = broker.acquire(worker, broker.classes(0).keySet(), 4000, 4000, 0, 2 * TASKS);
        var outcomes =
                claims.stream().map(c -> Outcome.success(c.task(), c.attempt())).toList();
        if (broker.complete(worker, outcomes.reversed()).size() != TASKS) {
            faults.add("a report was refused");
        }
        if (!broker.complete(worker, outcomes).isEmpty()) {
            faults.add("a report was taken twice");
        }
        late(job.id());
        broker.cancel(List.of(job.id()));
        broker.cancel(List.of(job.id()));
        if (state(job.id()) != TaskState.SUCCESS) {
            faults.add("an ended job changed its state");
        }
    }

    /// The report of an attempt that was given up comes after the next one has begun.
    private void late(TaskId job) {
        var worker = broker.hello("b", new Capabilities("b", "linux", "u", 4000, 0, Map.of(), Map.of()), "");
        var again = new FarmStore(database).tasksOfJob(job).getFirst().id();
        broker.retry(List.of(again));
        var old = broker.acquire(worker, broker.classes(0).keySet(), 4000, 4000, 0, 1);
        broker.complete(worker, List.of(Outcome.givenBack(again, old.getFirst().attempt(), "stopped")));
        var now = broker.acquire(worker, broker.classes(0).keySet(), 4000, 4000, 0, 1);
        if (!broker.complete(
                        worker, List.of(Outcome.success(again, old.getFirst().attempt())))
                .isEmpty()) {
            faults.add("the late report of a former attempt was taken");
        }
        if (broker.complete(
                        worker, List.of(Outcome.success(again, now.getFirst().attempt())))
                .isEmpty()) {
            faults.add("the report of the attempt that ran was refused");
        }
        broker.bye(worker);
    }

    private TaskState state(TaskId task) {
        return new FarmStore(database).task(task).orElseThrow().state();
    }

    /// Everything that is notified is lost on its way: jobs are done all the same, if later.
    private void deaf(Stage stage, int jobs) throws Exception {
        try (var proxy = new Proxy(stage.server().port())) {
            proxy.become(Proxy.Link.DEAF);
            var url = stage.server().url(database.address().database());
            var address = Address.parse(url.replace(":" + stage.server().port() + "/", ":" + proxy.port() + "/"));
            try (var there = stage.open(address, 4);
                    var worker = new InProcessWorker(there, "deaf", 1, Map.of(Jobs.NO_OP, c -> {}))) {
                for (var i = 0; i < jobs; i++) {
                    silently(worker.name(), broker.submit(Jobs.one("one")).id());
                }
            }
        }
    }

    private void silently(String worker, TaskId job) throws InterruptedException {
        var until = System.nanoTime() + SILENT.toNanos();
        while (state(job) != TaskState.SUCCESS) {
            if (System.nanoTime() > until) {
                faults.add("worker " + worker + ", which hears no hint, has not looked by itself");
                return;
            }
            Thread.sleep(LOOK);
        }
    }
}
