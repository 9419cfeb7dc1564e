package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.log.Channel;
import aque.posix.Proc;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import aque.usage.UsageSample;
import aque.usage.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What an environment starts and leaves behind works for all tasks of its session: the adaptors of the Open Job
/// Description's tools do so.
final class DaemonTest {
    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    @TempDir
    private Path folder;

    /// Answers what is asked of it by files, tells so on the output that it inherited, and heeds no TERM.
    private static final String DAEMON = """
            specificationVersion: jobtemplate-2023-09
            name: Render
            steps:
            - name: Frame
              hostRequirements: {amounts: [{name: amount.worker.vcpu, min: 4}]}
              stepEnvironments:
              - name: Tool
                script:
                  actions:
                    onEnter: {command: sh, args: ['{{Env.File.Start}}']}
                    onExit: {command: sh, args: ['-c', 'echo leaving; cp pid %s/left']}
                  embeddedFiles:
                  - name: Start
                    type: TEXT
                    data: |
                      (trap '' TERM; while :; do [ -e ask ] && { mv ask asked; echo "does $(cat asked)"; mv asked done; }; sleep 0.02; done) &
                      echo $! > pid
                      echo started
              parameterSpace:
                taskParameterDefinitions:
                - {name: N, type: INT, range: 1-2}
              script:
                actions:
                  onRun: {command: sh, args: ['{{Task.File.Run}}']}
                embeddedFiles:
                - name: Run
                  type: TEXT
                  data: |
                    rm -f done; echo {{Task.Param.N}} > next; mv next ask
                    until [ -e done ]; do sleep 0.02; done; sleep %s
                    echo "pid $(cat pid)"
            """;

    private TaskId submit(String rest) throws IOException {
        var file = Files.writeString(folder.resolve("job.yaml"), DAEMON.formatted(folder, rest));
        return farm.broker
                .submit(Offers.of(file).submission(Offer.Values.of(Map.of(), folder, "ann")))
                .id();
    }

    private String out(TaskId job, String name) {
        return worker.text(farm.named(job, name), Channel.STDOUT);
    }

    private void isGone(String pid) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Proc.of(Long.parseLong(pid)).isEmpty());
    }

    @Repeated
    void whatAnEnvironmentLeavesBehindServesAllTasksAndGoesWithIt() throws IOException {
        var job = submit("0");
        assertThat(worker.ended(job).state()).isEqualTo(TaskState.SUCCESS);
        var pid = out(job, "N=1").replaceAll("(?s).*pid (\\d+)\n.*", "$1");
        assertThat(out(job, "N=1")).startsWith("started\n").contains("does 1\n", "pid " + pid + "\n");
        assertThat(out(job, "N=2")).doesNotContain("started").contains("does 2\n", "pid " + pid + "\n");
        isGone(pid);
        assertThat(folder.resolve("left")).content().isEqualTo(pid + "\n");
    }

    @Test
    void itIsCountedWithTheTaskAndEndsWithOneThatIsKilled() throws IOException {
        var job = submit("600");
        var task = farm.named(job, "N=1");
        worker.running(task);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> worker.text(task, Channel.STDOUT).contains("does 1"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> new UsageStore(farm.database)
                        .read(task, 1, Instant.EPOCH).stream().anyMatch(DaemonTest::isOfMoreThanTheTask));
        farm.broker.kill(java.util.List.of(job));
        assertThat(worker.ended(task).state()).isEqualTo(TaskState.KILLED);
        isGone(Files.readString(folder.resolve("left")).strip());
    }

    /// A shell and its sleep, and those of the daemon.
    private static boolean isOfMoreThanTheTask(UsageSample sample) {
        return sample.processes() > 2;
    }
}
