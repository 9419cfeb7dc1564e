package aque.desktop.graph;

import aque.desktop.feed.Row;
import aque.desktop.layout.Folded.Kind;
import aque.desktop.layout.Folded.Place;
import aque.desktop.layout.GraphLayout.Point;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import javafx.scene.paint.Color;

/// The graph as SVG: the same boxes, lines and strips, sharp at every size. FX thread.
final class GraphSvg {
    private static final double MARGIN = 24;
    /// A strip has no more cells than this: what shares one takes the worst.
    private static final int CELLS = 90;

    private final Inks inks;
    private final Function<TaskId, Optional<Row>> rows;
    private final StringBuilder out = new StringBuilder();

    /// @param rows jobs by their ids
    GraphSvg(Inks inks, Function<TaskId, Optional<Row>> rows) {
        this.inks = inks;
        this.rows = rows;
    }

    /// One job with its boxes.
    String of(JobPicture picture, boolean critical) {
        picture.refresh();
        open(picture.ground());
        var links = picture.plan().folded().links();
        for (int i = 0; i < links.size(); i++) {
            var link = links.get(i);
            boolean on = critical && picture.plan().criticalLinks().get(i);
            line(
                    picture.spots().get(link.from()),
                    picture.plan().layout().bends().get(i),
                    picture.spots().get(link.to()),
                    link.kind(),
                    on ? inks.of(Ink.TEXT) : inks.of(Ink.FAINT),
                    on ? 2.2 : 1.3);
        }
        for (int i = 0; i < picture.spots().size(); i++) {
            box(picture, i);
        }
        return close();
    }

    /// The whole farm, a card for each job.
    String of(GraphModel model) {
        open(model.plan().bounds());
        for (var link : model.farm().links()) {
            var from = model.plan().card(link.upstream());
            var to = model.plan().card(link.downstream());
            if (from.isPresent() && to.isPresent()) {
                way(Route.of(from.get(), to.get()), inks.of(Ink.FAINT));
            }
        }
        for (var job : model.farm().jobs()) {
            model.plan().card(job.id()).ifPresent(card -> {
                var tone = job.tone().worse(job.tally().worst() == Tone.ERROR ? Tone.ERROR : job.tone());
                frame(card, tone, false);
                words(
                        card,
                        job.view().name(),
                        counts(job.tally().of(Tone.SUCCESS), job.tally().total()));
            });
        }
        return close();
    }

    private void box(JobPicture picture, int index) {
        var box = picture.box(index);
        var spot = picture.spots().get(index);
        var inside = picture.inside(index);
        var other = box.place() == Place.OUTSIDE
                ? rows.apply(box.group())
                : picture.job().row(box.group());
        var tone = box.place() == Place.INSIDE
                ? inside.whole()
                : other.map(Row::tone).orElse(Tone.WAITING);
        var tally = box.place() == Place.INSIDE
                ? inside.tally()
                : other.map(Row::tally).orElse(inside.tally());
        frame(spot, tone, box.place() == Place.OUTSIDE);
        var name = box.place() == Place.OUTSIDE
                ? other.map(row -> row.view().name()).orElse(box.title())
                : box.title();
        words(spot, name, tally.total() == 1 ? tone.word() : counts(tally.of(Tone.SUCCESS), tally.total()));
        strip(spot, inside.size(), inside::tone);
    }

    private static String counts(int done, int all) {
        return Texts.of("graph.done", Figures.count(done), Figures.count(all));
    }

    private void open(Spot ground) {
        put(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%.1f %.1f %.1f %.1f\" width=\"%.0f\" height=\"%.0f\""
                        + " font-family=\"Inter, sans-serif\">",
                -MARGIN,
                -MARGIN,
                ground.width() + 2 * MARGIN,
                ground.height() + 2 * MARGIN,
                ground.width() + 2 * MARGIN,
                ground.height() + 2 * MARGIN);
        put(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"100%%\" height=\"100%%\" fill=\"%s\"/>",
                -MARGIN, -MARGIN, hex(inks.of(Ink.GROUND)));
    }

