package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.action.TaskAction;
import aque.log.Channel;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What artists and wranglers do, with a robot's hands on the whole window and a real broker behind it.
class MainWindowViewTest {
    private Console console;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void filesThatAreDroppedOpenTheDialogAndAreSubmittedFromIt(@TempDir Path folder) throws Exception {
        var template = Files.writeString(folder.resolve("turntable.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: turntable
                parameterDefinitions:
                  - { name: Last, type: INT, default: 3, minValue: 1, maxValue: 9 }
                steps:
                  - name: render
                    parameterSpace:
                      taskParameterDefinitions:
                        - { name: Frame, type: INT, range: "1-{{Param.Last}}" }
                    script: { actions: { onRun: { command: "true", args: ["{{Task.Param.Frame}}"] } } }
                """);

        Console.doOnFx(() -> console.window.drop().dropped(List.of(template)));

        console.until(() -> console.robot.lookup("#submit-tasks").tryQuery().isPresent());
        console.until(() -> tasksInDialog() == 5);
        console.robot
                .clickOn("#parameter-Last")
                .push(KeyCode.SHORTCUT, KeyCode.A)
                .write("4");
        console.until(() -> tasksInDialog() == 6);
        console.until(() -> console.robot
                .from(console.robot.lookup("#submit-tasks").queryAll())
                .lookup("true 4")
                .tryQuery()
                .isPresent());
        console.robot.push(KeyCode.ENTER);

        Console.patient().until(() -> console.farm.farm.jobs().size() == 1);
        var job = console.farm.farm.jobs().getFirst();
        assertThat(job.root().name()).isEqualTo("turntable");
        assertThat(job.total()).isEqualTo(4);
        assertThat(job.root().owner()).isEqualTo("ann");
        console.until(() -> console.isChosen(job.root().id()));
        console.until(() -> console.robot.lookup("#submit-dialog").tryQuery().isEmpty());
    }

    @Repeated
    void aDropThatIsNoJobSaysWhyAndWritesNothing(@TempDir Path folder) throws Exception {
        var broken = Files.writeString(folder.resolve("broken.yaml"), "specificationVersion: jobtemplate-2023-09\n");

        Console.doOnFx(() -> console.window.drop().dropped(List.of(broken)));

        console.until(() -> console.robot.lookup(".refusal").queryAll().stream()
                .anyMatch(node -> node instanceof javafx.scene.control.Label label
                        && label.getText().contains("broken.yaml")));
        assertThat(console.farm.farm.jobs()).isEmpty();
    }

    @Repeated
    void theLogFollowsARunningTask() {
        var job = console.farm.submit(TestFarm.command("render", -1));
        var worker = new ScriptedWorker(console.farm, "node14");
        var claim = worker.takeOne();
        worker.writes(claim, Channel.STDOUT, "Read blend: boat.blend\n");
        console.until(() -> logShows("Read blend: boat.blend"));

        IntStream.range(0, 300).forEach(i -> worker.writes(claim, Channel.STDOUT, "Rendered " + i + "/300 samples\r"));
        console.until(() -> logShows("Rendered 299/300 samples"));
        worker.writes(claim, Channel.STDERR, "Saved: 0101.exr\n");
        console.until(() -> logShows("Saved: 0101.exr"));

        assertThat(console.isChosen(job)).isTrue();
        assertThat(logShows("Read blend: boat.blend"))
                .as("the start has scrolled away")
                .isFalse();
    }

    @Repeated
    void aChannelThatIsSwitchedOffIsNotShown() {
        console.farm.submit(TestFarm.command("render", -1));
        var worker = new ScriptedWorker(console.farm, "node14");
        var claim = worker.takeOne();
        worker.writes(claim, Channel.STDOUT, "out line\n");
        worker.writes(claim, Channel.STDERR, "err line\n");
        console.until(() -> logShows("out line") && logShows("err line"));

        console.robot.clickOn("#channel-stderr");

        console.until(() -> logShows("out line") && !logShows("err line"));
    }

    @Repeated
    void theSelectionStaysWhereItIsWhileJobsComeAndTasksChange() {
        var first = console.farm.submit(TestFarm.command("first", -1));
        var second = console.farm.submit(TestFarm.command("second", -1));
        console.until(
                () -> console.line(first).isPresent() && console.line(second).isPresent());
        console.robot.clickOn(console.line(first).orElseThrow());
        assertThat(console.isChosen(first)).isTrue();

        var worker = new ScriptedWorker(console.farm, "node14");
        var claims = worker.take(4);
        var late = IntStream.range(0, 30)
                .mapToObj(i -> console.farm.submit(TestFarm.command("late" + i, -1)))
                .toList();
        claims.forEach(worker::succeeds);

        console.until(() -> console.session.model.row(late.getLast()).isPresent()
                && console.session.model.row(first).orElseThrow().view().state() == TaskState.SUCCESS);
        assertThat(console.session.selection.ids()).containsExactly(first);
        assertThat(console.session.selection.lead().get()).contains(first);
    }

    @Repeated
    void aJobIsUnfoldedByKeysAndItsTasksAreActedOn() {
        var job = console.farm.submit(
                TestFarm.group("boat", -1),
                TestFarm.group("beauty", 0),
                TestFarm.command("0101", 1),
                TestFarm.command("0102", 1));
        console.until(() -> console.line(job).isPresent());

        console.robot.clickOn(console.line(job).orElseThrow()).push(KeyCode.RIGHT);
        var step = console.farm.named(job, "beauty");
        console.until(() -> console.line(step).isPresent());
        console.robot.push(KeyCode.DOWN).push(KeyCode.RIGHT);
        var task = console.farm.named(job, "0102");
        console.until(() -> console.line(task).isPresent());
        console.robot.push(KeyCode.DOWN).push(KeyCode.DOWN);
        console.until(() -> console.isChosen(task));
        console.robot.push(KeyCode.H);

        console.until(() -> console.cell(task, "state").equals("held"));
        assertThat(console.farm.state(console.farm.named(job, "0101"))).isEqualTo(TaskState.PENDING);
    }

    @Repeated
    void lettersTypedIntoTheSearchAreNoActions() {
        var job = console.farm.submit(TestFarm.command("kkk", -1));
        console.farm.submit(TestFarm.command("other", -1));
        console.until(() -> console.line(job).isPresent());
        console.robot
                .clickOn(console.line(job).orElseThrow())
                .clickOn("#search")
                .write("kkk");

        console.until(() -> console.session.tasks.shownIds().size() == 1);

        assertThat(console.line(job)).isPresent();
        assertThat(console.farm.state(job)).isEqualTo(TaskState.PENDING);
    }

    @Repeated
    void aMenuItemIsGreyWhereNothingSelectedIsInAStateForIt() throws Exception {
        var job = console.farm.submit(TestFarm.command("render", -1));
        console.until(() -> console.isChosen(job));

        assertThat(grey()).contains("Retry", "Release", "Show log").doesNotContain("Kill", "Hold", "Copy id");
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.fails(worker.takeOne(), 1);
        console.until(() -> console.cell(job, "state").equals("exit 1"));
        assertThat(grey()).contains("Kill", "Hold", "Cancel").doesNotContain("Retry", "Show log");
    }

    @Repeated
    void tasksOfAFoldedJobAreNotEvenRead() {
        var tasks = Stream.concat(
                        Stream.of(TestFarm.group("big", -1)),
                        IntStream.range(0, 2000).mapToObj(i -> TestFarm.command("f" + i, 0)))
                .toArray(aque.submit.NewTask[]::new);
        var big = console.farm.submit(tasks);
        var small = console.farm.submit(TestFarm.command("small", -1));
        console.until(() -> console.line(big).isPresent() && console.line(small).isPresent());
        console.robot.clickOn(console.line(small).orElseThrow());
        console.until(() -> console.session.model.open(big).isEmpty());

        console.robot.clickOn(console.line(big).orElseThrow()).push(KeyCode.RIGHT);

        var first = console.farm.named(big, "f0");
        console.until(() -> console.line(first).isPresent());
        assertThat(console.session.model.open(big).orElseThrow().rows()).hasSize(2001);
    }

    @Repeated
    void theGraphSelectsWhatIsClicked() throws IOException {
        var job = console.farm.submit(
                TestFarm.group("boat", -1), TestFarm.command("sim", 0), TestFarm.command("render", 0, 1));
        console.until(() -> console.isChosen(job));
        console.until(() ->
                console.window.graph().spot(console.farm.named(job, "render")).isPresent());

        var at = console.window.graph().spot(console.farm.named(job, "render")).orElseThrow();
        console.robot.clickOn(console.window.graph().localToScreen(at));

        console.until(() -> console.isChosen(console.farm.named(job, "render")));
    }

    private List<String> grey() throws Exception {
        return Console.onFx(() -> console.session.menu.items().stream()
                .filter(MenuItem::isDisable)
                .map(MenuItem::getText)
                .toList());
    }

    private int tasksInDialog() {
        return ((javafx.scene.control.ListView<?>)
                        console.robot.lookup("#submit-tasks").query())
                .getItems()
                .size();
    }

    private boolean logShows(String text) {
        return console.logLines().contains(text);
    }

    @Repeated
    void everyActionIsInTheMenu() throws Exception {
        assertThat(Console.onFx(() -> console.session.menu.items().stream()
                        .filter(item -> item.getText() != null)
                        .count()))
                .isEqualTo(TaskAction.values().length);
    }
}
