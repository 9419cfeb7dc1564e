package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Failures of the whole farm: grouped by what went wrong, acted on together.
class TriageViewTest {
    @TempDir
    private Path folder;

    private Console console;
    private TaskId boat;
    private TaskId crowd;

    @BeforeEach
    void fail() throws Exception {
        console = new Console(folder.resolve("console.json"));
        boat = console.farm.submit(
                TestFarm.group("boat", -1),
                TestFarm.command("0101", 0),
                TestFarm.command("0102", 0),
                TestFarm.command("after", 0, 1));
        crowd = console.farm.submit(TestFarm.group("crowd", -1), TestFarm.command("0201", 0));
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.take(4).forEach(claim -> {
            worker.writes(
                    claim,
                    Channel.STDERR,
                    claim.name().equals("0102") ? "Error: out of memory\n" : "Error: hull_spec.exr is missing\n");
            worker.fails(claim, 1);
        });
        console.until(() -> console.line(crowd).isPresent());
        console.robot.clickOn(console.line(crowd).orElseThrow()).push(KeyCode.T);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void failuresOfAllJobsAreGroupedByCauseAndWhatTheyBlockIsNotAmongThem() {
        console.until(() -> sizes().equals(List.of(2, 1)));

        console.robot.clickOn(line("hull_spec.exr"));

        console.until(() -> console.session
                .selection
                .ids()
                .equals(Set.of(console.farm.named(boat, "0101"), console.farm.named(crowd, "0201"))));
    }

    @Repeated
    void retryOnAGroupRetriesAllOfIt() throws Exception {
        console.until(() -> sizes().equals(List.of(2, 1)));

        press("hull_spec.exr", "triage-retry");

        Console.patient()
                .until(() -> console.farm.state(console.farm.named(boat, "0101")) == TaskState.PENDING
                        && console.farm.state(console.farm.named(crowd, "0201")) == TaskState.PENDING);
        assertThat(console.farm.state(console.farm.named(boat, "0102"))).isEqualTo(TaskState.ERROR);
        console.until(() -> sizes().equals(List.of(1)));
    }

    @Repeated
    void aSeenGroupStandsLastAlsoAtTheNextStart() throws Exception {
        console.until(() -> sizes().equals(List.of(2, 1)));

        press("hull_spec.exr", "triage-seen");

        console.until(() -> sizes().equals(List.of(1, 2)));
        console = console.again();
        console.until(() -> console.line(crowd).isPresent());
        console.robot.clickOn(console.line(crowd).orElseThrow()).push(KeyCode.T);
        console.until(() -> sizes().equals(List.of(1, 2)));
    }

    @Repeated
    void theyArePutTogetherByShowToo() {
        console.farm.broker.label(Map.of("show", "whale"), List.of(boat));
        console.until(() -> sizes().equals(List.of(2, 1)));

        console.robot.clickOn("#triage-show");
        console.until(() -> console.robot.lookup("of no show").tryQuery().isPresent());
        // Labels are read with the next look.
        console.farm.broker.retry(List.of(console.farm.named(boat, "0102")));

        console.until(() -> console.robot.lookup("whale").tryQuery().isPresent());
    }

    private List<Integer> sizes() {
        return console.robot
                .lookup("#triage")
                .tryQueryAs(ListView.class)
                .map(list -> console.robot.lookup(".triage-count").queryAll().stream()
                        .filter(Node::isVisible)
                        .map(node -> (javafx.scene.control.Label) node)
                        .filter(label -> !label.getText().isEmpty() && label.getScene() != null)
                        .sorted(java.util.Comparator.comparingDouble(
                                label -> label.localToScene(0, 0).getY()))
                        .map(label -> Integer.parseInt(label.getText()))
                        .toList())
                .orElse(List.of());
    }

    private Node line(String cause) {
        return console.robot
                .lookup(node -> node instanceof javafx.scene.control.ListCell<?> cell
                        && !cell.isEmpty()
                        && cell.getAccessibleText() != null
                        && cell.getAccessibleText().contains(cause))
                .query();
    }

    private void press(String cause, String style) throws Exception {
        Console.doOnFx(() -> ((Button) line(cause).lookup("." + style)).fire());
    }
}
