package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.StopRequest;
import aque.submit.NewTask;
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

    /// Each row that an oracle answers is a wrong one.
    private static final List<String> ORACLES =
            List.of("""
            SELECT 'pending' what, t.task_id FROM task t WHERE t.pending <> (SELECT count(*) FROM dep d JOIN task u ON u.task_id = d.upstream
              WHERE d.downstream = t.task_id AND u.state <> 'S')""", """
            SELECT 'bad', t.task_id FROM task t WHERE t.bad <> (SELECT count(*) FROM dep d JOIN task u ON u.task_id = d.upstream
              WHERE d.downstream = t.task_id AND is_bad(u))""", """
            SELECT 'gate', l.lane_id FROM lane l WHERE (l.gate, l.bad) <> (SELECT count(*) FILTER (WHERE u.state <> 'S'), count(*) FILTER (WHERE is_bad(u))
              FROM gate g JOIN task u ON u.task_id = g.upstream WHERE g.lane_id = l.lane_id)""", """
            SELECT 'lane', l.lane_id FROM lane l WHERE (l.total, l.todo, l.failed, l.blocked, l.stopped) <> (SELECT count(*), count(*) FILTER (WHERE state <> 'S'),
              count(*) FILTER (WHERE state IN ('E', 'K', 'X')), count(*) FILTER (WHERE state = 'E' AND reason = 'dep_failed'), count(*) FILTER (WHERE state IN ('K', 'X'))
              FROM task t WHERE t.lane_id = l.lane_id)""", """
            SELECT 'group', g.task_id FROM task g WHERE g.kind = 'G' AND (g.n_open, g.n_bad) <> (SELECT coalesce(sum(o), 0), coalesce(sum(b), 0) FROM (
              SELECT (l.todo > l.failed AND l.bad = 0)::int o, (l.failed > 0 OR l.bad > 0 AND l.todo > 0)::int b FROM lane l WHERE l.group_id = g.task_id
              UNION ALL SELECT (c.state = 'B')::int, is_bad(c)::int FROM task c WHERE c.parent_id = g.task_id AND c.kind = 'G') q)""", """
            SELECT 'ready', coalesce(t.task_id, r.task_id) FROM (SELECT t.* FROM task t WHERE t.state = 'R' AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id)) t
              FULL JOIN ready r ON r.task_id = t.task_id AND r.lane_id = t.lane_id WHERE t.task_id IS NULL OR r.task_id IS NULL""", """
            SELECT 'state', t.task_id FROM task t WHERE t.kind <> 'G' AND (t.state = 'B' AND t.pending = 0 OR t.state = 'R' AND t.pending > 0
              AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id) OR t.state = 'B' AND t.bad > 0)""", """
            SELECT 'ended', g.task_id FROM task g WHERE g.kind = 'G' AND (g.state <> 'B') <> (g.n_open = 0 AND (g.pending = 0 OR g.bad > 0))""", """
            SELECT 'stop', l.lane_id FROM lane l WHERE (coalesce(l.stop_at, 'infinity'), coalesce(l.kill_at, 'infinity')) <> (SELECT coalesce(min(not_before), 'infinity'), coalesce(min(not_before) FILTER (WHERE kill), 'infinity')
              FROM lane_before b JOIN stop_request q USING (action_id) WHERE b.lane_id = l.lane_id)""", """
            SELECT 'started in its grace', e.task_id FROM lease e JOIN lane_before b USING (lane_id) JOIN stop_request q USING (action_id) JOIN action a USING (action_id)
              WHERE e.acquired_at > a.at""", """
            SELECT 'split of nothing', l.lane_id FROM lane l WHERE l.of_lane IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lane o WHERE o.lane_id = l.of_lane)""", """
            SELECT 'edge left behind', downstream FROM dep WHERE upstream < 0 UNION ALL SELECT 'gate left behind', lane_id FROM gate WHERE upstream < 0""", """
            SELECT 'blocked by nothing', t.task_id FROM task t LEFT JOIN lane l USING (lane_id) WHERE t.kind <> 'G' AND (t.state = 'E' AND t.reason = 'dep_failed' OR t.state IN ('B', 'R') AND l.bad > 0)
              AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id) AND roots(ARRAY[t.task_id]) = '{}'""");

    private final List<TaskId> jobs = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void countersStayTrueAndEverythingCanBeMended(long seed) {
        try (var farm = new TestFarm()) {
            var random = new Random(seed);
            var worker = farm.worker("node");
            for (var i = 0; i < ACTIONS; i++) {
                var did = act(farm, worker, random);
                assertThat(wrong(farm))
                        .as("seed " + seed + ", action " + i + ": " + did)
                        .isEmpty();
            }
            mendAll(farm, worker);
            for (var job : jobs) {
                assertThat(farm.state(job))
                        .as("seed " + seed + ", job " + job + ": " + farm.states(job))
                        .isEqualTo(TaskState.SUCCESS);
            }
            assertThat(wrong(farm)).isEmpty();
        }
    }

    private String act(TestFarm farm, WorkerSession worker, Random random) {
        var what = jobs.isEmpty() ? 0 : random.nextInt(26);
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
            default -> work(farm, worker, random);
        };
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
        try {
            jobs.add(farm.broker.submit(submission).id());
            return "submit " + jobs.getLast() + " after " + submission.after();
        } catch (aque.submit.SubmitException e) {
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

    private static List<String> wrong(TestFarm farm) {
        var out = new ArrayList<String>();
        for (var oracle : ORACLES) {
            farm.database.read(c -> {
                try (var s = c.createStatement();
                        var r = s.executeQuery(oracle)) {
                    while (r.next()) {
                        out.add(r.getString(1) + " of " + r.getLong(2));
                    }
                    return out;
                }
            });
        }
        return out;
    }
}
