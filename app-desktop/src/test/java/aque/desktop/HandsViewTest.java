package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.dock.Perspective;
import aque.desktop.theme.Theme;
import aque.desktop.theme.Tone;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Keys, the palette, perspectives, and what is there again at the next start.
class HandsViewTest {
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
    void thePaletteDoesWhatIsTyped() {
        var job = console.farm.submit(TestFarm.command("boat", -1));
        console.until(() -> console.isChosen(job));

        console.robot.push(KeyCode.SHORTCUT, KeyCode.K).write("hold").push(KeyCode.ENTER);

        console.until(() -> console.cell(job, "state").equals("held"));
        assertThat(console.robot.lookup("#palette").tryQuery()).isEmpty();
    }

    @Repeated
    void nextErrorGoesThroughTheFailedTasksOfAJobAndOnToTheNextJob() {
        var boat = console.farm.submit(
                TestFarm.group("boat", -1), TestFarm.command("0101", 0), TestFarm.command("0102", 0));
        var crowd = console.farm.submit(TestFarm.command("crowd", -1));
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.take(3).forEach(claim -> worker.fails(claim, 1));
        console.until(
                () -> console.line(boat).isPresent() && console.line(crowd).isPresent());
        console.robot.clickOn(console.line(boat).orElseThrow());
        var failed = List.of(console.farm.named(boat, "0101"), console.farm.named(boat, "0102"), crowd);
        console.until(() -> failed.stream()
                .allMatch(id -> console.session
                        .model
                        .row(id)
                        .filter(row -> row.tone() == Tone.ERROR)
                        .isPresent()));

        for (var task : failed) {
            console.robot.push(KeyCode.N);
            console.until(() -> console.isChosen(task));
        }
    }

    @Repeated
    void darkAndLightChangeByAKeyAndTheFootTellsOfTheFarm() throws Exception {
        console.farm.submit(TestFarm.group("boat", -1), TestFarm.command("sim", 0), TestFarm.command("late", 0, 1));
        new ScriptedWorker(console.farm, "node14").takeOne();
        console.until(() -> console.robot
                        .lookup("1 running · 1 waiting · no errors")
                        .tryQuery()
                        .isPresent()
                && console.robot.lookup("1 worker").tryQuery().isPresent());

        console.robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.T);

