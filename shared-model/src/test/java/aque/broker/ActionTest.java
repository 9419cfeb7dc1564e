package aque.broker;

import static aque.testing.TestFarm.command;
import static aque.testing.TestFarm.group;
import static org.assertj.core.api.Assertions.assertThat;

import aque.event.Hints;
import aque.farm.ActionStore;
import aque.farm.ActionView;
import aque.farm.Impact;
import aque.farm.NoteView;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a person may do beside stop and start: mark done, drop a dependency, other needs, notes; and what is kept of
/// it.
final class ActionTest {
    private final TestFarm farm = new TestFarm();
    private final WorkerSession worker = farm.worker("node");
    private final ActionStore actions = new ActionStore(farm.database);

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void markingTheRootDoneRearmsAllThatItBlocksInThatCommit() {
        var id = chain();
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        var blocked = farm.farm.task(farm.named(id, "c")).orElseThrow();
        assertThat(blocked.blocked()).isTrue();
        assertThat(blocked.causeName()).isEqualTo("beauty a");
        assertThat(actions.roots(List.of(blocked.id()))).containsExactly(farm.named(id, "a"));

        farm.broker.markDone(actions.roots(List.of(blocked.id())));

        assertThat(farm.states(id)).isEqualTo("a=success beauty=success b=pending c=waiting job=pending");
    }

