package aque.desktop.graph;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.layout.GraphLayout.Spot;
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

    @Test
    void whatReachesIntoAPartOfTheGroundIsFoundThereAndNothingFarFromIt() {
        plan.follow(jobs(1, 5000), Set.of());
        var part = new Spot(3 * 276 + 100, 5 * 132 + 20, 276, 20);

        assertThat(plan.in(part))
                .containsExactlyInAnyOrderElementsOf(jobs(1, 5000).stream()
                        .filter(job -> plan.card(job)
                                .filter(card -> card.x() < part.x() + part.width()
                                        && card.x() + card.width() > part.x()
                                        && card.y() < part.y() + part.height()
                                        && card.y() + card.height() > part.y())
                                .isPresent())
                        .toList());
        assertThat(plan.in(plan.bounds())).hasSize(5000);
    }

    private static List<TaskId> jobs(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(TaskId::new).toList();
    }
}
