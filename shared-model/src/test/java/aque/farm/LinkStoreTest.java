package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.Edge;
import aque.testing.TestFarm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkStoreTest {
    @Test
    void jobsThatWaitForTasksOfOthersAreLinkedBothWays() {
        try (var farm = new TestFarm()) {
            var links = new LinkStore(farm.database);
            var first = farm.submit(TestFarm.group("a", -1), TestFarm.command("sim", 0), TestFarm.command("bake", 0));
            var alone = farm.submit(TestFarm.command("alone", -1));
            var sim = farm.named(first, "sim");
            var second = farm.broker
                    .submit(TestFarm.job(TestFarm.group("b", -1), TestFarm.command("comp", 0))
                            .withAfter(List.of(sim)))
                    .id();

            assertThat(links.all()).containsExactly(new JobLink(first, second));
            assertThat(links.after(List.of(second, alone))).containsExactly(new JobLink(first, second));
            assertThat(links.of(alone)).isEqualTo(JobLinks.NONE);
            var out = links.of(first);
            assertThat(out.edges()).extracting(Edge::upstream).containsOnly(sim);
            assertThat(out.outside().values()).containsOnly(second);
            assertThat(links.of(second).outside()).isEqualTo(Map.of(sim, first));
        }
    }

    @Test
    void aRemovedJobLeavesNoLink() {
        try (var farm = new TestFarm()) {
            var first = farm.submit(TestFarm.command("sim", -1));
            var second = farm.broker
                    .submit(TestFarm.job(TestFarm.command("comp", -1)).withAfter(List.of(first)))
                    .id();
            farm.broker.cancel(List.of(second));
            farm.broker.remove(List.of(second));

            assertThat(new LinkStore(farm.database).all()).isEmpty();
        }
    }
}
