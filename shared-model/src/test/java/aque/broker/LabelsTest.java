package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.ActionStore;
import aque.submit.JobRules;
import aque.submit.Source;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What jobs are of, when they may end, and whom an action on them would meet.
final class LabelsTest {
    private TestFarm farm;
    private WorkerSession worker;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
        worker = farm.worker("node1");
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aJobKeepsItsLabelsAndTheyAreChangedAndTakenAway() {
        var job = farm.broker
                .submit(TestFarm.job(TestFarm.command("a", -1))
                        .withRules(JobRules.NONE.withLabels(Map.of("show", "boat", "shot", "010"))))
                .id();
        assertThat(labels(job)).isEqualTo(Map.of("show", "boat", "shot", "010"));
        assertThat(farm.broker.label(Map.of("shot", "020", "show", "", "due", "friday"), List.of(job)))
                .containsExactly(job);
        assertThat(labels(job)).isEqualTo(Map.of("shot", "020", "due", "friday"));
        assertThat(farm.farm.details(job).orElseThrow().labels()).isEqualTo(labels(job));
    }

    @Test
    void theEndIsPredictedFromWhatHasEndedAndWhatRuns() {
        var job = farm.submit(
                TestFarm.group("job", -1),
                TestFarm.command("a", 0),
                TestFarm.command("b", 0),
                TestFarm.command("c", 0));
        assertThat(end(job)).isEmpty();
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        farm.sql("UPDATE task SET started_at = ended_at - interval '100 s' WHERE state = 'S' AND kind <> 'G'");
        assertThat(end(job)).isEmpty();
        farm.acquire(worker, 1);
        // one runs, one is left: two times a hundred seconds
        assertThat(end(job).orElseThrow())
                .isBetween(Instant.now().plusSeconds(190), Instant.now().plusSeconds(201));
        farm.acquire(worker, 1);
        assertThat(end(job).orElseThrow())
                .isBetween(Instant.now().plusSeconds(90), Instant.now().plusSeconds(101));
    }

    @Test
    void whatTookLongWhenTheFileWasRenderedLastGoesFirstAndTellsTheEndBeforeAnythingHasEnded() {
        var source = new Source("/show/boat.ma", Map.of());
        var job = TestFarm.job(
                TestFarm.group("job", -1),
                TestFarm.group("render", 0),
                TestFarm.command("1", 1),
                TestFarm.command("2", 1),
                TestFarm.command("3", 1));
        var first = farm.broker.submit(job, source).id();
        farm.acquire(worker, 3).forEach(claim -> farm.succeed(worker, claim));
        farm.sql(
                "UPDATE task t SET started_at = ended_at - s.name::int * interval '100 s' FROM task_spec s WHERE s.task_id = t.task_id AND t.kind = 'C' AND t.job_id = "
                        + first);
        var again = farm.broker.submit(job, source).id();
        assertThat(farm.acquire(worker, 2)).extracting(Claim::name).containsExactly("3", "2");
        // two run and one is left: three times two hundred seconds, by two
        assertThat(end(again).orElseThrow())
                .isBetween(Instant.now().plusSeconds(290), Instant.now().plusSeconds(301));
    }

    @Test
    void whatComesAfterIsToldApartByWhetherItHasEndedOrRuns() {
        var job = farm.submit(
                TestFarm.group("job", -1),
                TestFarm.command("a", 0),
                TestFarm.command("b", 0, 1),
                TestFarm.command("c", 0, 1),
                TestFarm.command("d", 0, 2, 3));
        farm.succeed(worker, farm.acquire(worker, 1).getFirst());
        var claims = farm.acquire(worker, 2);
        farm.succeed(worker, claims.getFirst());
        var actions = new ActionStore(farm.database);
        var first = List.of(farm.named(job, "a"));
        assertThat(actions.again(first)).containsExactly(claims.getFirst().task());
        assertThat(actions.runningAfter(first)).containsExactly(claims.getLast().task());
        assertThat(actions.after(first)).contains(farm.named(job, "d"));
        assertThat(actions.runningOn(List.of("node1", "node2")))
                .containsExactly(claims.getLast().task());
    }

    private Map<String, String> labels(TaskId job) {
        return farm.farm.jobs(List.of(job)).getFirst().labels();
    }

    private Optional<Instant> end(TaskId job) {
        return farm.farm.details(job).orElseThrow().predictedEnd();
    }
}
