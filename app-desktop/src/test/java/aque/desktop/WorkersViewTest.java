package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.WorkerView;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Workers: what they are, what they run, what is done to them.
class WorkersViewTest {
    private Console console;
    private ScriptedWorker worker;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        console.farm.submit(TestFarm.command("render", -1));
        worker = new ScriptedWorker(console.farm, "node14");
        new ScriptedWorker(console.farm, "node15");
        console.robot.clickOn("Workers");
        console.until(() -> cell("node14").isPresent() && cell("node15").isPresent());
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void theOneThatIsClickedTellsWhatItRuns() {
        var claim = worker.takeOne();
        worker.used(claim, 900, 1L << 30);

        console.robot.clickOn(cell("node14").orElseThrow());

        console.until(() -> panelSays("render · ann · 0:0"));
    }

    @Repeated
    void oneIsSetAsideWithANoteAndPutToWorkAgain() {
        console.robot.clickOn(cell("node14").orElseThrow());
        console.until(() -> panelSays("node14"));
        console.robot.clickOn("#worker-aside");
        console.until(() -> console.robot.lookup("#ask-text").tryQuery().isPresent());
        console.robot.write("fan is loud").push(KeyCode.ENTER);

        console.until(() -> cell("set aside").isPresent() && panelSays("set aside on node14"));
        assertThat(view("node14").aside().orElseThrow().note()).isEqualTo("fan is loud");
        assertThat(worker.take(1)).isEmpty();
        assertThat(view("node14").aside().orElseThrow().actor()).isEqualTo("ann");

        console.robot.clickOn("#worker-undrain");

        console.until(() -> cell("set aside").isEmpty());
        assertThat(worker.take(1)).hasSize(1);
    }

    @Repeated
    void aNoteOnAWorkerIsInItsRow() {
        console.robot.clickOn(cell("node14").orElseThrow());
        console.until(() -> panelSays("node14"));
        console.robot.clickOn("#worker-note");
        console.until(() -> console.robot.lookup("#ask-text").tryQuery().isPresent());
        console.robot.write("fan").push(KeyCode.ENTER);

        console.until(() -> panelSays("fan"));
        assertThat(view("node14").note()).isEqualTo("fan");
    }

    @Repeated
    void itsTasksAreKilledAfterAQuestion() {
        var claim = worker.takeOne();
        console.robot.clickOn(cell("node14").orElseThrow(), MouseButton.PRIMARY);
        console.until(() -> panelSays("render · ann · 0:0"));

        console.robot.clickOn("#worker-kill");
        assertThat(console.farm.state(claim.task())).isEqualTo(TaskState.RUNNING);
        console.until(() -> console.robot.lookup("#ask-yes").tryQuery().isPresent());
        console.robot.clickOn("#ask-yes");

        Console.patient().until(() -> console.farm.state(claim.task()) == TaskState.STOPPING);
    }

    @Repeated
    void oneThatIsStoppedNowIsToldToGiveBackAndLeave() {
        console.robot.clickOn(cell("node14").orElseThrow());
        console.until(() -> panelSays("node14"));
        console.robot.clickOn("#worker-stop");
        console.until(() -> console.robot.lookup("#ask-yes").tryQuery().isPresent());
        console.robot.push(KeyCode.ENTER);

        Console.patient().until(() -> worker.answer().leaving());
        assertThat(view("node15").state()).isEqualTo("up");
    }

    @Repeated
    void rightClickDrains() {
        console.robot.clickOn(cell("node15").orElseThrow());
        console.robot.clickOn(cell("node15").orElseThrow(), MouseButton.SECONDARY);
        console.until(() -> console.inPopup(".menu-item", "Drain").isPresent());
        console.robot.clickOn(console.inPopup(".menu-item", "Drain").orElseThrow());

        Console.patient().until(() -> view("node15").state().equals("draining"));
        assertThat(view("node14").state()).isEqualTo("up");
    }

    @Repeated
    void wordsSayWhichAreShownAlsoWhenTheyAreInAnotherState() {
        console.robot.clickOn("#workers-filter").write("node -draining");
        console.until(() -> cell("node14").isPresent() && cell("node15").isPresent());

        console.farm.broker.drain(List.of(view("node15").id()));

        console.until(() -> cell("node14").isPresent() && cell("node15").isEmpty());
        console.until(() -> "1 of 2"
                .equals(((Labeled) console.robot.lookup("#workers-count").query()).getText()));
    }

    private WorkerView view(String name) {
        return console.farm.farm.workers().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean panelSays(String words) {
        return Stream.of("#worker-panel .label", "#worker-panel .hyperlink")
                .flatMap(each -> console.robot.lookup(each).queryAll().stream())
                .anyMatch(node -> node instanceof Labeled label
                        && label.getText() != null
                        && label.getText().startsWith(words));
    }

    private Optional<Node> cell(String text) {
        return console.robot.lookup("#workers .table-cell").queryAll().stream()
                .filter(node -> node instanceof TableCell<?, ?> cell && text.equals(cell.getText()) && !cell.isEmpty())
                .findFirst();
    }
}
