package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.farm.Why;
import aque.farm.WorkerView;
import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a worker works and what it gives, as its operator, its machine's user and the farm say.
final class HabitsTest {
    private final TestFarm farm = new TestFarm();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        farm.close();
    }

    private RunningWorker worker(Map<String, Double> amounts, Habits habits) throws IOException {
        return new RunningWorker(
                farm,
                new WorkerOptions(
                        "node1",
                        4000,
                        4L << 30,
                        amounts,
                        Map.of(),
                        WorkerOptions.Mode.FOREVER,
                        Optional.empty(),
                        false,
                        HouseRules.USUAL,
                        habits));
    }

    private TaskId submit(String script, Needs needs) {
        return farm.submit(new NewTask(
                "sh", new Work.Command(List.of("sh", "-c", script)), -1, List.of(), needs, 0, TaskOptions.NONE));
    }

    private static ConditionFactory patient() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private WorkerView seen() {
        return farm.farm.workers().getFirst();
    }

    @Test
    void aMachineWhoseUserIsThereTakesNothingAndGivesBackWhatItRuns() throws IOException {
        var silence = Files.writeString(folder.resolve("silence"), "0");
        var rule = new Habits.Idle(Duration.ofMinutes(10), Optional.of("cat " + silence));
        try (var worker =
                worker(Map.of(), new Habits(Optional.empty(), Optional.of(rule), Optional.empty(), Map.of()))) {
            patient().until(() -> seen().capabilities().attributes().containsKey(Needs.IN_USE));
            var id = submit("sleep 1000", Needs.ONE_CPU);
            assertThat(new Why(farm.database).reasons(farm.farm.task(id).orElseThrow()))
                    .anyMatch(why -> why.contains("a machine that nobody sits at"));
            Files.writeString(silence, "600001");
            worker.running(id);
            Files.writeString(silence, "12");
            patient().until(() -> farm.state(id) == TaskState.PENDING);
            assertThat(farm.farm.task(id).orElseThrow().attempt()).isEqualTo(1);
        }
    }

    @Test
    void whatTheFarmSaysOfAWorkerCountsUpToWhatItsOwnFileAllows() throws IOException {
        try (var worker = worker(Map.of(), Habits.NONE)) {
            farm.broker.setWorkers(List.of("node1"), "{\"cpus\":64000,\"memory\":1073741824,\"pools\":[\"night\"]}");
            patient().until(() -> seen().memory() == 1L << 30);
            assertThat(seen().cpuMilli()).isEqualTo(4000);
            assertThat(worker.ended(submit("true", Needs.ONE_CPU.withPool(List.of("night"))))
                            .state())
                    .isEqualTo(TaskState.SUCCESS);
            farm.broker.setWorkers(List.of("node1"), "{\"memory\":null,\"hours\":\"00:00-00:00\",\"cpus\":2000}");
            patient().until(() -> seen().cpuMilli() == 2000);
            assertThat(seen().memory()).isEqualTo(4L << 30);
            assertThat(seen().capabilities().attributes())
                    .containsEntry(Needs.POOL, Set.of("night"))
                    .containsEntry(Needs.HOURS, Set.of("00:00-00:00"));
        }
    }

    @Test
    void theFarmMakesAWorkerAnIdleMachineAndHasItReload() throws IOException {
        var own = new Habits(Optional.empty(), Optional.empty(), Optional.of("echo 1000"), Map.of());
        try (var worker = worker(Map.of(), own)) {
            var asked = new CountDownLatch(1);
            worker.worker.onReload(asked::countDown);
            farm.broker.setWorkers(List.of("node1"), "{\"idleAfter\":600}");
            patient().until(() -> seen().capabilities().attributes().containsKey(Needs.IN_USE));
            assertThat(seen().capabilities().attributes()).containsEntry(Needs.IDLE_AFTER, Set.of("600"));
            farm.broker.setWorkers(List.of("node1"), "{\"idleAfter\":null}");
            patient().until(() -> !seen().capabilities().attributes().containsKey(Needs.IN_USE));
            assertThat(farm.broker.reloadWorkers(List.of(seen().id()))).containsExactly(seen().id());
            patient().until(() -> asked.getCount() == 0);
            assertThat(seen().state()).isEqualTo("up");
        }
    }

    @Test
    void aLimitOfTheFarmIsWhatACommandCounts() throws IOException {
        var desks = Files.writeString(folder.resolve("licences"), "3\n");
        var limits = Map.of("nuke", "cat " + desks, "broken", "echo many");
        try (var worker = worker(Map.of(), new Habits(Optional.empty(), Optional.empty(), Optional.empty(), limits))) {
            patient()
                    .until(() ->
                            farm.farm.limits().stream().anyMatch(l -> l.name().equals("nuke") && l.most() == 3));
            assertThat(worker.works()).isTrue();
        }
    }

    @Test
    void tasksSeeTheirOwnGpusOnly() throws IOException {
        try (var worker = worker(Map.of(Needs.GPUS, 2.0), Habits.NONE)) {
            var told = "echo $CUDA_VISIBLE_DEVICES; until [ -e " + folder.resolve("go") + " ]; do sleep 0.05; done";
            var one = submit(told, Needs.ONE_CPU.withGpus(1));
            var two = submit(told, Needs.ONE_CPU.withGpus(1));
            var both = submit("echo $CUDA_VISIBLE_DEVICES", Needs.ONE_CPU.withGpus(2));
            var none = submit("echo ${CUDA_VISIBLE_DEVICES-all}", Needs.ONE_CPU);
            worker.ended(none);
            worker.running(one);
            worker.running(two);
            Files.createFile(folder.resolve("go"));
            assertThat(worker.ended(both).state()).isEqualTo(TaskState.SUCCESS);
            assertThat(List.of(worker.text(one, Channel.STDOUT), worker.text(two, Channel.STDOUT)))
                    .containsExactlyInAnyOrder("0\n", "1\n");
            assertThat(worker.text(both, Channel.STDOUT)).isEqualTo("0,1\n");
            assertThat(worker.text(none, Channel.STDOUT)).isEqualTo("all\n");
        }
    }
}
