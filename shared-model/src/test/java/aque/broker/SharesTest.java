package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.FarmShare;
import aque.farm.Why;
import aque.schedule.Capabilities;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who gets how much of the farm, and which machines.
final class SharesTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    private TestFarm farm;
    private WorkerSession worker;

    @BeforeEach
    void farm() {
        farm = new TestFarm("aque.share_every=0");
        worker = farm.worker("node1");
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void ofEqualPrioritiesWhoHasLeastForHisWeightGoesFirst() {
        farm.broker.share("comp", OptionalInt.of(1), NONE, NONE);
        farm.broker.share("light", OptionalInt.of(3), NONE, NONE);
        submit("comp", 9, 1000);
        submit("light", 9, 1000);
        assertThat(taken(8)).isEqualTo(Map.of("comp", 2L, "light", 6L));
    }

    @Test
    void whatAShareDoesNotUseTheOthersHave() {
        farm.broker.share("comp", OptionalInt.of(1), NONE, NONE);
        farm.broker.share("light", OptionalInt.of(3), NONE, NONE);
        submit("comp", 6, 1000);
        assertThat(taken(6)).isEqualTo(Map.of("comp", 6L));
        submit("light", 6, 1000);
        submit("comp", 6, 1000);
        assertThat(taken(4)).isEqualTo(Map.of("light", 4L));
    }

    @Test
    void aHigherPriorityGoesBeforeAnyShare() {
        farm.broker.share("comp", OptionalInt.of(1), NONE, NONE);
        submit("comp", 3, 2000);
        submit("light", 3, 1000);
        assertThat(taken(3)).isEqualTo(Map.of("comp", 3L));
    }

    @Test
    void withoutSharesTheOldestGoesFirst() {
        submit("comp", 3, 1000);
        submit("light", 3, 1000);
        farm.broker.share("comp", OptionalInt.of(1), NONE, NONE);
        farm.broker.shareOff("comp");
        assertThat(taken(3)).isEqualTo(Map.of("comp", 3L));
        assertThat(farm.farm.shares()).isEmpty();
    }

    @Test
    void aShareHasNoMoreCpusAtOnceThanItMay() {
        farm.broker.share("comp", NONE, OptionalInt.of(2000), NONE);
        var job = submit("comp", 4, 1000);
        assertThat(farm.acquire(worker, 9)).hasSize(2);
        var why = new Why(farm.database)
                .reasons(farm.farm.task(farm.named(job, "comp3")).orElseThrow());
        assertThat(why).contains("the share comp has 2 of the 2 cpus that it may have at once");
        assertThat(farm.farm.shares()).containsExactly(new FarmShare("comp", 1, OptionalInt.of(2000), NONE, 2000));
    }

    @Test
    void aShareThatIsSetAnewKeepsNoBoundOfBefore() {
        farm.broker.share("comp", OptionalInt.of(3), OptionalInt.of(2000), OptionalInt.of(1500));
        farm.broker.shareAnew("comp", 2, NONE, OptionalInt.of(1200));
        assertThat(farm.farm.shares()).containsExactly(new FarmShare("comp", 2, NONE, OptionalInt.of(1200), 0));
    }

    @Test
    void aHigherPriorityThanTheShareMayHaveIsNotGranted() {
        farm.broker.share("ann", NONE, NONE, OptionalInt.of(1500));
        var job = farm.broker
                .submit(TestFarm.job(TestFarm.command("a", -1)).withPriority(9999))
                .id();
        assertThat(farm.farm.task(job).orElseThrow().priority()).isEqualTo(1500);
        farm.broker.priority(1200, List.of(job));
        assertThat(farm.farm.task(job).orElseThrow().priority()).isEqualTo(1200);
        farm.broker.priority(8000, List.of(job));
        assertThat(farm.farm.task(job).orElseThrow().priority()).isEqualTo(1500);
    }

    @Test
    void whatHasMoreThanItsShareMayHaveIsBroughtDown() {
        var job = farm.broker
                .submit(TestFarm.job(TestFarm.command("a", -1)).withPriority(9999))
                .id();
        farm.broker.share("ann", NONE, NONE, OptionalInt.of(1500));
        assertThat(farm.farm.task(job).orElseThrow().priority()).isEqualTo(1500);
    }

    @Test
    void aTaskOfAPoolRunsOnWorkersOfThePoolAlone() {
        var light = machine(Map.of(Needs.POOL, Set.of("light", "comp")));
        var only = machine(Map.of(Needs.POOL, Set.of("light"), Needs.POOL_ONLY, Set.of("yes")));
        var none = machine(Map.of());
        var pooled = Needs.ONE_CPU.withPool(List.of("light"));
        assertThat(Stream.of(light, only, none).map(w -> Fit.fits(pooled, w))).containsExactly(true, true, false);
        assertThat(Stream.of(light, only, none).map(w -> Fit.fits(Needs.ONE_CPU, w)))
                .containsExactly(true, false, true);
        assertThat(Fit.misses(pooled, none)).containsExactly(new Fit.Miss("pool any of light", "none"));
        assertThat(Fit.fits(Needs.ONE_CPU.withTags(List.of("ssd", "fast")), machine(Map.of(Needs.TAG, Set.of("ssd")))))
                .isFalse();
    }

    @Test
    void gpusOfAMachineAreReserved() {
        var two = new Capabilities("node2", "linux", "ann", 4000, 8L << 30, Map.of(Needs.GPUS, 2.0), Map.of());
        var gpu = farm.broker.hello("node2", two, "test");
        var job = farm.submit(
                TestFarm.group("job", -1), onGpus("a", 1), onGpus("b", 1), onGpus("c", 1), TestFarm.command("d", 0));
        var classes = farm.broker.classes(0).keySet();
        var taken = farm.broker.acquire(gpu, new Room(classes, 4000, 4000, 8L << 30, 9));
        assertThat(taken).extracting(Claim::name).containsExactly("a", "b", "d");
        assertThat(new Why(farm.database)
                        .reasons(farm.farm.task(farm.named(job, "c")).orElseThrow()))
                .containsExactly("needs 1 of the gpus, which are in use: node2 2 of 2");
        farm.succeed(gpu, taken.getFirst());
        assertThat(farm.broker.acquire(gpu, new Room(classes, 4000, 4000, 8L << 30, 9)))
                .extracting(Claim::name)
                .containsExactly("c");
        assertThat(Fit.fits(Needs.ONE_CPU.withGpus(3), two)).isFalse();
    }

    private static NewTask onGpus(String name, int count) {
        var task = TestFarm.command(name, 0);
        return new NewTask(name, task.work(), 0, List.of(), Needs.ONE_CPU.withGpus(count), 0, task.options());
    }

    private static Capabilities machine(Map<String, Set<String>> attributes) {
        return new Capabilities("node", "linux", "ann", 4000, 8L << 30, Map.of(), attributes);
    }

    private TaskId submit(String group, int tasks, int priority) {
        var all = Stream.concat(
                Stream.of(TestFarm.group(group, -1)),
                IntStream.range(0, tasks).mapToObj(i -> TestFarm.command(group + i, 0)));
        return farm.broker
                .submit(TestFarm.job(all.toArray(NewTask[]::new))
                        .withPriority(priority)
                        .withRules(JobRules.NONE.withShare(group)))
                .id();
    }

    /// How many tasks of each share come when one after the other is taken by machines with room.
    private Map<String, Long> taken(int most) {
        return IntStream.range(0, most)
                .mapToObj(i -> farm.acquire(worker, 1).getFirst().name().replaceAll("[0-9]", ""))
                .collect(Collectors.groupingBy(n -> n, Collectors.counting()));
    }
}
