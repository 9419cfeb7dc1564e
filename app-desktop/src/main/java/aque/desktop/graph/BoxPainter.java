package aque.desktop.graph;

import aque.desktop.control.Strip;
import aque.desktop.feed.Row;
import aque.desktop.feed.Tally;
import aque.desktop.layout.Folded.Box;
import aque.desktop.layout.Folded.Place;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Theme;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// Draws one box of a job's graph: a dot, a box with a strip, or every task of it in a cell. FX thread.
final class BoxPainter {
    /// A cell of this width has room for a name.
    private static final double NAMED = 52;
    private static final Tone[] TONES = Tone.values();

    private final Inks inks;
    private final Lettering letters;
    private final Function<TaskId, Optional<Row>> jobs;

    BoxPainter(Inks inks, Lettering letters, Function<TaskId, Optional<Row>> jobs) {
        this.inks = inks;
        this.letters = letters;
        this.jobs = jobs;
    }

    /// Is a box so large that its tasks are seen one by one?
    static boolean opens(JobPicture picture, int box, Camera camera, Levels levels) {
        return camera.scale() >= levels.box() && picture.inside(box).size() > 1;
    }

    /// A dot in the colour of the worst inside; a little larger, with its strip.
    void far(Pen pen, JobPicture picture, int index, Spot spot, Marks marks) {
        var inside = picture.inside(index);
        var tone = tone(picture, index);
        boolean strip = spot.height() >= 12 && inside.size() > 1;
        pen.raster()
                .fill(spot.x(), spot.y(), spot.width(), spot.height(), strip ? inks.ground(tone) : inks.pixel(tone));
        if (strip) {
            strip(pen.raster(), inside, spot.x() + 2, spot.middleY(), spot.width() - 4, spot.height() / 2 - 2);
        }
        if (marks.found().get(index)) {
            pen.raster().fill(spot.x(), spot.y() - 2, spot.width(), 2, inks.found());
            pen.raster().fill(spot.x(), spot.y() + spot.height(), spot.width(), 2, inks.found());
        }
    }

