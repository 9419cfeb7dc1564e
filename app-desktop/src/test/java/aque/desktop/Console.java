package aque.desktop;

import aque.desktop.feed.Farm;
import aque.desktop.settings.Settings;
import aque.desktop.theme.Theme;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The whole window on a real farm with a robot's hands, inside the headless platform's one screen.
final class Console {
    private static final int SIDE = 960;

    /// So many windows are closed before their memory is asked back.
    private static final int CLOSED_AT_ONCE = 10;

    private static final AtomicInteger CLOSED = new AtomicInteger();

    final TestFarm farm;
    final Settings settings;
    final FxRobot robot = new FxRobot();
    final Session session;
    final MainWindow window;
    private final Stage stage;

    Console() throws Exception {
        this(Files.createTempDirectory("aque-console").resolve("console.json"));
    }

    /// With settings that were written before.
    Console(Path file) throws Exception {
        this(file, new TestFarm());
    }

    private Console(Path file, TestFarm farm) throws Exception {
        this.farm = farm;
        settings = Settings.open(file);
        stage = FxToolkit.registerPrimaryStage();
        var open = Farm.open(farm.address, "ann");
        session = onFx(() -> new Session(open, settings, new Theme(), Optional.empty()));
        window = onFx(() -> {
            var main = new MainWindow(session);
            var scene = new Scene(main, SIDE, SIDE);
            session.theme.dress(scene);
            session.theme.set(Theme.Mode.DARK);
            stage.setScene(scene);
            main.install(stage);
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(SIDE);
            stage.setHeight(SIDE);
            stage.show();
            // What an empty farm shows at first would lie over the panels.
            main.focus("jobs");
            session.start();
            return main;
        });
    }

    /// Waits for a condition, looked at on the FX thread.
    void until(Callable<Boolean> condition) {
        patient().until(() -> onFx(condition));
    }

    static ConditionFactory patient() {
        return Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS);
    }

    static <T> T onFx(Callable<T> what) throws Exception {
        return WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(what));
    }

    static void doOnFx(Runnable what) throws Exception {
        onFx(() -> {
            what.run();
            return true;
        });
    }

    /// The line of the tree that shows a task now.
    Optional<Node> line(TaskId id) {
        return robot.lookup(node -> node instanceof TableRow<?> row
                        && row.getStyleClass().contains("job-row")
                        && shows(row, id)
                        && row.isVisible())
                .tryQuery();
    }

    private static boolean shows(TableRow<?> line, TaskId id) {
        return line.lookupAll(".table-cell").stream()
                .anyMatch(cell -> cell instanceof TableCell<?, ?> c
                        && c.getItem() instanceof aque.desktop.feed.Row row
                        && row.id().equals(id));
    }

    /// What the line of a task says in a column; "" when it is not on the screen.
    String cell(TaskId id, String column) {
        return line(id).map(line -> line.lookupAll(".table-cell").stream()
                        .filter(node -> node instanceof TableCell<?, ?> cell
                                && ("column-" + column)
                                        .equals(cell.getTableColumn().getId()))
                        .map(node -> ((TableCell<?, ?>) node).getText())
                        .findFirst()
                        .orElse(""))
                .orElse("");
    }

    /// A column of the tree.
    TableColumn<?, ?> column(String key) {
        TableView<?> tree = robot.lookup(".job-tree").query();
        return tree.getColumns().stream()
                .filter(column -> ("column-" + key).equals(column.getId()))
                .findFirst()
                .orElseThrow();
    }

    /// What a click on the head of a column does.
    void sortBy(String key) {
        sort(robot.lookup(".job-tree").query(), key);
    }

    private static <T> void sort(TableView<T> tree, String key) {
        tree.getColumns().stream()
                .filter(column -> ("column-" + key).equals(column.getId()))
                .forEach(tree.getSortOrder()::add);
    }

    /// A node of a menu or another popup that holds this text.
    Optional<Node> inPopup(String selector, String text) {
        return Window.getWindows().stream()
                .filter(each -> each instanceof PopupWindow)
                .flatMap(each -> each.getScene().getRoot().lookupAll(selector).stream())
                .filter(node -> node.lookupAll(".label").stream()
                        .anyMatch(label -> label instanceof Labeled l && text.equals(l.getText())))
                .findFirst();
    }

    /// The lines of the log that are on the screen.
    List<String> logLines() {
        return robot.lookup("#log-lines")
                .tryQuery()
                .map(Node::getAccessibleText)
                .map(text -> List.of(text.split("\n")))
                .orElse(List.of());
    }

    boolean isChosen(TaskId id) {
        return session.selection.contains(id);
    }

    Stage stage() {
        return stage;
    }

    /// Another console on the same farm with the same settings; this one is gone.
    Console again() throws Exception {
        doOnFx(stage::hide);
        session.close();
        settings.close();
        return new Console(settings.file(), farm);
    }

    void close() throws Exception {
        doOnFx(stage::hide);
        session.close();
        settings.close();
        farm.close();
        // The toolkit looks at each part of windows that are gone, for each menu that opens, until they are collected.
        if (CLOSED.incrementAndGet() % CLOSED_AT_ONCE == 0) {
            System.gc();
        }
    }
}
