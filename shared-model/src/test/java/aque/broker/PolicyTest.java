package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Audit;
import aque.farm.PolicyRule;
import aque.farm.PolicyRule.Layer;
import aque.farm.PolicyStore;
import aque.farm.Why;
import aque.openjd.JobDocument;
import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What jobs get by the site's policy, whichever program submits them.
final class PolicyTest {
    private TestFarm farm;
    private PolicyStore policy;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
        policy = new PolicyStore(farm.database);
    }

    @AfterEach
    void close() {
        assertThat(Audit.faults(farm.database)).isEmpty();
        farm.close();
    }

    private int add(Layer layer, String whom, Map<String, String> kind, Map<String, String> gives) {
        return policy.add(new PolicyRule(0, layer, whom, kind, gives), "wim");
    }

    private static NewTask task() {
        return TestFarm.command("a", -1);
    }

    private int priority(TaskId id) {
        return farm.farm.task(id).orElseThrow().priority();
    }

    private TaskId submit(int priority, Map<String, String> labels) {
        return farm.broker
                .submit(TestFarm.job(task()).withPriority(priority).withRules(JobRules.NONE.withLabels(labels)))
                .id();
    }

    @Test
    void theLaterLayerGoesAndEachValueSaysWhichRuleGaveIt() {
        var site = add(Layer.SITE, "*", Map.of(), Map.of("priority", "500", "parallel", "7"));
        var show = add(Layer.SHOW, "boat*", Map.of(), Map.of("priority", "800"));
        var boat = submit(1200, Map.of("show", "boat2"));
        var other = submit(1200, Map.of("show", "car"));
        assertThat(priority(boat)).isEqualTo(800);
        assertThat(priority(other)).isEqualTo(500);
        assertThat(policy.given(boat))
                .containsExactly(
                        "priority 800 by rule " + show + " of the show, 1200 was asked for",
                        "parallel 7 by rule " + site + " of the site");
        assertThat(new Why(farm.database).given(farm.farm.task(other).orElseThrow()))
                .contains("priority 500 by rule " + site + " of the site, 1200 was asked for");
        assertThat(policy.drop(site, "wim")).isTrue();
        assertThat(policy.drop(site, "wim")).isFalse();
        assertThat(priority(submit(1200, Map.of("show", "car")))).isEqualTo(1200);
    }

    @Test
    void aDefaultIsForWhoSaysNothingAndABoundForWhoAsksForMore() {
        add(Layer.USER, "ann", Map.of(), Map.of("default-priority", "700", "max-priority", "1500"));
        assertThat(priority(submit(1000, Map.of()))).isEqualTo(700);
        assertThat(priority(submit(1100, Map.of()))).isEqualTo(1100);
        assertThat(priority(submit(9000, Map.of()))).isEqualTo(1500);
        var bob = farm.broker
                .submit(TestFarm.job(task()).withOwner("bob").withPriority(9000))
                .id();
        assertThat(priority(bob)).isEqualTo(9000);
        assertThat(policy.given(bob)).isEmpty();
    }

    @Test
    void aRuleIsForJobsOfItsKindAlone() {
        add(
                Layer.SITE,
                "*",
                Map.of("title", "*proxy*,*preview*", "user", "!bob", "show", "boat"),
                Map.of("priority", "1"));
        var labels = JobRules.NONE.withLabels(Map.of("show", "boat"));
        var proxy = TestFarm.job(task()).withTitle("Boat Proxy 3").withRules(labels);
        assertThat(priority(farm.broker.submit(proxy).id())).isEqualTo(1);
        assertThat(priority(farm.broker.submit(proxy.withOwner("bob")).id())).isEqualTo(1000);
        assertThat(priority(farm.broker.submit(proxy.withTitle("Boat")).id())).isEqualTo(1000);
        assertThat(priority(farm.broker.submit(proxy.withRules(JobRules.NONE)).id()))
                .isEqualTo(1000);
    }

    @Test
    void aJobGoesToThePoolOfItsQueueAndIntoTheGroupOfItsShow() {
        add(Layer.SITE, "*", Map.of(), Map.of("default-pool", "cpu"));
        add(Layer.SHOW, "boat", Map.of(), Map.of("group", "boats"));
        add(Layer.QUEUE, "gpu", Map.of(), Map.of("priority", "1300"));
        var said = farm.broker
                .submit(TestFarm.job(task().withNeeds(Needs.ONE_CPU.withPool(List.of("gpu")))))
                .id();
        var unsaid = submit(1000, Map.of("show", "boat"));
        assertThat(priority(said)).isEqualTo(1300);
        assertThat(farm.farm.details(unsaid).orElseThrow().needs().attributes())
                .containsEntry(Needs.POOL, new Needs.Attribute(List.of("cpu"), List.of()));
        farm.broker.share(
                "boats", java.util.OptionalInt.of(1), java.util.OptionalInt.empty(), java.util.OptionalInt.of(900));
        assertThat(priority(submit(1000, Map.of("show", "boat")))).isEqualTo(900);
        assertThat(farm.acquire(farm.worker("node"), 9)).isEmpty();
    }

    @Test
    void tasksGetRetriesAndTimesAndAWorkerIsToldThem() {
        add(
                Layer.SITE,
                "*",
                Map.of(),
                Map.of("retries", "1", "max-timeout", "60", "default-stall", "30", "default-retry-delay", "0"));
        var own = TaskOptions.NONE.withTimeout(Duration.ofHours(1)).withStall(Duration.ofSeconds(5));
        var id = farm.broker.submit(TestFarm.job(task().withOptions(own))).id();
        var worker = farm.worker("node");
        var claim = farm.acquire(worker, 1).getFirst();
        assertThat(claim.options().timeLimit()).contains(Duration.ofSeconds(60));
        assertThat(claim.options().stallLimit()).contains(Duration.ofSeconds(5));
        farm.fail(worker, claim);
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        farm.fail(worker, farm.acquire(worker, 1).getFirst());
        assertThat(farm.state(id)).isEqualTo(TaskState.ERROR);
    }

    @Test
    void aStepIsPutBehindAndAnEnvironmentAround() {
        add(Layer.SITE, "*", Map.of(), Map.of("then", "publish it"));
        add(Layer.SITE, "*", Map.of(), Map.of("environment", "{\"name\":\"Site\",\"variables\":{},\"files\":[]}"));
        var document =
                "{\"name\":\"j\",\"extensions\":[],\"parameters\":[],\"environments\":[{\"name\":\"Own\",\"variables\":{},\"files\":[]}],"
                        + "\"steps\":[],\"pathMapping\":[]}";
        var job = farm.broker
                .submit(TestFarm.job(TestFarm.group("g", -1), TestFarm.command("a", 0), TestFarm.command("b", 0))
                        .withDocument(document))
                .id();
        assertThat(farm.states(job)).isEqualTo("a=pending b=pending g=pending then: publish it=waiting");
        assertThat(JobDocument.fromJson(farm.broker.document(job).orElseThrow()).environments())
                .extracting(e -> e.name())
                .containsExactly("Site", "Own");
        var worker = farm.worker("node");
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        assertThat(farm.states(job)).isEqualTo("a=success b=success g=pending then: publish it=pending");
        farm.acquire(worker, 9).forEach(c -> farm.succeed(worker, c));
        assertThat(farm.state(job)).isEqualTo(TaskState.SUCCESS);
    }
}
