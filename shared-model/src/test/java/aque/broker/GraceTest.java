package aque.broker;

import static aque.testing.TestFarm.command;
import static aque.testing.TestFarm.group;
import static org.assertj.core.api.Assertions.assertThat;

import aque.event.Hints;
import aque.farm.StopRequest;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Kill and cancel with a grace, and what undo gives back.
final class GraceTest {
    private static final Duration GRACE = Duration.ofHours(1);

    private final TestFarm farm = new TestFarm();
    private final WorkerSession worker = farm.worker("node");

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void fromTheRequestOnNothingStartsAndOnlyTheSignalsWait() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0), command("c", 0, 1));
        var running = farm.acquire(worker, 1).getFirst();

        var asked = farm.broker.killAfter(GRACE, List.of(id)).orElseThrow();

        assertThat(asked.tasks()).isEqualTo(3);
        assertThat(farm.acquire(worker, 9)).isEmpty();
        assertThat(farm.broker.beat(worker, List.of()).stops()).isEmpty();
        assertThat(farm.states(id)).isEqualTo("a=running b=pending c=waiting job=running");
        assertThat(farm.farm.tasksOfJob(id)).allMatch(t -> t.stopsAt().isPresent());
        farm.succeed(worker, running);
        assertThat(farm.states(id)).startsWith("a=success b=pending c=pending");
        assertThat(farm.acquire(worker, 9)).isEmpty();
    }

    @Test
    void theFirstBeatAfterTheGraceCarriesItOutThoughWhoAskedIsGone() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0));
        var running = farm.acquire(worker, 1).getFirst();
        var asked = farm.broker.killAfter(GRACE, List.of(id)).orElseThrow();
        assertThat(farm.broker.beat(worker, List.of()).nextStop())
                .hasValueSatisfying(left -> assertThat(left).isPositive());

        farm.sql("UPDATE stop_request SET not_before = clock_timestamp()");
        farm.broker.beat(worker, List.of());

        assertThat(farm.broker.beat(worker, List.of()).stops()).containsOnlyKeys(running.task());
        assertThat(farm.states(id)).isEqualTo("a=stopping b=cancelled job=running");
        assertThat(farm.farm.stopRequests()).isEmpty();
        assertThat(farm.broker.undo(asked.action())).isZero();
        assertThat(farm.count("lane")).isEqualTo(1);
    }

    @Test
    void killNowCutsTheGrace() {
        var id = farm.submit(command("a", -1));
        var asked = farm.broker.killAfter(GRACE, List.of(id)).orElseThrow();
        assertThat(farm.broker.carryOut(asked.action())).hasValue(1);
        assertThat(farm.state(id)).isEqualTo(TaskState.CANCELLED);
        assertThat(farm.broker.carryOut(asked.action())).isEmpty();
        assertThat(farm.count("action WHERE verb = 'kill'")).isEqualTo(1);
    }

    @Test
    void cancelWithAGraceLeavesWhatRuns() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0));
        farm.acquire(worker, 1);
        var asked = farm.broker.cancelAfter(GRACE, List.of(id)).orElseThrow();
        assertThat(asked.tasks()).isEqualTo(1);
        assertThat(farm.farm.task(farm.named(id, "a")).orElseThrow().stopsAt()).isEmpty();
        farm.broker.carryOut(asked.action());
        assertThat(farm.states(id)).isEqualTo("a=running b=cancelled job=running");
    }

    @Test
    void undoGivesEveryTaskItsExactFormerPlace() {
        var first =
                farm.submit(group("job", -1), command("a", 0), command("b", 0), command("c", 0), command("d", 0, 1));
        farm.submit(group("job", -1), command("x", 0), command("y", 0));
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        farm.broker.retry(List.of(first));
        var before = places();

        var asked = farm.broker
                .killAfter(GRACE, List.of(farm.named(first, "b"), farm.named(first, "d")))
                .orElseThrow();
        assertThat(places()).isNotEqualTo(before);
        assertThat(farm.broker.undo(asked.action())).isEqualTo(2);

        assertThat(places()).isEqualTo(before);
        assertThat(farm.acquire(worker, 9).stream().map(Claim::name)).containsExactly("a", "b", "c", "x");
    }

    @Test
    void twoRequestsOnTheSameTasksAreUndoneEachForItself() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0));
        var before = places();
        var all = farm.broker.killAfter(GRACE, List.of(id)).orElseThrow();
        var one = farm.broker.cancelAfter(GRACE, List.of(farm.named(id, "b"))).orElseThrow();
        farm.broker.undo(all.action());
        assertThat(farm.acquire(worker, 1).getFirst().name()).isEqualTo("a");
        assertThat(farm.acquire(worker, 1)).isEmpty();
        farm.broker.undo(one.action());
        assertThat(farm.acquire(worker, 1).getFirst().name()).isEqualTo("b");
        assertThat(before).isNotEmpty();
        assertThat(farm.count("lane")).isEqualTo(1);
    }

    @Test
    void whatFailsInItsGraceIsNotTriedAgain() {
        var options = new aque.submit.NewTask(
                "a",
                new aque.submit.Work.Command(List.of("false")),
                -1,
                List.of(),
                aque.schedule.Needs.ONE_CPU,
                0,
                aque.submit.TaskOptions.fromJson("{\"retries\":3}"));
        var id = farm.submit(options);
        var claim = farm.acquire(worker, 1).getFirst();
        var asked = farm.broker.killAfter(GRACE, List.of(id)).orElseThrow();
        farm.fail(worker, claim);
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        assertThat(farm.acquire(worker, 1)).isEmpty();
        farm.broker.carryOut(asked.action());
        assertThat(farm.state(id)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void priorityAndHoldAreTakenBackExactlyTheLastFirst() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0), command("c", 0));
        var before = places();
        farm.broker.priority(2000, List.of(farm.named(id, "b")));
        farm.broker.hold(List.of(id));
        assertThat(farm.broker.undoLast()).contains(new Broker.Undone("hold", 3));
        assertThat(farm.farm.task(farm.named(id, "b")).orElseThrow().priority()).isEqualTo(2000);
        assertThat(farm.broker.undoLast()).contains(new Broker.Undone("priority", 1));
        assertThat(places()).isEqualTo(before);
        assertThat(farm.broker.undoLast()).isEmpty();
    }

    @Test
    void undoLeavesWhatSomebodyElseChangedSince() {
        var id = farm.submit(command("a", -1));
        farm.broker.priority(2000, List.of(id));
        var other = new Broker(farm.database, Hints.direct(farm.database), "bo");
        other.priority(3000, List.of(id));
        assertThat(farm.broker.undoLast()).contains(new Broker.Undone("priority", 0));
        assertThat(farm.farm.task(id).orElseThrow().priority()).isEqualTo(3000);
    }

    @Test
    void nothingToStopIsNoRequest() {
        var id = farm.submit(command("a", -1));
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.broker.killAfter(GRACE, List.of(id))).isEmpty();
        assertThat(farm.farm.stopRequests()).isEmpty();
    }

    @Test
    void openRequestsAreThereForAnotherConsole() {
        TaskId id = farm.submit(command("a", -1));
        var asked = farm.broker.killAfter(GRACE, List.of(id)).orElseThrow();
        assertThat(farm.farm.stopRequests())
                .extracting(StopRequest::action, StopRequest::kill, StopRequest::ids, StopRequest::tasks)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(asked.action(), true, List.of(id), 1));
    }

    /// Everything that decides who starts when, in order.
    private List<String> places() {
        return farm.database.read(c -> {
            try (var s = c.createStatement();
                    var r = s.executeQuery("""
                            SELECT l::text || '  ' || coalesce(q::text, '') || '  ' || t::text
                              FROM lane l JOIN task t USING (lane_id) LEFT JOIN ready q ON q.task_id = t.task_id ORDER BY l.lane_id, q.sort_key, t.task_id""")) {
                var out = new ArrayList<String>();
                while (r.next()) {
                    out.add(r.getString(1));
                }
                return out;
            }
        });
    }
}
