package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.task.TaskView;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Processes that do many items, each of them a task.
final class WarmTest {
    private static final Path CLIENTS =
            Path.of(System.getProperty("aque.root", "..")).resolve("clients").toAbsolutePath();

    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    /// One at a time: each takes the whole worker.
    private List<TaskId> submit(List<String> argv, int most, String... items) {
        var whole = new Needs(4000, 0, "", "", new TreeMap<>(), new TreeMap<>());
        var tasks = new ArrayList<NewTask>();
        tasks.add(TestFarm.group("warm", -1));
        for (var item : items) {
            var options = TaskOptions.NONE.withItem(most, item);
            tasks.add(new NewTask(item, new Work.Command(argv), 0, List.of(), whole, 0, options));
        }
        var job = farm.submit(tasks.toArray(NewTask[]::new));
        return Stream.of(items).map(item -> named(job, item)).toList();
    }

    private TaskId named(TaskId job, String item) {
        return farm.farm.tasksOfJob(job).stream()
                .filter(t -> t.name().equals(item))
                .map(TaskView::id)
                .findFirst()
                .orElseThrow();
    }

    private List<TaskId> python(int most, String script, String... items) {
        var start = "import os, sys; sys.path.insert(0, '" + CLIENTS + "/python')\nimport aque\n";
        return submit(List.of("python3", "-c", start + script), most, items);
    }

    private List<TaskState> states(List<TaskId> tasks) {
        return tasks.stream().map(t -> worker.ended(t).state()).toList();
    }

    private String out(TaskId task) {
        return worker.text(task, Channel.STDOUT);
    }

    @Repeated
    void oneProcessDoesAllItemsAndEachHasItsOwnOutputAndProgress() {
        var tasks = python(50, """
                print('loaded')
                for item in aque.items():
                    print(os.getpid(), item, os.environ['AQUE_TID'], aque.get('id'))
                    aque.progress(int(item), 4)
                """, "1", "2", "3");
        assertThat(states(tasks)).containsOnly(TaskState.SUCCESS);
        var first = out(tasks.getFirst());
        assertThat(first).startsWith("loaded\n");
        var pid = first.substring("loaded\n".length(), first.indexOf(' '));
        for (var i = 0; i < 3; i++) {
            var id = tasks.get(i);
            assertThat(out(id)).endsWith(pid + " " + (i + 1) + " " + id + " " + id + "\n");
            assertThat(out(id).lines()).hasSize(i == 0 ? 2 : 1);
            assertThat(worker.text(id, Channel.PROGRESS)).isEqualTo(25.0 * (i + 1) + "\n");
        }
    }

    @Test
    void aProcessThatDiesFailsTheItemThatItHadAndNoOther() {
        var tasks = python(50, """
                for item in aque.items():
                    if item == 'bad':
                        os._exit(7)
                    print(os.getpid())
                """, "a", "bad", "b", "c");
        assertThat(states(tasks))
                .containsExactly(TaskState.SUCCESS, TaskState.ERROR, TaskState.SUCCESS, TaskState.SUCCESS);
        assertThat(worker.ended(tasks.get(1)).exitCode()).hasValue(7);
        assertThat(out(tasks.get(2))).isEqualTo(out(tasks.get(3))).isNotEqualTo(out(tasks.getFirst()));
    }

    @Test
    void anItemThatRaisesHasFailedAndItsProcessGoesOn() {
        var tasks = python(50, """
                def work(item):
                    print(os.getpid(), flush=True)
                    int(item)
                aque.serve(work)
                """, "1", "no number", "2");
        assertThat(states(tasks)).containsExactly(TaskState.SUCCESS, TaskState.ERROR, TaskState.SUCCESS);
        var failed = worker.ended(tasks.get(1));
        assertThat(failed.reason()).isEqualTo("task_failed");
        assertThat(failed.status()).startsWith("ValueError: ");
        assertThat(worker.text(tasks.get(1), Channel.STDERR)).startsWith("Traceback");
        assertThat(tasks.stream().map(this::out).distinct()).hasSize(1);
    }

    @Test
    void aProcessDoesNoMoreThanItsNumberAndBashAsksToo() {
        var script = "set -eu; . " + CLIENTS + "/bash/aque.sh; while aque_next; do echo $$ \"$AQUE_ITEM\"; done";
        var tasks = submit(List.of("bash", "-c", script), 2, "a", "b  c", "d");
        assertThat(states(tasks)).containsOnly(TaskState.SUCCESS);
        var pids = tasks.stream().map(t -> out(t).split(" ")[0]).toList();
        assertThat(pids.get(1)).isEqualTo(pids.getFirst()).isNotEqualTo(pids.get(2));
        assertThat(out(tasks.get(1))).endsWith(" b  c\n");
    }

    @Test
    void anItemThatIsKilledTakesItsProcessAlongAndTheNextHasAnother() {
        var tasks = python(50, """
                import time
                for item in aque.items():
                    print(os.getpid(), flush=True)
                    if item == 'long':
                        time.sleep(600)
                """, "a", "long", "b");
        worker.running(tasks.get(1));
        farm.broker.kill(List.of(tasks.get(1)));
        assertThat(states(tasks)).containsExactly(TaskState.SUCCESS, TaskState.KILLED, TaskState.SUCCESS);
        assertThat(out(tasks.get(2))).isNotEmpty().isNotEqualTo(out(tasks.getFirst()));
    }

    @Test
    void aProgramThatAsksForNoItemIsANamedError() {
        var tasks = submit(List.of("true"), 50, "a");
        assertThat(worker.ended(tasks.getFirst()).reason()).isEqualTo("no_item");
        assertThat(worker.text(tasks.getFirst(), Channel.LOG)).contains("never asked");
    }

    @Test
    void aTaskWithAProcessOfItsOwnHasItsFramesAsItsOnlyItem() {
        var id = farm.submit(new NewTask(
                "lone",
                new Work.Command(List.of(
                        "python3",
                        "-c",
                        "import sys; sys.path.insert(0, '" + CLIENTS + "/python')\nimport aque\n"
                                + "print(list(aque.items()))")),
                -1,
                List.of(),
                Needs.ONE_CPU,
                0,
                TaskOptions.NONE.withEnv(java.util.Map.of("AQUE_FRAMES", "1-4"))));
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
        assertThat(out(id)).isEqualTo("['1-4']\n");
    }
}
