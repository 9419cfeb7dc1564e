package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import aque.farm.Why;
import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Offer;
import aque.submit.Offers;
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
import java.util.Map;
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
        give(id, login);
        return id;
    }

    private void give(TaskId job, String login) {
        farm.sql("UPDATE job SET login = '" + login + "' WHERE job_id = " + job);
        farm.sql("UPDATE lane l SET rclass = req_class_of(q.cpu_m, q.memory, q.needs, '" + login
                + "') FROM req_class q WHERE q.rclass = l.rclass AND l.job_id = " + job);
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
        var copied = submit("nobody", "echo x", TaskOptions.NONE.withStdout(closed + "/copy"));
        try (var worker = RunningWorker.of(farm, SHARED)) {
            assertThat(worker.ended(entered).reason()).isEqualTo("no_cwd");
            assertThat(worker.ended(read).reason()).isEqualTo("no_stdin");
            assertThat(worker.ended(copied).reason()).isEqualTo("output_file");
            assertThat(closed.resolve("copy")).doesNotExist();
        }
    }

    @Test
    void aCopyOfTheOutputIsTheUsersOwnFile() throws IOException {
        var open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        var id = submit("nobody", "seq 100000", TaskOptions.NONE.withStdout(open + "/copy"));
        try (var worker = RunningWorker.of(farm, SHARED)) {
            assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
            assertThat(open.resolve("copy")).hasBinaryContent(worker.bytes(id, Channel.STDOUT));
            assertThat(Files.getOwner(open.resolve("copy")).getName()).isEqualTo("nobody");
        }
    }

    @Test
    void aSessionAndItsFilesAreTheUsersOwnAndGoWithIt() throws IOException {
        var template = Files.writeString(folder.resolve("job.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: Session
                steps:
                - name: Mine
                  script:
                    actions:
                      onRun: {command: '{{Task.File.Run}}'}
                    embeddedFiles:
                    - {name: Run, type: TEXT, runnable: true, data: "#!/bin/sh\\nid -un; echo it >mine; pwd; stat -c %U . mine $0"}
                """);
        var job = farm.broker
                .submit(Offers.of(template).submission(Offer.Values.of(Map.of(), Path.of("/"), "ann")))
                .id();
        give(job, "nobody");
        var id = farm.named(job, "Mine");
        try (var worker = RunningWorker.of(farm, SHARED)) {
            assertThat(worker.ended(id).state())
                    .as(worker.text(id, Channel.LOG))
                    .isEqualTo(TaskState.SUCCESS);
            var told = worker.text(id, Channel.STDOUT).lines().toList();
            assertThat(told).hasSize(5).filteredOn("nobody"::equals).hasSize(4);
            assertThat(Path.of(told.get(1))).doesNotExist();
        }
    }
}
