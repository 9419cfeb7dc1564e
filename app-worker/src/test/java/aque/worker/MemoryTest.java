package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemoryTest {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup/memory");
    private static final String GREEDY = "x=$(head -c 150000000 /dev/zero | tr '\\0' x); sleep 60";

    private final TestFarm farm = new TestFarm();

    @AfterEach
    void stop() {
        farm.close();
    }

    private TaskId submit(String script, long reserved) {
        var needs = new Needs(1000, reserved, "", "", new TreeMap<>(), new TreeMap<>());
        return farm.submit(new NewTask(
                "sh", new Work.Command(List.of("sh", "-c", script)), -1, List.of(), needs, 0, TaskOptions.NONE));
    }

    @Test
    void whoUsesMoreThanItHasReservedIsEndedWhereTheOperatorWantsIt() throws IOException {
        var rules = new HouseRules(1L << 30, HouseRules.OverMemory.KILL, Policy.EVERYTHING);
        try (var worker = RunningWorker.of(farm, rules)) {
            var id = submit(GREEDY, 20 << 20);
            assertThat(worker.ended(id).reason()).isEqualTo("over_memory");
            assertThat(worker.text(id, Channel.LOG))
                    .containsPattern("uses [0-9]+ MiB of memory and has reserved 20 MiB");
        }
    }

    @Test
    void whomTheKernelEndsForWantOfMemoryIsNamed() throws IOException {
        var group = GROUPS.resolve("aque-test-" + ProcessHandle.current().pid());
        assumeThat(Files.isWritable(GROUPS.resolve("memory.limit_in_bytes")) && Files.isWritable(GROUPS))
                .as("a group of a limited memory can be made here")
                .isTrue();
        Files.createDirectory(group);
        try (var worker = RunningWorker.of(farm)) {
            Files.writeString(group.resolve("memory.limit_in_bytes"), "60000000");
            var id = submit("echo $$ > " + group + "/cgroup.procs; " + GREEDY, 0);
            var end = worker.ended(id);
            assertThat(end.reason()).isEqualTo("out_of_memory");
            assertThat(worker.text(id, Channel.LOG)).contains("the kernel has killed it: no memory was left");
        } finally {
            Files.delete(group);
        }
    }
}
