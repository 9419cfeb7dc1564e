package aque.desktop;

import aque.desktop.graph.GraphView;
import aque.task.TaskId;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.event.EventHandler;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/// Counts how many frames of a moving graph, 960 by 720, reach the screen: after each pulse a strip across the middle
/// of the screen is read, and counts when its pixels are others than before. All of the screen would take longer to
/// read than to draw.
final class GraphFrames {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 720;
    private static final int STRIP_TOP = 330;
    private static final int STRIP = 48;
    private static final long WARM = 2_000_000_000L;
    private static final long MEASURED = 6_000_000_000L;

    private final MainWindow window;
    private final Stage stage;
    private final EventHandler<WindowEvent> closing;

    GraphFrames(MainWindow window) {
        this.window = window;
        this.stage = (Stage) window.getScene().getWindow();
        this.closing = stage.getOnHidden();
    }

    /// @param nodes how many boxes it has at least, unfolded when it has fewer
    double perSecond(TaskId job, int nodes) throws Exception {
        var session = window.session();
        var graph = ConsoleProbe.fx(() -> {
            Platform.setImplicitExit(false);
            // Away, not closed: a window that is closed takes its connections with it.
            stage.setOnHidden(null);
            stage.hide();
            session.selection.only(job);
            return show(session);
        });
        await(graph, 1);
        ConsoleProbe.fx(() -> {
            if (graph.boxes() < nodes) {
                graph.unfoldAll();
            }
            return true;
        });
        await(graph, nodes);
        var counted = new CompletableFuture<Double>();
        ConsoleProbe.fx(() -> {
            new Motion(graph, counted).start();
            return true;
        });
        double perSecond = counted.get(1, TimeUnit.MINUTES);
        ConsoleProbe.fx(() -> {
            graph.getScene().getWindow().hide();
            stage.show();
            stage.setOnHidden(closing);
            return true;
        });
        return perSecond;
    }

    private static GraphView show(Session session) {
        var graph = new GraphView(
                session.graph, session.selection, session.theme.palette(), session.menu, (from, to) -> {});
        var scene = new Scene(new StackPane(graph), WIDTH, HEIGHT);
        session.theme.dress(scene);
        var stage = new Stage();
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        return graph;
    }

    private static void await(GraphView graph, int nodes) throws Exception {
        for (int i = 0; i < 6000; i++) {
            if (ConsoleProbe.fx(graph::boxes) >= nodes) {
                return;
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("the graph was not laid out");
    }

    /// Moves the graph a little each pulse, around and in and out, and looks at the screen.
    private static final class Motion extends AnimationTimer {
        private final GraphView graph;
        private final CompletableFuture<Double> counted;
        private final Robot robot = new Robot();
        private final WritableImage screen = new WritableImage(WIDTH, STRIP);
        private final int[] pixels = new int[WIDTH * STRIP];
        private int last;
        private int frames;
        private int turn;
        private long began;

        Motion(GraphView graph, CompletableFuture<Double> counted) {
            this.graph = graph;
            this.counted = counted;
        }

        @Override
        public void handle(long now) {
            if (began == 0) {
                began = now;
            }
            robot.getScreenCapture(screen, 0, STRIP_TOP, WIDTH, STRIP);
            screen.getPixelReader().getPixels(0, 0, WIDTH, STRIP, PixelFormat.getIntArgbInstance(), pixels, 0, WIDTH);
            int seen = Arrays.hashCode(pixels);
            if (seen != last && now - began > WARM) {
                frames++;
            }
            last = seen;
            if (now - began > WARM + MEASURED) {
                stop();
                counted.complete(frames * 1e9 / MEASURED);
                return;
            }
            turn++;
            graph.pan(4 * Math.cos(turn / 20.0), 4 * Math.sin(turn / 20.0));
            graph.zoom(Math.exp(0.02 * Math.sin(turn / 30.0)), WIDTH / 2.0, HEIGHT / 2.0);
        }
    }
}
