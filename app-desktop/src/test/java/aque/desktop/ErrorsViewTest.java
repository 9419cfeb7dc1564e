package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.log.Channel;
import aque.task.TaskId;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Failed tasks of a job, same causes together.
class ErrorsViewTest {
    private Console console;
    private ScriptedWorker worker;
    private TaskId job;
    private List<Claim> claims;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        job = console.farm.submit(
                TestFarm.group("boat", -1),
                TestFarm.command("0101", 0),
                TestFarm.command("0102", 0),
                TestFarm.command("0103", 0),
                TestFarm.command("comp", 0, 1));
        worker = new ScriptedWorker(console.farm, "node14");
        claims = worker.take(3);
        console.until(() -> console.line(job).isPresent());
        console.robot.clickOn(console.line(job).orElseThrow());
        console.robot.clickOn("Errors");
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void sameCausesAreTogetherAndBlockedTasksAreNoErrors() {
        fail("0101", "Error: cannot open /show/boat.0101.exr");
        fail("0102", "Error: cannot open /show/boat.0102.exr");
        fail("0103", "Segmentation fault (core dumped)");

        console.until(
                () -> cell("2 tasks: Error: cannot open /show/boat.0101.exr").isPresent());
        console.until(() -> cell("1 task: Segmentation fault (core dumped)").isPresent());
        console.until(() -> ((Labeled) console.robot.lookup("#errors-title").query())
                .getText()
                .equals("boat: 3 tasks failed, 2 causes"));
    }

    @Repeated
    void aCauseSelectsItsTasks() {
        fail("0101", "Error: cannot open /show/boat.0101.exr");
        fail("0103", "Error: cannot open /show/boat.0103.exr");
        console.until(
                () -> cell("2 tasks: Error: cannot open /show/boat.0101.exr").isPresent());

        console.robot.clickOn(
                cell("2 tasks: Error: cannot open /show/boat.0101.exr").orElseThrow());

        assertThat(console.session.selection.ids())
                .containsExactly(console.farm.named(job, "0101"), console.farm.named(job, "0103"));
        assertThat(((TextInputControl) console.robot.lookup("#errors-detail").query()).getText())
                .contains("Error: cannot open /boat.<n>.exr");
    }

    @Repeated
    void whatIsRetriedIsNoErrorAnyMore() {
        fail("0101", "Error: cannot open /show/boat.0101.exr");
        console.until(
                () -> cell("1 task: Error: cannot open /show/boat.0101.exr").isPresent());

        console.farm.broker.retry(List.of(console.farm.named(job, "0101")));

        console.until(
                () -> cell("1 task: Error: cannot open /show/boat.0101.exr").isEmpty());
    }

    private void fail(String name, String words) {
        var claim =
                claims.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        worker.writes(claim, Channel.STDERR, words + "\n");
        worker.fails(claim, 1);
    }

    private Optional<Node> cell(String words) {
        return console.robot.lookup("#errors .tree-cell").queryAll().stream()
                .filter(cell -> words.equals(cell.getAccessibleText())
                        && cell.isVisible()
                        && ((Labeled) cell).getGraphic() != null)
                .findFirst();
    }
}
