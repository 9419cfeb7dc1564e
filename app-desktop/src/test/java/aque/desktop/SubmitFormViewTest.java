package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.testing.Repeated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What was filled into a form is there again.
class SubmitFormViewTest {
    @TempDir
    private Path folder;

    private Console console;
    private Path template;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        template = Files.writeString(folder.resolve("turntable.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: turntable
                parameterDefinitions:
                  - name: Last
                    type: INT
                    default: 3
                    maxValue: 20
                    userInterface: { control: SPIN_BOX, singleStepDelta: 5 }
                steps:
                  - name: render
                    parameterSpace:
                      taskParameterDefinitions:
                        - { name: Frame, type: INT, range: "1-{{Param.Last}}" }
                    script: { actions: { onRun: { command: "true" } } }
                """);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void aFormBeginsAsItWasLastSubmitted() throws Exception {
        drop();
        fillIn("7");
        console.robot.clickOn("#submit-now");
        Console.patient().until(() -> console.farm.farm.jobs().size() == 1);
        console.until(() -> console.robot.lookup("#submit-dialog").tryQuery().isEmpty());

        drop();
        assertThat(last()).isEqualTo("7");

        Console.doOnFx(() -> value("As the file says").fire());
        console.until(() -> last().equals("3"));
    }

    @Repeated
    void valuesAreKeptUnderAName() throws Exception {
        drop();
        fillIn("9");
        Console.doOnFx(() -> value("Keep as…").fire());
        console.until(() -> console.robot.lookup("#submit-keep-name").query().isVisible());
        console.robot.clickOn("#submit-keep-name").write("dailies").push(KeyCode.ENTER);
        Console.doOnFx(() -> value("As the file says").fire());
        console.until(() -> last().equals("3"));

        Console.doOnFx(() -> value("dailies").fire());

        console.until(() -> last().equals("9"));
    }

    @Repeated
    void aNumberStepsAsTheTemplateSaysAndStaysWithinItsBounds() throws Exception {
        drop();
        fillIn("17");

        console.robot.push(KeyCode.UP);
        console.until(() -> last().equals("20"));
        console.robot.push(KeyCode.DOWN).push(KeyCode.DOWN);
        console.until(() -> last().equals("10"));
        fillIn("many");

        console.until(() -> console.robot.lookup(".refusal").queryAll().stream()
                .anyMatch(refusal ->
                        refusal.isVisible() && ((Labeled) refusal).getText().startsWith("Last")));
    }

    @Repeated
    void escapeLeavesTheForm() throws Exception {
        drop();
        console.until(() -> console.robot.lookup("#submit-title").query().isFocused());

        console.robot.push(KeyCode.ESCAPE);

        console.until(() -> console.robot.lookup("#submit-dialog").tryQuery().isEmpty());
        assertThat(console.farm.farm.jobs()).isEmpty();
    }

    private void drop() throws Exception {
        Console.doOnFx(() -> console.window.drop().dropped(List.of(template)));
        console.until(() -> console.robot.lookup("#parameter-Last").tryQuery().isPresent());
    }

    private void fillIn(String value) {
        console.robot
                .clickOn("#parameter-Last")
                .push(KeyCode.SHORTCUT, KeyCode.A)
                .write(value);
        console.until(() -> last().equals(value));
    }

    private String last() {
        return ((TextInputControl) console.robot.lookup("#parameter-Last").query()).getText();
    }

    private MenuItem value(String text) {
        return ((MenuButton) console.robot.lookup("#submit-values").query())
                .getItems().stream()
                        .filter(item -> text.equals(item.getText()))
                        .findFirst()
                        .orElseThrow();
    }
}
