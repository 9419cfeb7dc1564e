package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.FarmLimit;
import aque.farm.FarmShare;
import aque.testing.Repeated;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Limits and shares: what there is, and what is changed and taken back.
class LimitsViewTest {
    private Console console;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        console.farm.broker.limit("nuke", 12, false);
        console.robot.push(KeyCode.I);
        console.until(() -> cell("nuke").isPresent());
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void aLimitIsChangedAndCtrlZSetsItBack() {
        console.robot.doubleClickOn(cell("nuke").orElseThrow());
        answer("#ask-most", "4");

        Console.patient().until(() -> limit().most() == 4);
        console.until(
                () -> console.robot.lookup("#undo .undo-button").tryQuery().isPresent());
        console.robot.push(KeyCode.SHORTCUT, KeyCode.Z);

        Console.patient().until(() -> limit().most() == 12);
    }

    @Repeated
    void whatIsNoNumberChangesNothing() {
        console.robot.clickOn(cell("nuke").orElseThrow()).clickOn("#limits-change");
        answer("#ask-most", "many");

        console.until(() -> console.robot
                .lookup("Nothing is changed: Not a number: many")
                .tryQuery()
                .isPresent());
        assertThat(limit()).isEqualTo(new FarmLimit("nuke", 12, false, 0));
    }

    @Repeated
    void aShareIsMadeAndItsBoundTakenAwayAndItself() {
        console.robot.clickOn("#shares-add");
        console.until(() -> console.robot.lookup("#ask-name").tryQuery().isPresent());
        console.robot.clickOn("#ask-name").write("ann");
        answer("#ask-cpus", "2.5");
        Console.patient().until(() -> share().map(FarmShare::mostCpuMilli).equals(Optional.of(OptionalInt.of(2500))));
        console.until(() -> cell("ann").isPresent());

        console.robot.doubleClickOn(cell("ann").orElseThrow());
        answer("#ask-cpus", "");
        Console.patient().until(() -> share().map(FarmShare::mostCpuMilli).equals(Optional.of(OptionalInt.empty())));

        console.robot.clickOn("#shares-off");
        Console.patient().until(() -> share().isEmpty());
    }

    private void answer(String field, String text) {
        console.until(() -> console.robot.lookup(field).tryQuery().isPresent());
        console.robot
                .clickOn(field)
                .push(KeyCode.SHORTCUT, KeyCode.A)
                .push(KeyCode.DELETE)
                .write(text)
                .push(KeyCode.ENTER);
    }

    private FarmLimit limit() {
        return console.farm.farm.limits().getFirst();
    }

    private Optional<FarmShare> share() {
        return console.farm.farm.shares().stream().findFirst();
    }

    private Optional<Node> cell(String text) {
        return console.robot.lookup(".workers .table-cell").queryAll().stream()
                .filter(node -> node instanceof TableCell<?, ?> cell && text.equals(cell.getText()) && !cell.isEmpty())
                .findFirst();
    }
}
