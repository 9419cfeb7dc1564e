package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.graph.GraphView;
import aque.submit.NewTask;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What a person does in the graph, with a robot's hands.
class GraphViewTest {
    private Console console;
    private GraphView graph;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        graph = console.window.graph();
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void theRightClickOfTheTreeWorksInTheGraph() throws Exception {
        var job = chain();
        var render = console.farm.named(job, "render");
        until(render);

        // Asked for at the top: a menu that reaches the edge of the one headless screen breaks it.
        Console.doOnFx(() -> {
            var at = graph.localToScene(graph.spot(render).orElseThrow());
            Event.fireEvent(
                    graph,
                    new ContextMenuEvent(
                            ContextMenuEvent.CONTEXT_MENU_REQUESTED, at.getX(), at.getY(), 20, 20, false, null));
        });
        console.until(() -> console.inPopup(".menu-item", "Hold").isPresent());
        Console.doOnFx(() -> console.session.menu.items().stream()
                .filter(item -> "Hold".equals(item.getText()))
                .forEach(item -> item.fire()));

        Console.patient().until(() -> console.farm.state(render) == TaskState.HELD);
        assertThat(console.isChosen(render)).isTrue();
    }

    @Repeated
    void theFarmShowsEveryJobAndADoubleClickGoesIn() throws Exception {
        var first = chain();
        var second = chain();
        console.until(() -> console.line(second).isPresent());
        console.robot.clickOn(console.line(second).orElseThrow());
        until(console.farm.named(second, "render"));

        Console.doOnFx(graph::showFarm);
        console.until(() -> graph.boxes() == 0);
        console.robot.doubleClickOn(at(first));

        until(console.farm.named(first, "sim"));
        console.until(() -> graph.boxes() == 2);
        assertThat(console.isChosen(first)).isTrue();
    }

    @Repeated
    void aLineDrawnFromOneBoxToAnotherLetsThatWait() throws Exception {
        var job = console.farm.submit(
                TestFarm.group("boat", -1),
                TestFarm.command("plate", 0),
                TestFarm.group("lights", 0),
                TestFarm.command("key", 2));
        var plate = console.farm.named(job, "plate");
        var lights = console.farm.named(job, "lights");
        until(lights);
        console.until(() -> graph.boxes() == 2);

        draw(plate, lights);

        Console.patient().until(() -> console.farm.farm.upstream(lights).contains(plate));
    }

    @Repeated
    void aLineDrawnAgainTakesTheWaitBack() throws Exception {
        var job = chain();
        var sim = console.farm.named(job, "sim");
        var render = console.farm.named(job, "render");
        until(render);
        console.until(() -> graph.boxes() == 2);

        draw(sim, render);

        Console.patient().until(() -> console.farm.farm.upstream(render).isEmpty());
    }

    /// By events of our own: the headless robot's mouse does not know which keys are held.
    private void draw(TaskId from, TaskId to) throws Exception {
        Console.doOnFx(() -> {
            var begin = graph.spot(from).orElseThrow();
            var end = graph.spot(to).orElseThrow();
            mouse(MouseEvent.MOUSE_PRESSED, begin);
            mouse(MouseEvent.MOUSE_DRAGGED, begin.midpoint(end));
            mouse(MouseEvent.MOUSE_DRAGGED, end);
            mouse(MouseEvent.MOUSE_RELEASED, end);
        });
    }

    private void mouse(EventType<MouseEvent> what, Point2D at) {
        var inScene = graph.localToScene(at);
        var there = graph.localToScreen(at);
        graph.fireEvent(new MouseEvent(
                what,
                inScene.getX(),
                inScene.getY(),
                there.getX(),
                there.getY(),
                MouseButton.PRIMARY,
                1,
                false,
                true,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                false,
                null));
    }

    @Repeated
    void aStepIsUnfoldedToItsTasksAndFoldedAgain() {
        var job = console.farm.submit(Stream.concat(
                        Stream.of(TestFarm.group("boat", -1), TestFarm.group("beauty", 0), TestFarm.command("sim", 0)),
                        IntStream.range(0, 30).mapToObj(i -> TestFarm.command("f" + i, 1)))
                .toArray(NewTask[]::new));
        var step = console.farm.named(job, "beauty");
        until(step);
        console.until(() -> graph.boxes() == 2);
        console.robot.clickOn(at(step));

        console.robot.push(KeyCode.U);
        console.until(() -> graph.boxes() == 32);
        console.robot.push(KeyCode.U);

        console.until(() -> graph.boxes() == 2);
    }

    @Repeated
    void findGoesToATaskWhereverItIs() {
        var job = console.farm.submit(Stream.concat(
                        Stream.of(TestFarm.group("wide", -1)),
                        IntStream.range(0, 200)
                                .mapToObj(
                                        i -> TestFarm.command("t" + i, 0, i == 0 ? new Integer[0] : new Integer[] {i})))
                .toArray(NewTask[]::new));
        var last = console.farm.named(job, "t199");
        until(last);

        console.robot.clickOn("#graph-find").write("t199").push(KeyCode.ENTER);

        console.until(() -> graph.spot(last)
                .filter(p -> Math.abs(p.getX() - graph.getWidth() / 2) < 30)
                .isPresent());
    }