        console.until(() -> console.session.theme.mode().get() == Theme.Mode.LIGHT
                && console.stage().getScene().getRoot().getStyleClass().contains("light"));
    }

    @Repeated
    void theMenuOfTheChosenLineComesByAKeyToo() {
        var job = console.farm.submit(TestFarm.command("boat", -1));
        console.until(() -> console.isChosen(job) && console.line(job).isPresent());

        console.until(() -> {
            var tree = console.robot.lookup(".job-tree").query();
            javafx.event.Event.fireEvent(
                    tree,
                    new javafx.scene.input.ContextMenuEvent(
                            javafx.scene.input.ContextMenuEvent.CONTEXT_MENU_REQUESTED, 40, 40, 40, 40, true, null));
            return console.inPopup(".menu-item", "Hold").isPresent();
        });
    }

    @Repeated
    void everyCommandIsInAMenu() throws Exception {
        var items = Console.onFx(() -> {
            var bar = console.robot.lookup(".menu-bar").queryAs(javafx.scene.control.MenuBar.class);
            return bar.getMenus().stream()
                    .flatMap(menu -> {
                        menu.getOnShowing().handle(new javafx.event.Event(javafx.scene.control.Menu.ON_SHOWING));
                        return menu.getItems().stream();
                    })
                    .map(javafx.scene.control.MenuItem::getText)
                    .toList();
        });
        assertThat(items)
                .containsAll(console.session.keys.commands().stream()
                        .map(aque.desktop.command.Command::title)
                        .toList());
    }

    @Repeated
    void thePersonsMachineIsLentAndTakenBack() throws Exception {
        new ScriptedWorker(console.farm, aque.farm.HostName.here());
        console.until(() -> console.session.machine.lent());

        Console.doOnFx(console.session.machine::toggle);
        console.until(() -> console.session.model.workers().getFirst().state().equals("draining"));

        Console.doOnFx(console.session.machine::toggle);
        console.until(() -> console.session.machine.lent());
    }

    @Repeated
    void thePaletteFindsJobsByTheirName() {
        var boat = console.farm.submit(TestFarm.command("boat_v012", -1));
        var crowd = console.farm.submit(TestFarm.command("crowd_v003", -1));
        console.until(
                () -> console.line(boat).isPresent() && console.line(crowd).isPresent());

        console.robot.push(KeyCode.SHORTCUT, KeyCode.K).write("btv12").push(KeyCode.ENTER);

        console.until(() -> console.isChosen(boat));
    }

    @Repeated
    void escapeLeavesThePaletteAndGivesTheKeyboardBack() {
        var job = console.farm.submit(TestFarm.command("boat", -1));
        console.until(() -> console.isChosen(job) && console.line(job).isPresent());
        console.robot.clickOn(console.line(job).orElseThrow());

        console.robot
                .push(KeyCode.SHORTCUT, KeyCode.K)
                .write("kill")
                .push(KeyCode.ESCAPE)
                .push(KeyCode.H);

        console.until(() -> console.cell(job, "state").equals("held"));
    }

    @Repeated
    void aKeyIsChangedOnThePageOfKeysAndIsThereAgain() throws Exception {
        console.robot.push(KeyCode.SHIFT, KeyCode.SLASH);
        console.until(() -> console.robot.lookup("#key-task-hold").tryQuery().isPresent());
        Console.doOnFx(() -> ((javafx.scene.control.Button)
                        console.robot.lookup("#key-task-hold").query())
                .fire());
        console.robot.push(KeyCode.F7).push(KeyCode.ESCAPE);
        console.close();
        console = new Console(folder.resolve("console.json"));
        var job = console.farm.submit(TestFarm.command("boat", -1));
        console.until(() -> console.isChosen(job));

        console.robot.push(KeyCode.H).push(KeyCode.F7);

        console.until(() -> console.cell(job, "state").equals("held"));
        assertThat(Console.onFx(() -> console.session.keys.of("task.hold").orElseThrow()))
                .isEqualTo(KeyCombination.valueOf("F7"));
    }

    @Repeated
    void noTwoCommandsHaveTheSameUsualKeyAndEachHasASign() throws Exception {
        var owners = new HashMap<KeyCombination, String>();
        for (var command : console.session.keys.commands()) {
            for (var key : console.session.keys.of(command)) {
                assertThat(owners.put(key, command.id())).as("also has " + key).isNull();
            }
            assertThat(Console.onFx(() -> aque.desktop.theme.Icons.sign(command.sign())))
                    .isNotNull();
        }
        assertThat(owners.keySet()).contains(KeyCombination.valueOf("Space"), KeyCombination.valueOf("Shortcut+3"));
    }

    @Repeated
    void thePanelWithTheKeyboardTakesTheRoomOfAllAndGoesBack() throws Exception {
        var job = console.farm.submit(TestFarm.command("boat", -1));
        console.until(() -> console.isChosen(job) && console.line(job).isPresent());

        console.robot.push(KeyCode.G).push(KeyCode.M);

        console.until(() -> console.window.graph().getHeight() > 700
                && console.window.graph().getWidth() > 700
                && console.window.graph().isFocused());
        console.robot.push(KeyCode.M);
        console.until(() -> console.window.graph().getHeight() < 400);
        Console.doOnFx(() -> console.window.enlarge());
        Console.doOnFx(() -> console.window.keepLayout());
        console = console.again();
        console.until(() ->
                console.window.graph().getHeight() > 0 && console.window.graph().getHeight() < 400);
    }

    @Repeated
    void everyPerspectiveShowsItsPanelsAndKeepsThemForTheNextStart() throws Exception {
        for (var each : Perspective.values()) {
            console.robot.push(KeyCode.SHORTCUT, KeyCode.valueOf("DIGIT" + (each.ordinal() + 1)));
            console.until(() -> console.window.perspective() == each);
            console.until(() -> seen(".job-tree") && seen(".log"));
        }
        Console.doOnFx(() -> console.window.keepLayout());
        console.close();

        console = new Console(folder.resolve("console.json"));

        assertThat(console.settings.get("layout.debug", aque.desktop.dock.DockNode.class))
                .hasValueSatisfying(layout -> assertThat(layout.toString()).contains("log2"));
    }

    @Repeated
    void theWindowShowsAgainWhatItShowed() throws Exception {
        var first = console.farm.submit(TestFarm.command("first", -1));
        var job = console.farm.submit(TestFarm.group("boat", -1), TestFarm.command("0101", 0));
        var last = console.farm.submit(TestFarm.command("last", -1));
        // All three: a row that comes later moves the others under the robot's hand.
        console.until(() ->
                Stream.of(first, job, last).allMatch(id -> console.line(id).isPresent()));
        var task = console.farm.named(job, "0101");
        console.robot.clickOn(console.line(job).orElseThrow()).push(KeyCode.RIGHT);
        console.until(() -> console.line(task).isPresent());
        console.robot.clickOn(console.line(task).orElseThrow()).push(KeyCode.SHORTCUT, KeyCode.DIGIT1);
        console.until(() -> console.window.perspective() == Perspective.ARTIST);
        var state = Console.onFx(() -> WindowState.of(console.stage(), console.session, console.window));

        console = console.again();
        Console.doOnFx(() -> state.show(console.session, console.window));

        console.until(() -> console.isChosen(task) && console.line(task).isPresent());
        assertThat(console.window.perspective()).isEqualTo(Perspective.ARTIST);
    }

    @Repeated
    void severalWindowsAreKeptWithTheirPlaceAndWearTheSame() throws Exception {
        var windows = Console.onFx(() -> new Windows(console.settings));
        var theme = new Theme();
        Console.doOnFx(() -> {
            windows.add(console.stage(), console.session, console.window);
            windows.keep();
        });
        console.settings.close();

        var next = Console.onFx(() -> new Windows(aque.desktop.settings.Settings.open(console.settings.file())));

        assertThat(next.before()).hasSize(1);
        assertThat(next.before().getFirst().width()).isEqualTo(console.stage().getWidth());
        assertThat(next.theme()).contains(theme.mode().get());
    }

    @Repeated
    void anEmptyFarmLeadsToAFinishedJobByOneKey() throws Exception {
        Console.doOnFx(console.window::showFirst);
        console.until(() -> seen("#first-run"));

        console.robot.push(KeyCode.ENTER);

        console.until(() -> console.session.model.jobs().size() == 1);
        var worker = new ScriptedWorker(console.farm, "node14");
        var job = console.farm.farm.jobs().getFirst().root().id();
        console.until(() -> {
            worker.take(4).forEach(worker::succeeds);
            return console.farm.state(job) == TaskState.SUCCESS;
        });
        console.until(() -> console.cell(job, "state").equals("done"));
        assertThat(seen("#first-run")).isFalse();
    }

    @Repeated
    void thePersonWhoAskedIsToldOnceThatAJobHasEnded() throws Exception {
        var told = new java.util.concurrent.CopyOnWriteArrayList<String>();
        var job = console.farm.submit(TestFarm.command("boat", -1));
        console.until(() -> console.isChosen(job));
        Console.doOnFx(() -> {
            var bell = new Bell(
                    console.session.model,
                    console.session.selection,
                    console.settings,
                    (title, sentence) -> told.add(title + ": " + sentence));
            bell.toggle();
        });
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.succeeds(worker.takeOne());

        Console.patient().until(() -> !told.isEmpty());
        console.farm.submit(TestFarm.command("other", -1));
        console.until(() -> console.session.model.jobs().size() == 2);
        assertThat(told).containsExactly("boat: done, 1 tasks done");
    }

    @Repeated
    void everyPanelAndFieldHasANameForThoseWhoDoNotSeeIt() {
        var silent = console.robot.lookup(HandsViewTest::isFocusable).queryAll().stream()
                .filter(node -> node.getAccessibleText() == null
                        || node.getAccessibleText().isBlank())
                .filter(node -> !(node instanceof javafx.scene.control.Labeled labeled
                        && labeled.getText() != null
                        && !labeled.getText().isBlank()))
                .map(Node::toString)
                .toList();

        assertThat(silent).isEmpty();
    }

    private static boolean isFocusable(Node node) {
        return node.isFocusTraversable()
                && node.isVisible()
                && List.of("TextField", "Button", "TableView", "ListView", "TreeView").stream()
                        .anyMatch(type -> node.getClass().getSimpleName().contains(type));
    }

    private boolean seen(String selector) {
        return console.robot
                .lookup(selector)
                .tryQuery()
                .filter(node -> node.getScene() != null
                        && node.isVisible()
                        && node.getLayoutBounds().getWidth() > 0)
                .isPresent();
    }
}
