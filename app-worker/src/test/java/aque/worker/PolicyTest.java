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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyTest {
    @TempDir
    private Path folder;

    private Policy policy(String text) throws IOException {
        return Policy.read(Files.writeString(folder.resolve("policy"), text));
    }

    @Test
    void theFirstLineThatMatchesDecides() throws IOException {
        var policy = policy("# ours\n\ndeny rm\nallow /opt/*/bin/* user=ann\nallow sh\n");

        assertThat(policy.allows("sh", "bob")).isTrue();
        assertThat(policy.allows("/bin/sh", "bob")).isTrue();
        assertThat(policy.allows("/usr/bin/rm", "ann")).isFalse();
        assertThat(policy.allows("/opt/tool/bin/render", "ann")).isTrue();
        assertThat(policy.allows("/opt/tool/bin/render", "bob")).isFalse();
        assertThat(policy.allows("wash", "ann")).isFalse();
    }

    @Test
    void whatIsOnlyDeniedLeavesTheRestAllowed() throws IOException {
        assertThat(policy("deny rm").allows("sh", "bob")).isTrue();
        assertThat(policy("").allows("sh", "bob")).isTrue();
        assertThat(Policy.EVERYTHING.allows("sh", "bob")).isTrue();
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
}
