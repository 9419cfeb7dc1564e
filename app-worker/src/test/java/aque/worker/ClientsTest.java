package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The bash functions and the Python module, in real tasks.
final class ClientsTest {
    private static final Path CLIENTS =
            Path.of(System.getProperty("aque.root", "..")).resolve("clients").toAbsolutePath();

    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    private TaskId task(List<String> argv, int cpus) {
        return farm.submit(new NewTask(
                "talk",
                new Work.Command(argv),
                -1,
                List.of(),
                new Needs(cpus * 1000, 0, "", "", new TreeMap<>(), new TreeMap<>()),
                0,
                TaskOptions.NONE));
    }

    private TaskId bash(String script) {
        return task(List.of("bash", "-c", "set -eu; . " + CLIENTS + "/bash/aque.sh; " + script), 1);
    }

    private TaskId python(String script) {
        return task(
                List.of(
                        "python3",
                        "-c",
                        "import sys; sys.path.insert(0, '" + CLIENTS + "/python')\nimport aque\n" + script),
                1);
    }

    private void success(TaskId id) {
        assertThat(worker.ended(id).state()).as(worker.text(id, Channel.STDERR)).isEqualTo(TaskState.SUCCESS);
    }

    @Repeated
    void bashTellsAndAsks() {
        var id = bash("aque_progress 12/48 'frame 12'; aque_log WARNING $'two\\nlines'; aque_result 'a\\b';"
                + " aque_channel aov $'one\\ntwo';"
                + " aque_yield; (aque_status 'in a subshell'); aque_get name; aque_get id; aque_top_level owner");
        success(id);
        assertThat(worker.text(id, Channel.STDOUT)).isEqualTo("talk\n" + id + "\nann\n");
        assertThat(worker.text(id, Channel.PROGRESS)).isEqualTo("25.0\n");
        assertThat(worker.text(id, Channel.STATUS)).isEqualTo("frame 12\nin a subshell\n");
        assertThat(worker.text(id, Channel.LOG)).isEqualTo("WARNING two\nlines\n");
        assertThat(worker.text(id, Channel.RESULT)).isEqualTo("a\\b\n");
        assertThat(worker.text(id, Channel.FREE)).isEqualTo("aov one\naov two\n");
    }

    @Repeated
    void pythonTellsAndAsksAndItsLoggingArrives() {
        var id = python("""
                import logging, os
                logging.getLogger().addHandler(aque.Handler())
                aque.progress(3, 4, 'almost')
                logging.getLogger('render').warning('no %s', 'texture')
                aque.result({'frames': [1, 2]})
                aque.yield_()
                if os.fork() == 0:
                    aque.status('in a child')
                    os._exit(0)
                os.wait()
                print(aque.get('attempt'), aque.top_level('name'), aque.get('cpus'))
                try:
                    aque.get('colour')
                except aque.AqueError as e:
                    print(e)
                """);
        success(id);
        assertThat(worker.text(id, Channel.STDOUT)).isEqualTo("1 talk 1\na task has no field 'colour'\n");
        assertThat(worker.text(id, Channel.PROGRESS)).isEqualTo("75.0\n");
        assertThat(worker.text(id, Channel.STATUS)).isEqualTo("almost\nin a child\n");
        assertThat(worker.text(id, Channel.LOG)).isEqualTo("WARNING render: no texture\n");
        assertThat(worker.text(id, Channel.RESULT)).isEqualTo("{\"frames\": [1, 2]}\n");
    }

    @Test
    void outsideATaskNothingHappens() throws Exception {
        var script = ". " + CLIENTS + "/bash/aque.sh; aque_progress 5; aque_get name";
        var process = new ProcessBuilder("env", "-u", "AQUE_CHANNEL", "bash", "-euc", script).start();
        assertThat(process.waitFor()).isZero();
        assertThat(process.inputReader().readLine()).isEmpty();
    }

    @Test
    void aTaskThatYieldsGivesWayToAHigherPriorityOnly() {
        var low = task(
                List.of("bash", "-c", ". " + CLIENTS + "/bash/aque.sh; while :; do aque_yield; sleep 0.05; done"), 4);
        worker.running(low);
        var high = task(List.of("true"), 1);
        farm.broker.priority(2000, List.of(high));
        assertThat(worker.ended(high).state()).isEqualTo(TaskState.SUCCESS);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> farm.farm.task(low).orElseThrow().attempt() == 2);
        assertThat(farm.state(low)).isIn(TaskState.RUNNING, TaskState.PENDING);
        farm.broker.kill(List.of(low));
    }

    @Repeated
    void aTaskThatSuspendsItselfGoesOnWhenItIsTold() {
        var id = bash("aque_suspend; echo on");
        await().atMost(Duration.ofSeconds(30)).until(() -> farm.state(id) == TaskState.SUSPENDED);
        assertThat(farm.broker.resume(List.of(id))).containsExactly(id);
        success(id);
        assertThat(worker.text(id, Channel.STDOUT)).isEqualTo("on\n");
    }
}
