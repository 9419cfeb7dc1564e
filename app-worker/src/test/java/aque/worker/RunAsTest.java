package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import aque.farm.Why;
import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that is root on a shared farm. A login is given to a job as its submission from another one would.
final class RunAsTest {
    private static final HouseRules SHARED =
            new HouseRules(1L << 30, HouseRules.OverMemory.WARN, Policy.EVERYTHING, HouseRules.RunAs.SUBMITTER);

    private final TestFarm farm = new TestFarm();

    @TempDir
    private Path folder;

    @BeforeEach
    void onlyAsRoot() {
        assumeThat(System.getProperty("user.name"))
                .as("only root can become others")
                .isEqualTo("root");
    }

    @AfterEach
    void stop() {
        farm.close();
    }

    private TaskId submit(String login, String script, TaskOptions options) {
        var id = farm.submit(new NewTask(
                "sh", new Work.Command(List.of("sh", "-c", script)), -1, List.of(), Needs.ONE_CPU, 0, options));
        farm.database.inTransaction(c -> {
            try (var s = c.createStatement()) {
                s.execute("UPDATE job SET login = '" + login + "' WHERE job_id = " + id);
                return s.executeUpdate(
                        "UPDATE lane SET rclass = req_class_of(1000, 0, '{}', '" + login + "') WHERE job_id = " + id);
            }
        });
        return id;
    }

    private static String told(String... command) throws IOException {
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aTaskIsItsSubmitterWithAllGroupsAndTheHomeAndItsOutputIsHisOwn() throws IOException {
        var first = submit("nobody", "id; echo $HOME $USER $LOGNAME; echo again >/dev/stdout", TaskOptions.NONE);
        var second = submit("daemon", "id", TaskOptions.NONE);
        try (var worker = RunningWorker.of(farm, SHARED)) {
            assertThat(worker.ended(first).state()).isEqualTo(TaskState.SUCCESS);
            assertThat(worker.ended(second).state()).isEqualTo(TaskState.SUCCESS);
            var home = told("getent", "passwd", "nobody").split(":")[5];
            assertThat(worker.text(first, Channel.STDOUT))
                    .isEqualTo(told("id", "nobody") + home + " nobody nobody\nagain\n");
            assertThat(worker.text(second, Channel.STDOUT)).isEqualTo(told("id", "daemon"));
        }
    }

    @Test
    void whoIsNotKnownHereAndRootWaitAndAreToldWhy() throws IOException {
        var unknown = submit("nobody-4711", "true", TaskOptions.NONE);
        var root = submit("root", "true", TaskOptions.NONE);
        var last = submit("nobody", "true", TaskOptions.NONE);
        try (var worker = RunningWorker.of(farm, SHARED)) {
            worker.ended(last);
            assertThat(farm.state(unknown)).isEqualTo(TaskState.PENDING);
            assertThat(farm.state(root)).isEqualTo(TaskState.PENDING);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(String.join(
                                    "\n",
                                    new Why(farm.database)
                                            .reasons(farm.farm.task(unknown).orElseThrow())))
                            .contains("user nobody-4711", "node1: nobody"));
        }
    }

    @Test
    void whatTheUserMayNotEnterOrReadIsANamedErrorThoughRootMay() throws IOException {
        var closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var entered = submit("nobody", "true", TaskOptions.NONE.withCwd(closed.toString()));
        var read = submit("nobody", "cat", TaskOptions.NONE.withStdinFile("/etc/shadow"));
        var copied = submit("nobody", "echo x", TaskOptions.NONE.withStdout(folder + "/copy"));
        try (var worker = RunningWorker.of(farm, SHARED)) {
            assertThat(worker.ended(entered).reason()).isEqualTo("no_cwd");
            assertThat(worker.ended(read).reason()).isEqualTo("no_stdin");
            assertThat(worker.ended(copied).reason()).isEqualTo("run_as");
            assertThat(folder.resolve("copy")).doesNotExist();
        }
    }
}
