package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyTest {
    @TempDir
    private Path folder;

    private Policy policy(String text) throws IOException {
        return Policy.read(Files.writeString(folder.resolve("policy"), text));
    }

    private static boolean allows(Policy policy, String program, String user) {
        return policy.allows(program, user, () -> {
            throw new AssertionError("no line asks for the queue");
        });
    }

    @Test
    void aLineMayBeOfAQueue() throws IOException {
        var policy = policy("deny blender queue=gpu* user=ann\nallow * queue=*\n");
        assertThat(policy.allows("blender", "ann", () -> "gpu2")).isFalse();
        assertThat(policy.allows("blender", "bob", () -> "gpu2")).isTrue();
        assertThat(policy.allows("blender", "ann", () -> "")).isTrue();
    }

    @Test
    void theFirstLineThatMatchesDecides() throws IOException {
        var policy = policy("# ours\n\ndeny rm\nallow /opt/*/bin/* user=ann\nallow sh\n");

        assertThat(allows(policy, "sh", "bob")).isTrue();
        assertThat(allows(policy, "/bin/sh", "bob")).isTrue();
        assertThat(allows(policy, "/usr/bin/rm", "ann")).isFalse();
        assertThat(allows(policy, "/opt/tool/bin/render", "ann")).isTrue();
        assertThat(allows(policy, "/opt/tool/bin/render", "bob")).isFalse();
        assertThat(allows(policy, "wash", "ann")).isFalse();
    }

    @Test
    void whatIsOnlyDeniedLeavesTheRestAllowed() throws IOException {
        assertThat(allows(policy("deny rm"), "sh", "bob")).isTrue();
        assertThat(allows(policy(""), "sh", "bob")).isTrue();
        assertThat(allows(Policy.EVERYTHING, "sh", "bob")).isTrue();
    }

    @Test
    void aLineThatIsWrongIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy("allow sh\npermit rm\n"))
                .withMessageContaining("policy:2: `allow GLOB`");
    }

    @Repeated
    void aProgramThatIsNotAllowedIsRefusedWithAReason() throws IOException {
        var rules = new HouseRules(1L << 30, HouseRules.OverMemory.WARN, policy("deny tr*"));
        try (var farm = new TestFarm();
                var worker = RunningWorker.of(farm, rules)) {
            var id = farm.submit(new NewTask(
                    "t", new Work.Command(List.of("true")), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE));
            assertThat(worker.ended(id).reason()).isEqualTo("not_allowed");
            assertThat(worker.text(id, Channel.LOG)).contains("this worker's policy does not allow true");
        }
    }

    @Test
    void theQueueIsThePoolThatTheJobAsksFor() throws IOException {
        var rules = new HouseRules(1L << 30, HouseRules.OverMemory.WARN, policy("deny true queue=gpu"));
        var pools = Map.of(Needs.POOL, Set.of("gpu", "light"));
        var mode = WorkerOptions.Mode.FOREVER;
        var options = new WorkerOptions("node1", 4000, 4L << 30, Map.of(), pools, mode, Optional.empty(), false, rules);
        try (var farm = new TestFarm();
                var worker = new RunningWorker(farm, options)) {
            for (var pool : List.of("gpu", "light")) {
                var needs = Needs.ONE_CPU.withPool(List.of(pool));
                var id = farm.submit(
                        new NewTask("t", new Work.Command(List.of("true")), -1, List.of(), needs, 0, TaskOptions.NONE));
                assertThat(worker.ended(id).reason()).isEqualTo(pool.equals("gpu") ? "not_allowed" : "");
            }
        }
    }
}
