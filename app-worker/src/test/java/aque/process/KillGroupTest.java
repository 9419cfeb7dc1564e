package aque.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import aque.posix.Proc;
import aque.posix.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KillGroupTest {
    @BeforeEach
    void onlyWhereGroupsCanBeMade() {
        assumeThat(KillGroup.possible())
                .as("this user may make groups (cgroup v2) here")
                .isTrue();
    }

    @Test
    void whatIsBornInAGroupDiesWithIt() throws Exception {
        var mark = UUID.randomUUID().toString();
        var process = new ProcessBuilder("sh", "-c", "read go; setsid -f sleep 999; sleep 999");
        process.environment().put("MARK", mark);
        var parent = process.start();
        try (var group = KillGroup.make("test-" + mark).orElseThrow()) {
            assertThat(group.take(Proc.of(parent.pid()).orElseThrow().id())).isTrue();
            go(parent);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Commands.alive(mark).size() == 3);

            assertThat(group.kill()).isTrue();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Commands.alive(mark).isEmpty());
            assertThat(parent.waitFor()).isEqualTo(128 + Signal.KILL);
        }
    }

    @Test
    void aProcessThatIsGoneIsNotTaken() throws Exception {
        var process = new ProcessBuilder("sleep", "999").start();
        var id = Proc.of(process.pid()).orElseThrow().id();
        process.destroyForcibly().waitFor();
        try (var group = KillGroup.make("test-" + ProcessHandle.current().pid()).orElseThrow()) {
            assertThat(group.take(id)).isFalse();
        }
    }

    private static void go(Process process) throws IOException {
        try (var in = process.outputWriter()) {
            in.write("go\n");
        }
    }
}