    private void strip(Raster raster, Inside inside, double x, double y, double width, double height) {
        int columns = Math.max(1, Math.min(inside.size(), (int) width));
        double step = width / columns;
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) column * inside.size() / columns);
            int to = Math.max(from + 1, (int) ((long) (column + 1) * inside.size() / columns));
            var worst = inside.tone(from);
            for (int i = from + 1; i < to; i++) {
                worst = worst.worse(inside.tone(i));
            }
            raster.fill(x + column * step, y, step, height, inks.pixel(worst));
        }
    }

    /// A box with its name and its strip, or the cells of its tasks.
    void near(Pen pen, JobPicture picture, int index, Spot spot, Camera camera, Marks marks) {
        var g = pen.g();
        var tone = tone(picture, index);
        frame(g, picture, index, spot, tone, marks);
        double size = Lettering.size(Math.min(12.5 * camera.scale(), 14));
        double line = Math.min(16 * camera.scale(), 20);
        double glyph = Math.min(15 * camera.scale(), 17);
        double left = spot.x() + Math.min(9 * camera.scale(), 12);
        boolean open = opens(picture, index, camera, pen.levels());
        // The name of a box that is larger than the view stays in sight.
        left = open ? Math.max(left, pen.view().x() + 12) : left;
        double middle = open ? Math.max(spot.y() + line, pen.view().y() + 14) : spot.y() + line;
        Icons.paint(tone, g, left, middle - glyph / 2, glyph, inks.of(tone));
        title(g, picture, index, left + glyph + 5, middle, spot.x() + spot.width() - 8, size);
        body(pen, picture, index, spot, camera);
    }

    private void body(Pen pen, JobPicture picture, int index, Spot spot, Camera camera) {
        var inside = picture.inside(index);
        double k = camera.scale();
        if (opens(picture, index, camera, pen.levels())) {
            cells(pen, picture, index, camera);
        } else if (inside.size() > 1) {
            Strip.of(inside.size(), inside::tone)
                    .paint(
                            pen.g(),
                            inks.palette(),
                            spot.x() + 10 * k,
                            Math.round(spot.y() + 34 * k),
                            spot.width() - 20 * k,
                            Math.round(10 * k));
        } else if (inside.size() == 1) {
            progress(pen.g(), spot, k, inside.rows().getFirst());
        } else {
            var tally = tally(picture, index);
            Strip.of(tally)
                    .paint(
                            pen.g(),
                            inks.palette(),
                            spot.x() + 10 * k,
                            Math.round(spot.y() + 36 * k),
                            spot.width() - 20 * k,
                            Math.max(2, Math.round(6 * k)));
        }
    }

    private void frame(GraphicsContext g, JobPicture picture, int index, Spot spot, Tone tone, Marks marks) {
        boolean lead = marks.lead().equals(Optional.of(index));
        boolean chosen = lead || marks.chosen().get(index);
        boolean critical = marks.critical() && picture.plan().criticalBoxes().get(index);
        double round = Math.min(10, spot.height() / 5);
        g.setFill(inks.of(Ink.NODE));
        g.fillRoundRect(spot.x(), spot.y(), spot.width(), spot.height(), round, round);
        g.setLineDashes(picture.box(index).place() == Place.OUTSIDE ? new double[] {4, 3} : new double[0]);
        g.setLineWidth(lead || critical ? 2 : 1.3);
        g.setGlobalAlpha(tone == Tone.SUCCESS && !chosen && !critical ? 0.5 : 1);
        g.setStroke(rim(tone, chosen, critical));
        g.strokeRoundRect(spot.x(), spot.y(), spot.width(), spot.height(), round, round);
        g.setGlobalAlpha(1);
        g.setLineDashes();
        if (marks.found().get(index)) {
            g.setStroke(inks.of(Tone.HELD));
            g.setLineWidth(1.5);
            g.strokeRoundRect(spot.x() - 3, spot.y() - 3, spot.width() + 6, spot.height() + 6, round + 4, round + 4);
        }
    }

    private Color rim(Tone tone, boolean chosen, boolean critical) {
        if (chosen) {
            return inks.of(Ink.ACCENT);
        }
        if (Inks.quiet(tone)) {
            return critical ? inks.of(Ink.MUTED) : inks.of(Ink.BORDER);
        }
        return inks.of(tone);
    }

    /// Shows that something in a dot is chosen.
    void rim(GraphicsContext g, Spot spot, boolean lead) {
        g.setLineDashes();
        g.setStroke(inks.of(lead ? Ink.TEXT : Ink.ACCENT));
        g.setLineWidth(lead ? 2 : 1);
        g.strokeRect(spot.x() - 2, spot.y() - 2, Math.max(3, spot.width()) + 4, Math.max(3, spot.height()) + 4);
    }

    private void title(
            GraphicsContext g, JobPicture picture, int index, double left, double y, double right, double size) {
        var count = count(picture, index);
        double small = Lettering.size(size - 1);
        double forCount = letters.text(count, small) + 6;
        boolean both = right - left > forCount + 40;
        var name = letters.shortened(name(picture.box(index)), size, right - left - (both ? forCount : 0));
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.strong(size));
        g.setFill(inks.of(Ink.TEXT));
        g.fillText(name, left, y);
        if (both) {
            g.setFont(Theme.text(small));
            g.setFill(inks.of(Ink.MUTED));
            g.fillText(count, left + letters.strong(name, size) + 6, y + 0.5);
        }
    }

    private String name(Box box) {
        return box.place() == Place.OUTSIDE
                ? jobs.apply(box.group()).map(row -> row.view().name()).orElseGet(box::title)
                : box.title();
    }

    private String count(JobPicture picture, int index) {
        var tally = tally(picture, index);
        return tally.total() == 1
                ? tally.worst().word()
                : Texts.of("graph.done", Figures.count(tally.of(Tone.SUCCESS)), Figures.count(tally.total()));
    }

    /// Of a box without tasks: the counts of the group or the job that it stands for.
    private Tally tally(JobPicture picture, int index) {
        var box = picture.box(index);
        return switch (box.place()) {
            case INSIDE -> picture.inside(index).tally();
            case JOINT ->
                picture.job()
                        .row(box.group())
                        .map(Row::tally)
                        .orElseGet(() -> picture.inside(index).tally());
            case OUTSIDE ->
                jobs.apply(box.group())
                        .map(Row::tally)
                        .orElseGet(() -> picture.inside(index).tally());
        };
    }

    private Tone tone(JobPicture picture, int index) {
        var box = picture.box(index);
        return switch (box.place()) {
            case INSIDE -> picture.inside(index).whole();
            case JOINT -> picture.job().row(box.group()).map(Row::tone).orElse(Tone.WAITING);
            case OUTSIDE -> jobs.apply(box.group()).map(Row::tone).orElse(Tone.WAITING);
        };
    }

    private void progress(GraphicsContext g, Spot spot, double k, Row row) {
        double width = spot.width() - 20 * k;
        double part = row.tone() == Tone.SUCCESS ? 1 : Math.max(0, row.view().progress() / 100);
        double height = Math.clamp(4 * k, 2, 6);
        double y = spot.y() + 37 * k;
        g.setFill(inks.of(Ink.BORDER));
        g.fillRoundRect(spot.x() + 10 * k, y, width, height, 4, 4);
        g.setFill(inks.of(row.tone()));
        g.fillRoundRect(spot.x() + 10 * k, y, width * part, height, 4, 4);
        if (k >= 1.5 && !row.view().worker().isEmpty()) {
            g.setFont(Theme.text(11));
            g.setFill(inks.of(Ink.MUTED));
            g.fillText(
                    Texts.of("graph.on", row.view().worker(), row.tone().word()), spot.x() + 10 * k, y + height + 14);
        }
    }

    /// From the least to the worst tone, so that where many share a pixel the worst is seen.
    private void cells(Pen pen, JobPicture picture, int index, Camera camera) {
        var inside = picture.inside(index);
        var grid = TaskGrid.of(picture.spots().get(index), inside.size());
        boolean crowded = grid.cellWidth() * camera.scale() < 2;
        int present = crowded ? TONES.length : 1;
        for (int pass = 0; pass < present; pass++) {
            for (int i = 0; i < inside.size(); i++) {
                if (!crowded || inside.tone(i) == TONES[pass]) {
                    var cell = camera.view(grid.cell(i));
                    if (pen.sees(cell)) {
                        pen.raster()
                                .fill(cell.x(), cell.y(), cell.width(), cell.height(), cellInk(inside.tone(i), cell));
                    }
                }
            }
        }
    }

    private int cellInk(Tone tone, Spot cell) {
        return cell.width() >= NAMED ? inks.ground(tone) : inks.pixel(tone);
    }

    /// The names of the tasks whose cells have room for them, and the chosen one's rim.
    void names(Pen pen, JobPicture picture, int index, Camera camera, Marks marks) {
        var inside = picture.inside(index);
        var grid = TaskGrid.of(picture.spots().get(index), inside.size());
        boolean named = grid.cellWidth() * camera.scale() >= NAMED;
        for (int i = 0; i < inside.size(); i++) {
            var row = inside.rows().get(i);
            boolean lead = marks.task().filter(row.id()::equals).isPresent();
            boolean critical = marks.critical() && picture.plan().critical().contains(row.id());
            if (!named && !lead && !critical) {
                continue;
            }
            var cell = camera.view(grid.cell(i));
            if (!pen.sees(cell)) {
                continue;
            }
            if (named) {
                name(pen.g(), row, cell);
            }
            if (lead || critical && cell.width() > 6) {
                pen.g().setStroke(inks.of(lead ? Ink.ACCENT : Ink.TEXT));
                pen.g().setLineWidth(lead ? 2 : 1);
                pen.g().strokeRect(cell.x() - 1, cell.y() - 1, cell.width() + 2, cell.height() + 2);
            }
        }
    }

    private void name(GraphicsContext g, Row row, Spot cell) {
        double size = Lettering.size(Math.clamp(cell.height() / 2.2, 9, 12.5));
        double glyph = size + 1;
        double middle = cell.height() < 60 ? cell.middleY() : cell.y() + 20;
        boolean roomy = cell.width() >= 96;
        double left = cell.x() + 6;
        if (roomy) {
            Icons.paint(row.tone(), g, left, middle - glyph / 2, glyph, inks.of(row.tone()));
            left += glyph + 5;
        }
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.strong(size));
        g.setFill(inks.of(Ink.TEXT));
        g.fillText(letters.shortened(row.view().name(), size, cell.x() + cell.width() - left - 4), left, middle);
        if (cell.height() >= 60 && cell.width() >= 130) {
            g.setFont(Theme.text(11));
            g.setFill(inks.of(Ink.MUTED));
            var worker = row.view().worker();
            var words = worker.isEmpty()
                    ? row.tone().word()
                    : Texts.of("graph.on", worker, row.tone().word());
            g.fillText(words, cell.x() + 8, middle + 20);
        }
    }
}
