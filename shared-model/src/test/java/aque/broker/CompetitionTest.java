package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Inside one priority the tasks of all jobs compete with each other, not their jobs (A16, A73, A74, P34).
final class CompetitionTest {
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
    void longerTasksOfAllJobsGoFirst() {
        farm.submit(TestFarm.group("a", -1), lasting("a1", 1), lasting("a5", 5), lasting("a3", 3));
        farm.submit(TestFarm.group("b", -1), lasting("b4", 4), lasting("b2", 2), lasting("b6", 6));
        assertThat(order(6)).containsExactly("b6", "a5", "b4", "a3", "b2", "a1");
    }

    @Test
    void oneTakenAfterTheOtherTheyKeepTheSameOrder() {
        farm.submit(TestFarm.group("a", -1), lasting("a1", 1), lasting("a5", 5), lasting("a3", 3));
        farm.submit(TestFarm.group("b", -1), lasting("b4", 4), lasting("b2", 2), lasting("b6", 6));
        assertThat(List.of(order(1), order(2), order(1), order(2)))
                .containsExactly(List.of("b6"), List.of("a5", "b4"), List.of("a3"), List.of("b2", "a1"));
    }

    @Test
    void equalTasksGoByAge() {
        farm.submit(TestFarm.group("a", -1), lasting("a1", 0), lasting("a2", 0));
        farm.submit(TestFarm.group("b", -1), lasting("b1", 0), lasting("b2", 0));
        assertThat(order(4)).containsExactly("a1", "a2", "b1", "b2");
    }

    @Test
    void theLongerCriticalPathGoesBeforeTheLongerTask() {
        farm.submit(lasting("alone", -1, 100));
        farm.submit(
                TestFarm.group("job", -1),
                TestFarm.command("first", 0),
                TestFarm.command("then", 0, 1),
                TestFarm.command("last", 0, 2),
                TestFarm.command("aside", 0));
        assertThat(order(3)).containsExactly("first", "alone", "aside");
    }

    @Test
    void membersOfAGroupThatAGroupWaitsForHaveItsPathBehindThem() {
        farm.submit(
                TestFarm.group("job", -1),
                TestFarm.command("aside", 0),
                TestFarm.group("make", 0),
                TestFarm.group("use", 0, 2),
                TestFarm.command("m1", 2),
                TestFarm.command("u1", 3));
        assertThat(order(2)).containsExactly("m1", "aside");
    }

    @Test
    void whatAnotherJobWaitsForGoesBeforeItsPeers() {
        var first = farm.submit(TestFarm.group("a", -1), lasting("a1", 0));
        var needed = farm.submit(TestFarm.group("b", -1), lasting("b1", 0));
        farm.broker.submit(TestFarm.job(TestFarm.command("c", -1)).withAfter(List.of(needed)));
        assertThat(order(2)).containsExactly("b1", "a1");
        assertThat(first).isLessThan(needed);
    }

    @Test
    void priorityBeatsEverything() {
        farm.submit(TestFarm.group("a", -1), lasting("long", 99));
        farm.broker.submit(TestFarm.job(TestFarm.command("urgent", -1)).withPriority(1001));
        assertThat(order(2)).containsExactly("urgent", "long");
    }

    @Test
    void ofEqualTasksOneWithIdlePathsGoesFirst() {
        farm.submit(reading("busy", "/mnt/a"));
        farm.submit(reading("idle", "/mnt/b"));
        var classes = farm.broker.classes(0).keySet();
        var taken = farm.broker.acquire(worker, new Room(classes, 4000, 4000, 0, 2, List.of("/mnt/a")));
        assertThat(taken.stream().map(Claim::name)).containsExactly("idle", "busy");
    }

    @Test
    void whatDoesNotFitIsPassedOver() {
        farm.submit(needing("big", 8000));
        farm.submit(needing("small", 1000));
        assertThat(order(2)).containsExactly("small");
    }

    @Test
    void manyJobsGiveTheirBestOnly() {
        var expected = new ArrayList<String>();
        for (var i = 0; i < 60; i++) {
            farm.submit(TestFarm.group("j" + i, -1), lasting("x" + i, 60 - i), lasting("y" + i, 1000 + i));
            expected.addFirst("y" + i);
        }
        assertThat(order(4)).isEqualTo(expected.subList(0, 4));
        assertThat(order(9)).isEqualTo(expected.subList(4, 13));
        var classes = farm.broker.classes(0).keySet();
        var rest = farm.broker.acquire(worker, new Room(classes, 4000, 1_000_000, 0, 500));
        assertThat(rest).hasSize(107);
        assertThat(rest.stream().map(Claim::task)).doesNotHaveDuplicates();
    }

    @Test
    void aSerialJobKeepsItsOrderAndNeverOverlaps() {
        farm.broker.submit(TestFarm.job(TestFarm.group("s", -1), lasting("s1", 1), lasting("s2", 9), lasting("s3", 5))
                .withRules(JobRules.NONE.withSerial()));
        for (var name : List.of("s1", "s2", "s3")) {
            var taken = farm.acquire(worker, 9);
            assertThat(taken.stream().map(Claim::name)).containsExactly(name);
            taken.forEach(c -> farm.succeed(worker, c));
        }
    }

    private List<String> order(int n) {
        return farm.acquire(worker, n).stream().map(Claim::name).toList();
    }

    private static NewTask lasting(String name, double duration) {
        return lasting(name, 0, duration);
    }

    private static NewTask lasting(String name, int parent, double duration) {
        return new NewTask(
                name,
                new Work.Command(List.of("true")),
                parent,
                List.of(),
                Needs.ONE_CPU.withCpu(100),
                duration,
                TaskOptions.NONE);
    }

    private static NewTask needing(String name, int cpuMilli) {
        return new NewTask(
                name,
                new Work.Command(List.of("true")),
                -1,
                List.of(),
                Needs.ONE_CPU.withCpu(cpuMilli),
                0,
                TaskOptions.NONE);
    }

    private static NewTask reading(String name, String... paths) {
        return TestFarm.command(name, -1).withOptions(TaskOptions.NONE.withIoPaths(Arrays.asList(paths)));
    }
}
