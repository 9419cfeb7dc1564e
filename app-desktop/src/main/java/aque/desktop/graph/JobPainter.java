package aque.desktop.graph;

import aque.desktop.feed.Row;
import aque.desktop.layout.Folded.Kind;
import aque.desktop.layout.Folded.Link;
import aque.desktop.layout.Folded.Place;
import aque.desktop.layout.GraphLayout.Point;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.canvas.GraphicsContext;

/// Draws the graph of one job: lines first, boxes over them. From afar as dots and hairlines in pixels, from near with
/// names and strips on the canvas. FX thread.
final class JobPainter {
    /// Smaller than this nobody reads a name.
    static final double NEAR = 0.55;

    private final Inks inks;
    private final BoxPainter boxes;

    /// @param jobs the rows of other jobs, for the boxes that stand for them
    JobPainter(Inks inks, Lettering letters, Function<TaskId, Optional<Row>> jobs) {
        this.inks = inks;
        this.boxes = new BoxPainter(inks, letters, jobs);
    }

    /// Everything but what lies over the pixels of the raster.
    void paint(Pen pen, JobPicture picture, Camera camera, Marks marks) {
        boolean near = camera.scale() >= NEAR;
        lines(pen, picture, camera, marks, near);
        for (int i = 0; i < picture.spots().size(); i++) {
            var spot = camera.view(picture.spots().get(i));
            if (!pen.sees(spot)) {
                continue;
            }
            if (near) {
                boxes.near(pen, picture, i, spot, camera, marks);
            } else {
                boxes.far(pen, picture, i, spot, marks);
            }
        }
    }

    /// Names in the cells of tasks, and what is chosen where boxes are dots.
    void paintOver(Pen pen, JobPicture picture, Camera camera, Marks marks) {
        if (camera.scale() >= NEAR) {
            for (int i = 0; i < picture.spots().size(); i++) {
                var spot = camera.view(picture.spots().get(i));
                if (pen.sees(spot) && BoxPainter.opens(picture, i, camera, pen.levels())) {
                    boxes.names(pen, picture, i, camera, marks);
                }
            }
            return;
        }
        marks.chosen().stream().limit(2000).forEach(i -> {
            var spot = camera.view(picture.spots().get(i));
            if (pen.sees(spot)) {
                boxes.rim(pen.g(), spot, marks.lead().equals(Optional.of(i)));
            }
        });
    }

    private void lines(Pen pen, JobPicture picture, Camera camera, Marks marks, boolean near) {
        var links = picture.plan().folded().links();
        for (int pass = 0; pass < 2; pass++) {
            // The critical path lies over the other lines.
            boolean critical = pass == 1;
            for (int i = 0; i < links.size(); i++) {
                boolean on = marks.critical() && picture.plan().criticalLinks().get(i);
                if (on == critical) {
                    line(pen, picture, camera, i, on, near);
                }
            }
        }
    }

    private void line(Pen pen, JobPicture picture, Camera camera, int index, boolean critical, boolean near) {
        var link = picture.plan().folded().links().get(index);
        var from = camera.view(picture.spots().get(link.from()));
        var to = camera.view(picture.spots().get(link.to()));
        if (!pen.seesBetween(from, to)) {
            return;
        }
        var bends = picture.plan().layout().bends().get(index);
        var upstream = tone(picture, link);
        if (near) {
            curve(pen.g(), camera, from, to, bends, link.kind(), upstream, critical);
        } else {
            straight(pen.raster(), camera, from, to, bends, critical ? inks.critical() : inks.line(upstream));
        }
    }

    private static Tone tone(JobPicture picture, Link link) {
        return picture.box(link.from()).place() == Place.INSIDE
                ? picture.inside(link.from()).whole()
                : Tone.WAITING;
    }

    private static void straight(Raster raster, Camera camera, Spot from, Spot to, List<Point> bends, int pixel) {
        double x = from.x() + from.width();
        double y = from.middleY();
        for (var bend : bends) {
            double nextX = camera.viewX(bend.x());
            double nextY = camera.viewY(bend.y());
            raster.line(x, y, nextX, nextY, pixel);
            x = nextX;
            y = nextY;
        }
        raster.line(x, y, to.x(), to.middleY(), pixel);
    }

    private void curve(
            GraphicsContext g,
            Camera camera,
            Spot from,
            Spot to,
            List<Point> bends,
            Kind kind,
            Tone upstream,
            boolean critical) {
        double x = from.x() + from.width();
        double y = from.middleY();
        g.setStroke(
                critical ? inks.of(Ink.TEXT) : upstream == Tone.SUCCESS ? inks.of(Tone.SUCCESS) : inks.of(Ink.FAINT));
        g.setLineWidth(critical ? 2.2 : 1.3);
        g.setLineDashes(kind == Kind.CHILD ? new double[] {2, 4} : new double[0]);
        g.beginPath();
        g.moveTo(x, y);
        for (var bend : bends) {
            double nextX = camera.viewX(bend.x());
            double nextY = camera.viewY(bend.y());
            bend(g, x, y, nextX, nextY);
            x = nextX;
            y = nextY;
        }
        bend(g, x, y, to.x(), to.middleY());
        g.stroke();
        if (kind == Kind.DEPENDENCY) {
            g.setFill(g.getStroke());
            double tip = to.x();
            double middle = to.middleY();
            g.fillPolygon(new double[] {tip - 6, tip, tip - 6}, new double[] {middle - 3.5, middle, middle + 3.5}, 3);
        }
    }

    private static void bend(GraphicsContext g, double x, double y, double toX, double toY) {
        double half = Math.max(12, (toX - x) / 2);
        g.bezierCurveTo(x + half, y, toX - half, toY, toX, toY);
    }
}
