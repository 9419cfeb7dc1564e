package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Audit;
import aque.farm.StopRequest;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.SubmitException;
import aque.task.Edge;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import aque.testing.TestFarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random jobs and random actions on them: after each, every counter must say what the tables say, and in the end
/// everything can still be brought to success.
final class RandomGraphTest {
    private static final int ACTIONS = 180;
    private static final Duration GRACE = Duration.ofHours(1);

    private final List<TaskId> jobs = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void countersStayTrueAndEverythingCanBeMended(long seed) {
        // Of every other run the smallest lanes are cut as a whole, as otherwise large ones are.
        try (var farm = new TestFarm(seed % 2 == 0 ? "aque.cut_from=1" : "")) {
            var random = new Random(seed);
            var worker = farm.worker("node");
            for (var i = 0; i < ACTIONS; i++) {
                var did = act(farm, worker, random);
                assertThat(Audit.faults(farm.database))
                        .as("seed " + seed + ", action " + i + ": " + did)
                        .isEmpty();
            }
            mendAll(farm, worker);
            for (var job : jobs) {
                assertThat(farm.state(job))
                        .as("seed " + seed + ", job " + job + ": " + farm.states(job))
                        .isEqualTo(TaskState.SUCCESS);
            }
            assertThat(Audit.faults(farm.database)).isEmpty();
        }
    }

    private String act(TestFarm farm, WorkerSession worker, Random random) {
        var what = jobs.isEmpty() ? 0 : random.nextInt(29);
        return switch (what) {
            case 0, 1 -> submit(farm, random);
            case 2 -> "kill " + farm.broker.kill(some(farm, random));
            case 3 -> "cancel " + farm.broker.cancel(some(farm, random));
            case 4, 5 -> "retry " + farm.broker.retry(some(farm, random));
            case 6 -> "hold " + farm.broker.hold(some(farm, random));
            case 7 -> "release " + farm.broker.release(jobs);
            case 8 -> "priority " + farm.broker.priority(random.nextInt(3000), some(farm, random));
            case 9 -> "requeue " + farm.broker.requeue(some(farm, random));
            case 10 -> "kill after a while " + asked(farm.broker.killAfter(GRACE, some(farm, random)));
            case 11 -> "cancel after a while " + asked(farm.broker.cancelAfter(GRACE, some(farm, random)));
            case 12 -> "undo a stop " + requests(farm, random).map(q -> farm.broker.undo(q.action()));
            case 13 -> "carry out " + requests(farm, random).map(q -> farm.broker.carryOut(q.action()));
            case 14 -> "undo " + farm.broker.undoLast();
            case 15 -> "mark done " + farm.broker.markDone(some(farm, random));
            case 16 -> "drop dependencies " + farm.broker.dropDependencies(some(farm, random));
            case 17 ->
                "needs "
                        + farm.broker.changeNeeds(
                                OptionalInt.of(500 * (1 + random.nextInt(3))),
                                OptionalLong.empty(),
                                some(farm, random));
            case 18 -> "wait " + added(farm, some(farm, random), some(farm, random));
            case 19 -> "wait no longer " + farm.broker.dropDependencies(some(farm, random), some(farm, random));
            default -> work(farm, worker, random);
        };
    }

    private static String added(TestFarm farm, List<TaskId> up, List<TaskId> down) {
        try {
            return up + " " + farm.broker.addDependencies(List.of(new Edge(up.getFirst(), down.getFirst())));
        } catch (SubmitException e) {
            return "refused " + e.getMessage();
        }
    }

    private static String asked(Optional<StopRequest> request) {
        return request.map(StopRequest::toString).orElse("nothing");
    }

    private static Optional<StopRequest> requests(TestFarm farm, Random random) {
        var all = farm.farm.stopRequests();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private String submit(TestFarm farm, Random random) {
        var tasks = new ArrayList<NewTask>();
        tasks.add(TestFarm.group("job", -1));
        for (var i = 1; i <= 2 + random.nextInt(12); i++) {
            var groups = new ArrayList<>(List.of(0));
            for (var j = 1; j < tasks.size(); j++) {
                if (tasks.get(j).isGroup()) {
                    groups.add(j);
                }
            }
            var parent = groups.get(random.nextInt(groups.size()));
            var upstream = new ArrayList<Integer>();
            for (var j = 1; j < tasks.size(); j++) {
                if (random.nextInt(5) == 0 && !within(tasks, i, parent, j)) {
                    upstream.add(j);
                }
            }
            var name = "t" + i;
            tasks.add(
                    random.nextInt(4) == 0
                            ? TestFarm.group(name, parent, upstream.toArray(Integer[]::new))
                            : TestFarm.command(name, parent, upstream.toArray(Integer[]::new)));
        }
        var submission = TestFarm.job(tasks.toArray(NewTask[]::new));
        if (!jobs.isEmpty() && random.nextInt(2) == 0) {
            submission = submission.withAfter(some(farm, random));
        }
        if (random.nextInt(3) == 0) {
            submission = submission.withRules(
                    JobRules.NONE.withMaxParallel(1 + random.nextInt(3)).withTooMany(random.nextInt(3)));
        }
        try {
            jobs.add(farm.broker.submit(submission).id());
            return "submit " + jobs.getLast() + " after " + submission.after();
        } catch (SubmitException e) {
            return "refused " + e.getMessage();
        }
    }

    /// Would it wait for a group that it is in itself?
    private static boolean within(List<NewTask> tasks, int task, int parent, int group) {
        for (var p = parent; p > 0; p = tasks.get(p).parent()) {
            if (p == group) {
                return true;
            }
        }
        return task == group;
    }

    private List<TaskId> some(TestFarm farm, Random random) {
        var all = farm.farm.tasksOfJob(jobs.get(random.nextInt(jobs.size()))).stream()
                .map(TaskView::id)
                .toList();
        var out = new ArrayList<TaskId>();
        for (var i = 0; i <= random.nextInt(3); i++) {
            out.add(all.get(random.nextInt(all.size())));
        }
        return out.stream().distinct().toList();
    }

    private String work(TestFarm farm, WorkerSession worker, Random random) {
        var claims = farm.acquire(worker, 1 + random.nextInt(4));
        var said = new StringBuilder("work");
        var running = jobs.stream()
                .flatMap(j -> farm.farm.tasksOfJob(j).stream())
                .filter(t -> t.state().active() && t.kind() != TaskKind.GROUP)
                .toList();
        for (var t : running) {
            if (random.nextInt(3) > 0) {
                var outcome = random.nextInt(3) == 0
                        ? Outcome.error(t.id(), t.attempt(), "exit")
                        : Outcome.success(t.id(), t.attempt());
                farm.broker.complete(worker, List.of(outcome));
                said.append(' ').append(t.id()).append(outcome.end());
            }
        }
        return said + " after " + claims.size() + " claims";
    }

    /// Frees, retries and works until nothing is left to do.
    private void mendAll(TestFarm farm, WorkerSession worker) {
        farm.farm.stopRequests().forEach(q -> farm.broker.carryOut(q.action()));
        for (var round = 0; round < 200; round++) {
            farm.broker.release(jobs);
            farm.broker.retry(jobs);
            farm.acquire(worker, 100);
            var running = jobs.stream()
                    .flatMap(j -> farm.farm.tasksOfJob(j).stream())
                    .filter(t -> t.state().active() && t.kind() != TaskKind.GROUP)
                    .toList();
            if (running.isEmpty()) {
                return;
            }
            farm.broker.complete(
                    worker,
                    running.stream()
                            .map(t -> Outcome.success(t.id(), t.attempt()))
                            .toList());
        }
    }
}
