package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.submit.Offer;
import aque.submit.Offers;
import aque.task.TaskId;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javax.imageio.ImageIO;
import org.controlsfx.control.GridView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Expected against found files, the templates, and files that fall on a job.
class OutputsViewTest {
    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void open() throws Exception {
        console = new Console(folder.resolve("console.json"));
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void theChosenJobShowsItsFramesAndWhatIsMissing() throws Exception {
        var image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("f.1001.png").toFile());
        var job = submit();
        var worker = console.farm.worker("w");
        console.farm.acquire(worker, 2).forEach(claim -> console.farm.succeed(worker, claim));
        console.until(() -> console.session.model.row(job).isPresent());

        Console.doOnFx(() -> {
            console.session.selection.only(job);
            console.window.focus("outputs");
        });

        console.until(() -> text("#outputs-missing").equals("1 missing")
                && text("#outputs-found").equals("1 found")
                && text("#outputs-late").equals("1 to come"));
        console.until(() -> console.robot
                .lookup("#outputs-bars")
                .query()
                .lookup(".frame-bar")
                .getAccessibleText()
                .equals("render: 1001-1003 · 00:00:40:01-00:00:40:03 · 2 of 3 frames · 0.1 s"));
        console.until(() -> cells().stream()
                .anyMatch(cell -> cell.lookup(".image-view") instanceof ImageView v && v.getImage() != null));

        console.robot.clickOn("#outputs-missing");

        console.until(() -> sheet().getItems().size() == 1);
        // The sheet makes its cells anew: whichever shows the file now is clicked.
        var chosen = Optional.of(console.farm.named(job, "Frame=1002"));
        console.until(() -> {
            cells().stream()
                    .filter(cell -> String.valueOf(cell.getAccessibleText()).startsWith("f.1002.png"))
                    .forEach(OutputsViewTest::click);
            return console.session.selection.lead().get().equals(chosen);
        });
    }

    @Repeated
    void whatFallsOnAJobJoinsItUnlessSomebodySaysOtherwise() throws Exception {
        var job = console.farm.submit(TestFarm.group("boat", -1), TestFarm.command("a", 0));
        console.until(() -> console.line(job).isPresent());
        var list = Files.writeString(folder.resolve("more.txt"), "echo 1\necho 2\n");
        var row = Console.onFx(() ->
                console.window.tasks().rowAt(console.line(job).orElseThrow().lookup(".text")));
        assertThat(row.map(r -> r.id())).contains(job);

        Console.doOnFx(() -> console.window.drop().dropped(List.of(list), row));
        console.until(() -> console.robot.lookup("#submit-join").tryQuery().isPresent());
        console.until(() -> text("#submit-now").equals("Add")
                && console.robot.lookup("#submit-title").tryQuery().isEmpty());
        console.robot.clickOn("#submit-now");
        Console.patient().until(() -> console.farm.farm.tasksOfJob(job).size() == 4);
        assertThat(console.farm.farm.jobs()).hasSize(1);
        console.until(() -> console.robot.lookup("#submit-dialog").tryQuery().isEmpty());

        Console.doOnFx(() -> console.window.drop().dropped(List.of(list), row));
        console.until(() -> console.robot.lookup("#submit-join").tryQuery().isPresent());
        console.robot.clickOn("#submit-join");
        console.until(() -> text("#submit-now").equals("Submit"));
        console.robot.clickOn("#submit-now");
        Console.patient().until(() -> console.farm.farm.jobs().size() == 2);
    }

    @Repeated
    void aTemplateOfTheLibraryIsFilledIn() throws Exception {
        Console.doOnFx(() -> console.window.focus("library"));
        console.until(() -> console.robot.lookup("#library-filter").tryQuery().isPresent());
        console.robot.clickOn("#library-filter").write("shell-list");
        console.until(() -> templates().getItems().size() == 1);
        Console.doOnFx(() -> {
            templates().getSelectionModel().select(0);
            templates().requestFocus();
        });
        console.robot.push(KeyCode.ENTER);
        console.until(() -> console.robot.lookup("#parameter-List").tryQuery().isPresent());
        console.robot.clickOn("#parameter-List").write("/tmp/list");
        console.until(() -> !console.robot.lookup("#submit-now").query().isDisabled());
        console.robot.clickOn("#submit-now");
        Console.patient().until(() -> console.farm.farm.jobs().size() == 1);
        var job = console.farm.farm.jobs().getFirst().root().id();
        assertThat(console.farm.farm.source(job).orElseThrow().routine()).contains("shell-list");
    }

    private TaskId submit() throws IOException {
        var template = Files.writeString(folder.resolve("t.yaml"), """
            specificationVersion: jobtemplate-2023-09
            name: shot
            aque: {outputs: [{files: 'f.####.png', image: true}]}
            parameterDefinitions: [{name: FPS, type: INT, default: 25}]
            steps:
            - name: render
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 1001-1003}]}
              script: {actions: {onRun: {command: x}}}
            """);
        return console.farm
                .broker
                .submit(Offers.of(template).submission(Offer.Values.of(Map.of(), folder, "ann")))
                .id();
    }

    private String text(String selector) {
        return console.robot
                .lookup(selector)
                .tryQuery()
                .map(node -> ((Labeled) node).getText())
                .orElse("");
    }

    private ListView<?> templates() {
        return (ListView<?>) console.robot.lookup("#library").query();
    }

    private static void click(Node node) {
        node.fireEvent(new MouseEvent(
                MouseEvent.MOUSE_CLICKED,
                1,
                1,
                0,
                0,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                true,
                null));
    }

    private List<Node> cells() {
        return List.copyOf(sheet().lookupAll(".file-cell"));
    }

    private GridView<?> sheet() {
        return (GridView<?>) console.robot.lookup("#outputs-sheet").query();
    }
}
