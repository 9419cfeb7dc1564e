package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Outcome;
import aque.db.Database;
import aque.event.Hints;
import aque.farm.Audit;
import aque.farm.FarmStore;
import aque.schedule.Capabilities;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskState;
import aque.task.TaskView;
import aque.worker.InProcessWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Random jobs with random failures and cancels, run to their end and compared with what a few lines say that must
/// come out: a task runs when all that it and its groups wait for has succeeded, and else is blocked; a group is as
/// bad as the worst in it.
final class Reference {
    private static final String FAILS = " fails";
    private static final String CANCELLED = " cancelled";
    /// One task in twelve fails, and one in twelve is cancelled before it has begun.
    private static final List<String> ENDS = List.of("", "", "", "", "", "", "", "", "", "", FAILS, CANCELLED);

    private final Random random;
    private final List<NewTask> tasks = new ArrayList<>();
    private final List<TaskState> must = new ArrayList<>();

    private Reference(long seed) {
        random = new Random(seed);
        add(NewTask.group("0", -1, List.of()), TaskState.SUCCESS);
        for (var g = random.nextInt(1, 5); g > 0; g--) {
            group();
        }
    }

    /// As many as fit in the time.
    static List<String> faults(Stage stage, Duration time) throws Exception {
        var faults = new ArrayList<String>();
        var until = System.nanoTime() + time.toNanos();
        var n = 0;
        try (var database = stage.farm(2)) {
            while (System.nanoTime() < until && faults.isEmpty()) {
                faults.addAll(new Reference(n++).run(database));
            }
            faults.addAll(Audit.faults(database));
        }
        stage.say("  %d random jobs", n);
        return faults;
    }

    private void add(NewTask task, TaskState state) {
        tasks.add(task);
        must.add(state);
    }

    private boolean isBad(int place) {
        return must.get(place) != TaskState.SUCCESS;
    }

    private void spoil(int group, TaskState by) {
        if (by == TaskState.ERROR || by == TaskState.CANCELLED && !isBad(group)) {
            must.set(group, by);
        }
    }

    private void group() {
        var place = tasks.size();
        var waits = some(place);
        var blocked = waits.stream().anyMatch(this::isBad);
        add(NewTask.group(place + "", 0, waits), blocked ? TaskState.ERROR : TaskState.SUCCESS);
        for (var n = random.nextInt(1, 12); n > 0; n--) {
            // Not for its own group, which ends after it.
            var ups = some(tasks.size()).stream().filter(u -> u != place).toList();
            // Not all of a group: if it waits as well, it is cancelled or blocked, whichever came first.
            var ends = tasks.size() == place + 1 ? ENDS.subList(0, ENDS.size() - 1) : ENDS;
            var name = tasks.size() + ends.get(random.nextInt(ends.size()));
            var bad = blocked || ups.stream().anyMatch(this::isBad) || name.endsWith(FAILS);
            var state = name.endsWith(CANCELLED) ? TaskState.CANCELLED : bad ? TaskState.ERROR : TaskState.SUCCESS;
            add(task(name, place, ups), state);
            spoil(place, state);
        }
        spoil(0, must.get(place));
    }

    private List<Integer> some(int before) {
        var out = new HashSet<Integer>();
        for (var n = random.nextInt(4); n > 0 && before > 1; n--) {
            out.add(random.nextInt(1, before));
        }
        return List.copyOf(out);
    }

    private static NewTask task(String name, int parent, List<Integer> ups) {
        return new NewTask(
                name,
                new Work.Command(List.of(Jobs.NO_OP)),
                parent,
                ups,
                InProcessWorker.needs(Jobs.NO_OP),
                0,
                TaskOptions.NONE);
    }

    private List<String> run(Database database) {
        var broker = new Broker(database, Hints.direct(database), "bench");
        var worker = broker.hello("a", new Capabilities("a", "linux", "u", 4000, 0, Map.of(), Map.of()), "");
        var job = broker.submit(Jobs.job("random", tasks).withRules(JobRules.NONE.withTooMany(0)))
                .id();
        broker.cancel(new FarmStore(database)
                .tasksOfJob(job).stream()
                        .filter(t -> t.name().endsWith(CANCELLED))
                        .map(TaskView::id)
                        .toList());
        while (true) {
            var claims = broker.acquire(worker, broker.classes(0).keySet(), 4000, 4000, 0, random.nextInt(1, 6));
            if (claims.isEmpty()) {
                break;
            }
            broker.complete(
                    worker,
                    claims.stream()
                            .map(c -> c.name().endsWith(FAILS)
                                    ? Outcome.error(c.task(), c.attempt(), "as it must")
                                    : Outcome.success(c.task(), c.attempt()))
                            .toList());
        }
        var states = new HashMap<String, TaskState>();
        new FarmStore(database).tasksOfJob(job).forEach(t -> states.put(t.name(), t.state()));
        broker.bye(worker);
        var faults = new ArrayList<String>();
        for (var i = 0; i < tasks.size(); i++) {
            var name = i == 0 ? "0" : tasks.get(i).name();
            if (states.get(name) != must.get(i)) {
                faults.add("task " + name + " of job " + job + " is " + states.get(name) + ", must be " + must.get(i));
            }
        }
        return faults;
    }
}
