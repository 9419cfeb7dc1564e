package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import aque.submit.JobRules;
import aque.testing.TestFarm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the farm did, added up once each, whether its jobs are still there or not.
final class StatTest {
    @Test
    void whatHasEndedIsAddedUpOnceByHostGroupAndDay() {
        try (var farm = new TestFarm()) {
            var stats = new StatStore(farm.database);
            var job = farm.broker
                    .submit(TestFarm.job(
                                    TestFarm.group("g", -1),
                                    TestFarm.command("a", 0),
                                    TestFarm.command("b", 0),
                                    TestFarm.command("c", 0))
                            .withRules(JobRules.NONE.withShare("comp")))
                    .id();
            var one = farm.worker("node1");
            var two = farm.worker("node2");
            farm.succeed(one, farm.acquire(one, 1).getFirst());
            farm.fail(two, farm.acquire(two, 1).getFirst());
            var last = farm.acquire(two, 1).getFirst();
            farm.sql(
                    "UPDATE attempt SET started_at = started_at - interval '100 s', ended_at = ended_at - interval '2 minutes'");
            farm.sql("UPDATE job SET created_at = created_at - interval '1 hour'");
            farm.sql("UPDATE task SET started_at = started_at - interval '2 minutes' WHERE started_at IS NOT NULL");
            stats.addUp();
            stats.addUp();
            farm.succeed(two, last);
            farm.sql("UPDATE attempt SET ended_at = (SELECT upto FROM stat_mark) + interval '1 ms' WHERE task_id = "
                    + last.task());
            farm.sql("SELECT aque.add_up('-1 s')");
            farm.broker.remove(List.of(job));
            var from = Instant.now().minus(Duration.ofDays(2));
            assertThat(stats.since(from, WorkStat.By.HOST))
                    .extracting(s -> s.name() + " " + s.done() + " " + s.failed())
                    .containsExactlyInAnyOrder("node1 1 0", "node2 1 1");
            var comp = stats.since(from, WorkStat.By.GROUP).getFirst();
            assertThat(comp.name() + " " + comp.done() + " " + comp.failed() + " " + comp.lost())
                    .isEqualTo("comp 2 1 0");
            assertThat(comp.waste()).isBetween(0.05, 0.95);
            assertThat(comp.waited().orElseThrow()).isGreaterThan(Duration.ofMinutes(50));
            assertThat(stats.since(from, WorkStat.By.DAY)).isNotEmpty();
            assertThat(stats.since(Instant.now().plus(Duration.ofHours(2)), WorkStat.By.HOST))
                    .isEmpty();
        }
    }
}
