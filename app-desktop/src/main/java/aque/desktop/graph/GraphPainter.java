package aque.desktop.graph;

import aque.desktop.control.Strip;
import aque.desktop.feed.Row;
import aque.desktop.feed.Tally;
import aque.desktop.graph.GraphModel.Picture;
import aque.desktop.layout.Folded;
import aque.desktop.layout.Folded.Kind;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Theme;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;

/// Paints the graph: lines first, boxes over them, the chosen box with a brighter line. FX thread.
final class GraphPainter {
    static final double MARGIN = 20;
    static final double BAND_TOP = 24;
    private static final double CELL = 7;

    private final Palette palette;

    GraphPainter(Palette palette) {
        this.palette = palette;
    }

    void paint(GraphicsContext g, Picture picture, Optional<Integer> chosen, Predicate<Spot> inSight) {
        var tallies = picture.rows().stream().map(Tally::of).toList();
        var tones = tallies.stream().map(GraphPainter::tone).toList();
        var spots = picture.layout().spots();
        for (var link : picture.folded().links()) {
            var from = spots.get(link.from());
            var to = spots.get(link.to());
            if (inSight.test(from) || inSight.test(to)) {
                line(g, from, to, link.kind(), tones.get(link.from()));
            }
        }
        for (int i = 0; i < spots.size(); i++) {
            if (inSight.test(spots.get(i))) {
                box(g, picture, i, tallies.get(i), chosen.equals(Optional.of(i)));
            }
        }
    }

    /// The tasks of the chosen box, one cell each while there is room.
    void paintBand(GraphicsContext g, Picture picture, int box, Optional<TaskId> lead, double width, double top) {
        var rows = picture.rows().get(box);
        if (rows.size() < 2) {
            return;
        }
        double wide = bandWidth(rows.size(), width - 2 * MARGIN);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.text(11));
        g.setFill(palette.of(Ink.MUTED));
        g.fillText(bandTitle(picture, box, rows), MARGIN, top + 10);
        Strip.of(rows).paint(g, palette, MARGIN, top + BAND_TOP, wide, 16);
        lead.map(id -> place(rows, id)).filter(at -> at >= 0).ifPresent(at -> {
            double cell = wide / rows.size();
            g.setStroke(palette.of(Ink.TEXT));
            g.setLineWidth(1.5);
            g.setLineDashes();
            g.strokeRoundRect(MARGIN + at * cell - 1.5, top + BAND_TOP - 3, Math.max(4, cell - 1) + 3, 22, 4, 4);
        });
    }

    /// Rows stand in order of their ids; negative when it is not among them.
    private static int place(List<Row> rows, TaskId id) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = rows.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// A band is no wider than its tasks need.
    static double bandWidth(int tasks, double room) {
        return Math.clamp(tasks * CELL, 1, Math.max(1, room));
    }

    private static String bandTitle(Picture picture, int box, List<Row> rows) {
        return Texts.of(
                "graph.band",
                picture.folded().boxes().get(box).title(),
                rows.getFirst().view().name(),
                rows.getLast().view().name(),
                Figures.count(rows.size()));
    }

    /// The worst inside while nothing runs; what runs, unless something failed.
    private static Tone tone(Tally tally) {
        if (tally.total() == 0) {
            return Tone.SUCCESS;
        }
        var worst = tally.worst();
        return worst == Tone.ERROR || tally.active() == 0 ? worst : Tone.RUNNING.worse(worst);
    }

    private void line(GraphicsContext g, Spot from, Spot to, Kind kind, Tone upstream) {
        double x1 = from.x() + from.width();
        double y1 = from.y() + from.height() / 2;
        double x2 = to.x();
        double y2 = to.y() + to.height() / 2;
        double bend = Math.max(18, (x2 - x1) / 2);
        g.setStroke(upstream == Tone.SUCCESS ? palette.of(Tone.SUCCESS) : palette.of(Ink.FAINT));
        g.setLineWidth(1.3);
        g.setLineDashes(kind == Kind.CHILD ? new double[] {2, 4} : new double[0]);
        g.beginPath();
        g.moveTo(x1, y1);
        g.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
        g.stroke();
        if (kind == Kind.DEPENDENCY) {
            g.setFill(g.getStroke());
            g.fillPolygon(new double[] {x2 - 6, x2, x2 - 6}, new double[] {y2 - 3.5, y2, y2 + 3.5}, 3);
        }
    }

    private void box(GraphicsContext g, Picture picture, int index, Tally tally, boolean chosen) {
        var tone = tone(tally);
        var spot = picture.layout().spots().get(index);
        var box = picture.folded().boxes().get(index);
        var rows = picture.rows().get(index);
        boolean quiet = tone.compareTo(Tone.PENDING) <= 0 && tone != Tone.SUCCESS;
        g.setFill(palette.of(Ink.NODE));
        g.fillRoundRect(spot.x(), spot.y(), spot.width(), spot.height(), 10, 10);
        g.setLineDashes();
        g.setLineWidth(chosen ? 2 : 1.3);
        g.setGlobalAlpha(tone == Tone.SUCCESS && !chosen ? 0.5 : 1);
        g.setStroke(chosen ? palette.of(Ink.ACCENT) : quiet ? palette.of(Ink.BORDER) : palette.of(tone));
        g.strokeRoundRect(spot.x(), spot.y(), spot.width(), spot.height(), 10, 10);
        g.setGlobalAlpha(1);
        Icons.paint(tone, g, spot.x() + 9, spot.y() + 9, 15, palette.of(tone));
        title(g, spot, box, tally);
        if (rows.size() == 1) {
            progress(g, spot, rows.getFirst());
        } else {
            Strip.of(rows).paint(g, palette, spot.x() + 10, spot.y() + 34, spot.width() - 20, 10);
        }
    }

    private void title(GraphicsContext g, Spot spot, Folded.Box box, Tally tally) {
        var count = tally.total() == 1 ? tally.worst().word() : counts(tally);
        double forCount = 6.2 * count.length() + 8;
        var name = shortened(box.title(), spot.width() - 40 - forCount);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.strong(12.5));
        g.setFill(palette.of(Ink.TEXT));
        g.fillText(name, spot.x() + 28, spot.y() + 16);
        double after = spot.x() + 28 + width(name) + 6;
        g.setFont(Theme.text(11));
        g.setFill(palette.of(Ink.MUTED));
        g.fillText(count, after, spot.y() + 16.5);
    }

    private static String counts(Tally tally) {
        return Texts.of("graph.done", Figures.count(tally.of(Tone.SUCCESS)), Figures.count(tally.total()));
    }

    private void progress(GraphicsContext g, Spot spot, Row row) {
        double width = spot.width() - 20;
        double part = row.tone() == Tone.SUCCESS ? 1 : Math.max(0, row.view().progress() / 100);
        g.setFill(palette.of(Ink.BORDER));
        g.fillRoundRect(spot.x() + 10, spot.y() + 37, width, 4, 4, 4);
        g.setFill(palette.of(row.tone()));
        g.fillRoundRect(spot.x() + 10, spot.y() + 37, width * part, 4, 4, 4);
    }

    private static String shortened(String text, double room) {
        var shorter = text;
        while (shorter.length() > 4 && width(shorter) > room) {
            shorter = shorter.substring(0, shorter.length() - 2) + "…";
        }
        return shorter;
    }

    private static double width(String text) {
        var measure = new javafx.scene.text.Text(text);
        measure.setFont(Theme.strong(12.5));
        return measure.getLayoutBounds().getWidth();
    }
}
