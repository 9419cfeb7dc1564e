package aque.desktop.graph;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.JobLink;
import aque.task.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FarmPlanTest {
    private final FarmPlan plan = new FarmPlan();

    @Test
    void everyCardIsFoundWhereItLiesAndInsideTheBounds() {
        var jobs = jobs(1, 500);
        plan.follow(jobs, Set.of());

        var bounds = plan.bounds();
        assertThat(jobs).allSatisfy(job -> {
            var card = plan.card(job).orElseThrow();
            assertThat(plan.at(card.middleX(), card.middleY())).contains(job);
            assertThat(bounds.contains(card.x(), card.y())).isTrue();
            assertThat(bounds.contains(card.x() + card.width(), card.y() + card.height()))
                    .isTrue();
        });
    }

    @Test
    void aCardStaysWhereItIsWhileJobsComeAndGo() {
        plan.follow(jobs(1, 40), Set.of());
        var before = new HashMap<TaskId, Object>();
        jobs(11, 40).forEach(job -> before.put(job, plan.card(job)));

        plan.follow(jobs(11, 90), Set.of());

        before.forEach((job, card) -> assertThat(plan.card(job)).isEqualTo(card));
        assertThat(plan.card(new TaskId(3))).isEmpty();
        assertThat(jobs(11, 90).stream().map(plan::card).distinct()).hasSize(80);
    }

    @Test
    void jobsThatWaitForEachOtherLieSideBySide() {
        plan.follow(jobs(1, 100), Set.of(new JobLink(new TaskId(5), new TaskId(90))));

        var one = plan.card(new TaskId(5)).orElseThrow();
        var other = plan.card(new TaskId(90)).orElseThrow();
        double apart = Math.hypot(one.x() - other.x(), one.y() - other.y());
        assertThat(apart).isLessThanOrEqualTo(FarmPlan.WIDTH + FarmPlan.GAP_X);
    }

    private static List<TaskId> jobs(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(TaskId::new).toList();
    }
}