    @Test
    void markingABlockedTaskDoneFreesWhatWaitsForItAlone() {
        var id = chain();
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        farm.broker.markDone(List.of(farm.named(id, "b")));
        assertThat(farm.states(id)).isEqualTo("a=error beauty=error b=success c=pending job=pending");
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.ERROR);
        farm.broker.retry(List.of(id));
        assertThat(farm.states(id)).isEqualTo("a=pending beauty=pending b=success c=success job=pending");
    }

    @Test
    void whatAJobWroteIsRemovedWhenItHasEndedAndNobodyWaitsForItAndTheJobStays() {
        var logs = new LogStore(farm.database);
        var job = farm.submit(command("a", -1));
        var claim = farm.acquire(worker, 1).getFirst();
        var said = "42".getBytes(StandardCharsets.UTF_8);
        logs.append(List.of(new LogChunk(job, 1, Channel.STDOUT, 0, Instant.now(), said)));
        assertThat(farm.broker.dropResults(List.of(job))).as("it runs").isEmpty();
        farm.succeed(worker, claim);
        assertThat(farm.broker.dropResults(List.of(job))).containsExactly(job);
        assertThat(logs.lastAttempt(job)).isEmpty();
        assertThat(farm.state(job)).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void whatRunsIsNotMarkedDone() {
        var id = farm.submit(command("a", -1));
        farm.acquire(worker, 1);
        assertThat(farm.broker.markDone(List.of(id))).isEmpty();
        assertThat(farm.state(id)).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aDroppedDependencyLetsABlockedTaskStart() {
        var id = chain();
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.broker.dropDependencies(List.of(farm.named(id, "b")))).containsExactly(farm.named(id, "b"));
        assertThat(farm.states(id)).isEqualTo("a=error beauty=error b=pending c=waiting job=pending");
    }

    @Test
    void oneTaskOfAGatedStepIsFreedWithoutTheOthers() {
        var id = farm.submit(
                group("job", -1),
                group("sim", 0),
                command("s", 1),
                group("render", 0, 1),
                command("1", 3),
                command("2", 3));
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        farm.broker.dropDependencies(List.of(farm.named(id, "2")));
        assertThat(farm.state(farm.named(id, "2"))).isEqualTo(TaskState.PENDING);
        assertThat(farm.farm.task(farm.named(id, "1")).orElseThrow().blocked()).isTrue();
        farm.broker.retry(List.of(id));
        assertThat(farm.acquire(worker, 9)).hasSize(2);
        assertThat(farm.state(farm.named(id, "1"))).isEqualTo(TaskState.WAITING);
    }

    @Test
    void changedNeedsHoldForTheNextAttemptAndAreUndone() {
        var id = farm.submit(group("job", -1), command("a", 0), command("b", 0));
        farm.broker.changeNeeds(OptionalInt.of(3000), OptionalLong.of(1 << 30), List.of(farm.named(id, "b")));
        assertThat(needs(id, "b")).isEqualTo("3 cpu, 1024 MiB");
        assertThat(needs(id, "a")).isEqualTo("1 cpu");
        assertThat(farm.broker.undoLast()).contains(new Broker.Undone("needs", 1));
        assertThat(needs(id, "b")).isEqualTo("1 cpu");
        assertThat(farm.count("lane")).isEqualTo(1);
    }

    @Test
    void holdAndRequeueTakesWhatRunsBackAndKeepsIt() {
        var id = farm.submit(command("a", -1));
        var claim = farm.acquire(worker, 1).getFirst();
        farm.broker.holdAndRequeue(List.of(id));
        assertThat(farm.broker.beat(worker, List.of()).stops()).containsEntry(id, Beat.Stop.REQUEUE);
        farm.fail(worker, claim);
        assertThat(farm.state(id)).isEqualTo(TaskState.HELD);
    }

    @Test
    void aRetryOfTheRootMayTakeAlongWhatDependsOnIt() {
        var id = chain();
        for (var i = 0; i < 3; i++) {
            farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        }
        var root = List.of(farm.named(id, "a"));
        assertThat(actions.again(root)).containsExactly(farm.named(id, "b"), farm.named(id, "c"));
        farm.broker.retry(List.of(root.getFirst(), farm.named(id, "b"), farm.named(id, "c")));
        assertThat(farm.states(id)).isEqualTo("a=pending beauty=pending b=waiting c=waiting job=pending");
    }

    @Test
    void theImpactOfAnActionIsCountedBeforeIt() {
        var id = chain();
        farm.acquire(worker, 1);
        assertThat(actions.impact(List.of(farm.named(id, "beauty"))))
                .isEqualTo(new Impact(1, 0, 0, List.of("ann"), 2, 0));
        assertThat(actions.impact(List.of(id))).isEqualTo(new Impact(1, 2, 0, List.of("ann"), 0, 0));
        var asked = farm.broker
                .killAfter(java.time.Duration.ofHours(1), List.of(id))
                .orElseThrow();
        assertThat(actions.stopping(asked)).isEqualTo(new ActionStore.Stopping(3, 0));
        farm.broker.carryOut(asked.action());
        assertThat(actions.stopping(asked)).isEqualTo(new ActionStore.Stopping(1, 2));
    }

    @Test
    void theHistoryTellsWhoDidWhatFromWhereAndWhy() {
        var id = chain();
        var bo = new Broker(farm.database, Hints.direct(farm.database), "bo").because("wrong camera");
        bo.hold(List.of(farm.named(id, "a")));
        farm.broker.release(List.of(id));

        assertThat(actions.latest(9))
                .extracting(ActionView::verb, ActionView::actor, ActionView::why, ActionView::tasks, ActionView::what)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("release", "tester", "", 1, "job"),
                        org.assertj.core.groups.Tuple.tuple("hold", "bo", "wrong camera", 1, "job ▸ beauty a"),
                        org.assertj.core.groups.Tuple.tuple("submit", "ann", "", 3, "job"));
        assertThat(actions.of(farm.named(id, "b"), 9))
                .extracting(ActionView::verb)
                .containsExactly("release", "submit");
        assertThat(actions.latest(1).getFirst().place()).startsWith("aque-test@");
        assertThat(actions.latest(1).getFirst().owners()).containsExactly("ann");
    }

    @Test
    void notesOnTasksAndWorkersAreThereForAll() {
        var id = chain();
        TaskId a = farm.named(id, "a");
        farm.broker.note("look at the hair", List.of(id));
        farm.broker.note("fireflies", List.of(a));
        farm.broker.noteWorkers("fan is loud", List.of("node"));
        assertThat(actions.notes(a)).extracting(NoteView::text).containsExactly("look at the hair", "fireflies");
        assertThat(actions.notes(id)).extracting(NoteView::actor).containsExactly("tester");
        assertThat(actions.notesOfWorker("node")).extracting(NoteView::text).containsExactly("fan is loud");
    }

    private TaskId chain() {
        return farm.submit(
                group("job", -1), group("beauty", 0), command("a", 1), command("b", 0, 2), command("c", 0, 3));
    }

    private String needs(TaskId job, String name) {
        return aque.farm.Why.describe(
                farm.farm.details(farm.named(job, name)).orElseThrow().needs());
    }
}
