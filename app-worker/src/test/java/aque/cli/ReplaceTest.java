package aque.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.log.Channel;
import aque.log.LogStore;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker in a process of its own, started by nohup as many are, that is told to hang up.
final class ReplaceTest {
    private final TestFarm farm = new TestFarm();

    @TempDir
    private Path folder;

    private Process worker;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("program"), "1");
        Files.writeString(folder.resolve("worker.conf"), "# of this test\ncpus = 3\n");
        var builder = new ProcessBuilder(
                "nohup",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AqueMain.class.getName(),
                "--broker",
                farm.address
                        .toString()
                        .replace("@", ":" + farm.address.password().orElse("") + "@"),
                "worker",
                "--name",
                "node1",
                "--config",
                folder.resolve("worker.conf").toString());
        builder.environment().put("AQUE_PROGRAM", folder.resolve("program").toString());
        builder.environment().remove("AQUE_LAUNCHER");
        worker = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        farm.close();
    }

    private void hangUp() throws IOException {
        new ProcessBuilder("kill", "-HUP", Long.toString(worker.pid())).start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String text(TaskId id) {
        var out = new ByteArrayOutputStream();
        var logs = new LogStore(farm.database);
        var page = logs.read(id, 1, 0, 1 << 20);
        while (!page.chunks().isEmpty()) {
            page.chunks().stream().filter(c -> c.channel() == Channel.STDOUT).forEach(c -> out.writeBytes(c.data()));
            page = logs.read(id, 1, page.nextSeq(), 1 << 20);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void until(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            await(what).atMost(Duration.ofSeconds(60)).until(condition);
        } catch (RuntimeException e) {
            throw new AssertionError(what + " did not come; the worker says\n" + log(), e);
        }
    }

    private TaskId command(String script) {
        return farm.submit(new NewTask(
                "sh",
                new Work.Command(List.of("sh", "-c", script)),
                -1,
                List.of(),
                Needs.ONE_CPU,
                0,
                TaskOptions.NONE.withStdout(folder.resolve("copy").toString())));
    }

    private TaskId session(String script) throws IOException {
        var template = Files.writeString(folder.resolve("job.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: Session
                extensions: [REDACTED_ENV_VARS]
                steps:
                - name: Long
                  stepEnvironments:
                  - name: Login
                    script:
                      actions:
                        onEnter: {command: sh, args: ['-c', 'echo "openjd_redacted_env: TOKEN=swordfish"']}
                        onExit: {command: sh, args: ['{{Env.File.Bye}}']}
                      embeddedFiles: [{name: Bye, type: TEXT, data: 'echo "bye $TOKEN"'}]
                  script:
                    actions:
                      onRun: {command: sh, args: ['{{Task.File.Run}}']}
                    embeddedFiles: [{name: Run, type: TEXT, data: '%s; echo "$TOKEN"'}]
                """.formatted(script));
        return farm.broker
                .submit(Offers.of(template).submission(Offer.Values.of(Map.of(), folder, "ann")))
                .id();
    }

    @Test
    void theProgramIsReplacedWhileTasksRunOnAndNothingOfThemIsLost() throws Exception {
        var go = folder.resolve("go");
        var loop = "i=0; while [ ! -e " + go + " ]; do i=$((i+1)); echo line $i; sleep 0.01; done; echo end";
        var id = command(loop + "; exit 7");
        var job = session(loop);
        var inSession = farm.named(job, "Long");
        until("output", () -> text(id).contains("line 5\n") && text(inSession).contains("line 5\n"));

        Files.writeString(folder.resolve("program"), "two");
        hangUp();
        until("the next worker", () -> log().contains("goes on with 2 tasks"));
        Files.createFile(go);
        until("the end", () -> farm.state(id).ended() && farm.state(inSession).ended());

        var end = farm.farm.task(id).orElseThrow();
        assertThat(end.exitCode()).hasValue(7);
        assertThat(end.attempt()).isEqualTo(1);
        assertThat(text(id)).isEqualTo(lines(text(id)) + "end\n");
        assertThat(folder.resolve("copy")).hasContent(text(id));
        assertThat(farm.state(inSession)).isEqualTo(TaskState.SUCCESS);
        assertThat(farm.farm.task(inSession).orElseThrow().attempt()).isEqualTo(1);
        assertThat(text(inSession))
                .isEqualTo("openjd_redacted_env: TOKEN=********\n" + lines(text(inSession))
                        + "end\n********\nbye ********\n");
        assertThat(worker.isAlive()).isTrue();
    }

    /// As many lines as there are, in order.
    private static String lines(String text) {
        var count = (int) text.lines().filter(l -> l.startsWith("line ")).count();
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    @Test
    void hangingUpReadsTheConfigurationAgainWithoutTouchingTasks() throws Exception {
        var id = command("sleep 2");
        until("the start", () -> farm.state(id) == TaskState.RUNNING);
        Files.writeString(folder.resolve("worker.conf"), "cpus 2\nmemory 1G\n");
        hangUp();
        until("less", () -> farm.farm.workers().getFirst().cpuMilli() == 2000);
        until("the end", () -> farm.state(id).ended());
        assertThat(farm.farm.task(id).orElseThrow().attempt()).isEqualTo(1);
        assertThat(log()).doesNotContain("replaced");
    }
}