    @Repeated
    void aJobThatWaitsForAnotherShowsItAndLeadsThere() throws Exception {
        var first = chain();
        var sim = console.farm.named(first, "sim");
        var submission = TestFarm.job(TestFarm.group("late", -1), TestFarm.command("comp", 0));
        var second =
                console.farm.broker.submit(submission.withAfter(List.of(sim))).id();
        console.until(() -> console.line(second).isPresent());
        console.robot.clickOn(console.line(second).orElseThrow());
        until(console.farm.named(second, "comp"));
        console.until(() -> graph.boxes() == 2);

        console.robot.doubleClickOn(at(first));

        until(sim);
        console.until(() -> graph.spot(sim).filter(p -> graph.contains(p)).isPresent());
    }

    @Repeated
    void framesAreBrushedOnTheBand() {
        var job = console.farm.submit(Stream.concat(
                        Stream.of(TestFarm.group("boat", -1), TestFarm.group("beauty", 0)),
                        IntStream.range(0, 40).mapToObj(i -> TestFarm.command("f" + i, 1)))
                .toArray(NewTask[]::new));
        var step = console.farm.named(job, "beauty");
        until(step);
        console.robot.clickOn(at(step));
        double y = graph.getHeight() - 58 + 32;

        console.robot
                .moveTo(graph.localToScreen(new Point2D(20 + 7 * 4 + 3, y)))
                .press(MouseButton.PRIMARY)
                .moveTo(graph.localToScreen(new Point2D(20 + 7 * 9 + 3, y)))
                .release(MouseButton.PRIMARY);

        console.until(() -> console.session.selection.ids().size() == 6);
        assertThat(console.session.selection.ids())
                .containsExactly(IntStream.rangeClosed(4, 9)
                        .mapToObj(i -> console.farm.named(job, "f" + i))
                        .toArray(TaskId[]::new));
    }

    @Repeated
    void arrowsGoFromBoxToBox() {
        var job = chain();
        var sim = console.farm.named(job, "sim");
        var render = console.farm.named(job, "render");
        until(render);
        console.robot.clickOn(at(sim)).push(KeyCode.RIGHT);
        console.until(() -> console.isChosen(render));

        console.robot.push(KeyCode.LEFT);

        console.until(() -> console.isChosen(sim));
    }

    @Repeated
    void theGraphIsSavedAsSvgAndPng(@TempDir Path folder) throws Exception {
        var job = chain();
        until(console.farm.named(job, "render"));
        var svg = folder.resolve("graph.svg");
        var png = folder.resolve("graph.png");

        Console.doOnFx(() -> {
            graph.saveSvg(svg);
            graph.savePng(png);
        });

        Console.patient().until(() -> Files.exists(svg) && Files.readString(svg).endsWith("</svg>\n"));
        assertThat(Files.readString(svg)).contains(">sim ", ">render ");
        Console.patient()
                .ignoreExceptions()
                .until(() -> Optional.ofNullable(ImageIO.read(png.toFile()))
                        .filter(image -> image.getWidth() > 300)
                        .isPresent());
    }

    @Repeated
    void theMapIsThereWhenNotAllIsSeenAndAClickOnItGoesThere() throws Exception {
        var job = chain();
        var sim = console.farm.named(job, "sim");
        until(sim);
        var map = console.robot.lookup(".overview").query();
        console.until(() -> !map.isVisible());

        Console.doOnFx(() -> graph.zoom(3, graph.getWidth() / 2, graph.getHeight() / 2));
        console.until(map::isVisible);
        Console.doOnFx(() -> graph.pan(-400, 0));
        double was = Console.onFx(() -> graph.spot(sim).orElseThrow().getX());
        console.robot.clickOn(map.localToScreen(new Point2D(20, 46)));

        console.until(() -> graph.spot(sim).orElseThrow().getX() > was + 100);
    }

    @Repeated
    void theCriticalPathIsDrawnOrNot() {
        var job = chain();
        until(console.farm.named(job, "render"));
        console.until(() -> console.session.graph.critical().get());

        console.robot.clickOn("#graph-critical");

        console.until(() -> !console.session.graph.critical().get());
    }

    @Repeated
    void zoomingInOnAStepShowsItsTasksToClick() throws Exception {
        var job = console.farm.submit(Stream.concat(
                        Stream.of(TestFarm.group("boat", -1), TestFarm.group("beauty", 0)),
                        IntStream.range(0, 6).mapToObj(i -> TestFarm.command("f" + i, 1)))
                .toArray(NewTask[]::new));
        var step = console.farm.named(job, "beauty");
        until(step);

        console.robot.doubleClickOn(at(step));
        console.until(() -> graph.spot(step)
                .filter(p -> Math.abs(p.getX() - graph.getWidth() / 2) < 30)
                .isPresent());
        var middle = graph.spot(step).orElseThrow();
        console.robot.clickOn(graph.localToScreen(middle.add(-100, 10)));

        console.until(() -> console.session.selection.lead().get().stream()
                .anyMatch(id -> console.farm.farm.task(id).orElseThrow().name().startsWith("f")));
    }

    private TaskId chain() {
        return console.farm.submit(
                TestFarm.group("boat", -1), TestFarm.command("sim", 0), TestFarm.command("render", 0, 1));
    }

    private Point2D at(TaskId task) {
        return graph.localToScreen(graph.spot(task).orElseThrow());
    }

    private void until(TaskId task) {
        console.until(() -> graph.spot(task).isPresent());
    }
}
