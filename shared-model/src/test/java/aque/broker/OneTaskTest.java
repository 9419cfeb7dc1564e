package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.SubmitException;
import aque.submit.TaskOptions;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A single command has a short way into the queue, and nobody can tell by which way it came.
final class OneTaskTest {
    private TestFarm farm;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aSingleCommandIsTheSameJobByEitherWay() {
        var plain = TestFarm.job(TestFarm.command("a", -1));
        var told = TestFarm.job(longer(TestFarm.command("a \"b\"", -1)))
                .withEnvironment(Map.of("SHOT", "010"))
                .withPriority(1200)
                .withHeld(true);
        for (var submission : List.of(plain, told)) {
            assertThat(OneTask.is(submission)).isTrue();
            var known = Map.of(submission.tasks().getFirst().needs(), 1);
            long one = write(new OneTask(submission, Optional.empty(), LearntTimes.NONE), known);
            long many = write(SubmitRows.of(submission, Optional.empty(), LearntTimes.NONE), known);
            for (var table : List.of("job", "task", "task_spec", "lane", "ready")) {
                assertThat(row(table, one)).as(table).isEqualTo(row(table, many));
            }
        }
    }

    @Test
    void whatIsMoreThanThatTakesTheOtherWay() {
        var command = TestFarm.command("a", -1);
        assertThat(OneTask.is(TestFarm.job(TestFarm.group("g", -1), TestFarm.command("a", 0))))
                .isFalse();
        assertThat(OneTask.is(TestFarm.job(TestFarm.group("g", -1)))).isFalse();
        assertThat(OneTask.is(TestFarm.job(command).withAfter(List.of(new TaskId(1)))))
                .isFalse();
        assertThat(OneTask.is(TestFarm.job(command).withDocument("{}"))).isFalse();
        assertThat(OneTask.is(TestFarm.job(command).withRules(JobRules.NONE.withMaxParallel(1))))
                .isFalse();
        assertThat(OneTask.is(TestFarm.job(command).withRules(JobRules.NONE.withLabels(Map.of("show", "boat")))))
                .isFalse();
        assertThat(OneTask.is(TestFarm.job(command.withOptions(TaskOptions.NONE.withResults(List.of(1L))))))
                .isFalse();
        assertThat(OneTask.is(TestFarm.job(command.withUpstream(List.of(0))))).isFalse();
    }

    @Test
    void aKeyIsOfOneJob() {
        var submission = TestFarm.job(TestFarm.command("a", -1)).withKey("k");
        var first = farm.broker.submit(submission);
        var second = farm.broker.submit(submission);
        assertThat(first.existed()).isFalse();
        assertThat(second.existed()).isTrue();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void aTaskThatWaitsForItselfIsRefused() {
        var circle = TestFarm.job(TestFarm.command("a", -1).withUpstream(List.of(0)));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> farm.broker.submit(circle)))
                .isInstanceOf(SubmitException.class);
    }

    private static NewTask longer(NewTask t) {
        return new NewTask(
                t.name(),
                t.work(),
                t.parent(),
                t.upstream(),
                t.needs(),
                12.5,
                TaskOptions.NONE
                        .withIoPaths(List.of("/mnt/a", "/mnt/\"b\""))
                        .withExclusive()
                        .withTimeout(Duration.ofMinutes(5)));
    }

    private long write(JobForm form, Map<aque.schedule.Needs, Integer> known) {
        return farm.database.<Long, RuntimeException>inTransaction(c -> form.write(c, known, ""));
    }

    /// Without what is of one job alone: its numbers and its times.
    private String row(String table, long job) {
        return farm.database.read(c -> {
            try (var s = c.prepareStatement("SELECT (to_jsonb(x) - '{job_id,task_id,lane_id,created_at}'::text[])::text"
                    + " FROM " + table + " x WHERE "
                    + switch (table) {
                        case "lane", "ready" -> "lane_id = (SELECT lane_id FROM task WHERE task_id = ?)";
                        case "task", "task_spec" -> "task_id = ?";
                        default -> "job_id = ?";
                    })) {
                s.setLong(1, job);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getString(1);
                }
            }
        });
    }
}
