package aque.desktop.graph;

import aque.desktop.feed.Row;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.Optional;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/// The whole ground as a small map, with a frame around what is seen; a click or a drag goes there. Away while
/// everything is in view. Its dots are drawn anew after changes only, not while the camera moves. FX thread.
final class Overview extends Region {
    static final double WIDTH = 168;
    static final double HEIGHT = 92;
    private static final double RIM = 4;

    private final GraphModel model;
    private final Sight sight;
    private final Inks inks;
    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    private final Raster raster = new Raster();
    private final Rectangle frame = new Rectangle();
    private Object drawn = "";

    Overview(GraphModel model, Sight sight, Inks inks, Runnable moved) {
        this.model = model;
        this.sight = sight;
        this.inks = inks;
        getStyleClass().add(Style.OVERVIEW);
        setAccessibleText(Texts.of("graph.overview"));
        frame.getStyleClass().add(Style.OVERVIEW_FRAME);
        frame.setManaged(false);
        frame.setMouseTransparent(true);
        getChildren().addAll(canvas, frame);
        setPrefSize(WIDTH, HEIGHT);
        addEventHandler(MouseEvent.ANY, e -> {
            if (e.getEventType() == MouseEvent.MOUSE_PRESSED || e.getEventType() == MouseEvent.MOUSE_DRAGGED) {
                go(e.getX(), e.getY());
                moved.run();
            }
            e.consume();
        });
    }

    private record Drawn(Optional<TaskId> level, long change, Object picture, double density) {}

    /// Shows where the camera is now.
    void show(double density) {
        var level = sight.level();
        var ground = whole(level);
        var seen = sight.ground().ground(sight.room());
        boolean all = seen.x() <= ground.x() + 1
                && seen.y() <= ground.y() + 1
                && seen.x() + seen.width() >= ground.x() + ground.width() - 1
                && seen.y() + seen.height() >= ground.y() + ground.height() - 1;
        setVisible(!all);
        if (all) {
            return;
        }
        var map = map(ground);
        var now = new Drawn(
                level,
                model.changes().get(),
                level.flatMap(model::picture).map(p -> (Object) p.plan()).orElse(""),
                density);
        if (!now.equals(drawn)) {
            drawn = now;
            draw(level, map, density);
        }
        place(map.view(seen));
    }

    /// Draws the dots anew at the next chance, for the colours are others.
    void forget() {
        drawn = "";
    }

    private void place(Spot seen) {
        double x = Math.clamp(seen.x(), 0, WIDTH - 4);
        double y = Math.clamp(seen.y(), 0, HEIGHT - 4);
        frame.setX(x);
        frame.setY(y);
        frame.setWidth(Math.clamp(seen.x() + seen.width() - x, 4, WIDTH - x));
        frame.setHeight(Math.clamp(seen.y() + seen.height() - y, 4, HEIGHT - y));
    }

    private Spot whole(Optional<TaskId> level) {
        return level.flatMap(model::picture)
                .map(JobPicture::ground)
                .orElse(model.plan().bounds());
    }

    private static Camera map(Spot ground) {
        return Camera.fitting(ground, new Spot(RIM, RIM, WIDTH - 2 * RIM, HEIGHT - 2 * RIM), Double.MAX_VALUE);
    }

    private void draw(Optional<TaskId> level, Camera map, double density) {
        var g = canvas.getGraphicsContext2D();
        g.setFill(inks.of(Ink.NODE));
        g.fillRect(0, 0, WIDTH, HEIGHT);
        raster.begin(WIDTH, HEIGHT, density);
        var picture = level.flatMap(model::picture);
        if (picture.isPresent()) {
            for (int i = 0; i < picture.get().spots().size(); i++) {
                dot(
                        map.view(picture.get().spots().get(i)),
                        picture.get().inside(i).whole());
            }
        } else {
            for (var job : model.farm().jobs()) {
                model.plan().card(job.id()).map(map::view).ifPresent(spot -> dot(spot, tone(job)));
            }
        }
        raster.paint(g);
    }

    private static Tone tone(Row job) {
        return job.tally().worst() == Tone.ERROR ? Tone.ERROR : job.tone();
    }

    private void dot(Spot spot, Tone tone) {
        raster.fill(spot.x(), spot.y(), spot.width(), spot.height(), inks.pixel(tone));
    }

    private void go(double x, double y) {
        var map = map(whole(sight.level()));
        sight.centreAt(map.groundX(x), map.groundY(y));
    }
}