    private String close() {
        put("</svg>");
        return out.toString();
    }

    private void way(Route way, Color colour) {
        put(
                "<path d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>",
                way.x(),
                way.y(),
                way.handleX(),
                way.handleY(),
                way.lastX(),
                way.lastY(),
                way.toX(),
                way.toY(),
                hex(colour));
        var x = way.headX(6, 3.5);
        var y = way.headY(6, 3.5);
        put(
                "<path d=\"M%.1f %.1f L%.1f %.1f L%.1f %.1f z\" fill=\"%s\"/>",
                x[0], y[0], x[1], y[1], x[2], y[2], hex(colour));
    }

    private void line(Spot from, List<Point> bends, Spot to, Kind kind, Color colour, double width) {
        double x = from.x() + from.width();
        double y = from.middleY();
        var path = new StringBuilder(text("M%.1f %.1f", x, y));
        for (var bend : bends) {
            path.append(curve(x, bend.x(), y, bend.y()));
            x = bend.x();
            y = bend.y();
        }
        path.append(curve(x, to.x(), y, to.middleY()));
        put(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>",
                path, hex(colour), width, kind == Kind.CHILD ? " stroke-dasharray=\"2 4\"" : "");
        if (kind == Kind.DEPENDENCY) {
            put("<path d=\"M%.1f %.1f l-6 -3.5 v7 z\" fill=\"%s\"/>", to.x(), to.middleY(), hex(colour));
        }
    }

    private static String curve(double x, double toX, double y, double toY) {
        double half = Math.max(12, (toX - x) / 2);
        return text(" C%.1f %.1f %.1f %.1f %.1f %.1f", x + half, y, toX - half, toY, toX, toY);
    }

    private void frame(Spot spot, Tone tone, boolean dashed) {
        put(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"5\" fill=\"%s\" stroke=\"%s\"%s/>",
                spot.x(),
                spot.y(),
                spot.width(),
                spot.height(),
                hex(inks.of(Ink.NODE)),
                hex(Inks.quiet(tone) ? inks.of(Ink.BORDER) : inks.of(tone)),
                dashed ? " stroke-dasharray=\"4 3\"" : "");
        put(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s</title></circle>",
                spot.x() + 15, spot.y() + 16, hex(inks.of(tone)), escaped(tone.word()));
    }

    private void words(Spot spot, String name, String count) {
        put(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"12.5\" font-weight=\"600\" fill=\"%s\">%s"
                        + " <tspan font-size=\"11\" font-weight=\"400\" fill=\"%s\">%s</tspan></text>",
                spot.x() + 26,
                spot.y() + 20.5,
                hex(inks.of(Ink.TEXT)),
                escaped(name),
                hex(inks.of(Ink.MUTED)),
                escaped(count));
    }

    private void strip(Spot spot, int tasks, IntFunction<Tone> tones) {
        int cells = Math.min(tasks, CELLS);
        double step = cells == 0 ? 0 : (spot.width() - 20) / cells;
        for (int cell = 0; cell < cells; cell++) {
            int from = (int) ((long) cell * tasks / cells);
            int to = Math.max(from + 1, (int) ((long) (cell + 1) * tasks / cells));
            var worst = tones.apply(from);
            for (int i = from + 1; i < to; i++) {
                worst = worst.worse(tones.apply(i));
            }
            put(
                    "<rect x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"10\" fill=\"%s\"%s/>",
                    spot.x() + 10 + cell * step,
                    spot.y() + 34,
                    Math.max(0.5, step - Math.min(1, step / 4)),
                    hex(inks.of(worst)),
                    Inks.quiet(worst) ? " fill-opacity=\"0.55\"" : "");
        }
    }

    private void put(String format, Object... values) {
        out.append(text(format, values)).append('\n');
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String hex(Color colour) {
        return text("#%06x", Raster.pixel(colour) & 0xffffff);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
