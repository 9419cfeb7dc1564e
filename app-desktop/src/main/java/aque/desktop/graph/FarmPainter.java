package aque.desktop.graph;

import aque.desktop.control.Strip;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Theme;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;

/// Draws the ground of the farm: a card for each job, lines from jobs to those that wait for them, and inside the cards
/// that are near enough the job's own graph. FX thread.
final class FarmPainter {
    /// From this width on, a card has a name.
    private static final double NAMED = 84;
    /// From this scale on, a card says all that it has to say.
    private static final double FULL = 0.75;
    /// From this width on, a card has a strip.
    private static final double STRIP = 26;

    private final GraphModel model;
    private final Selection selection;
    private final Inks inks;
    private final Lettering letters;
    private final JobPainter jobs;

    FarmPainter(GraphModel model, Selection selection, Inks inks, Lettering letters) {
        this.model = model;
        this.selection = selection;
        this.inks = inks;
        this.letters = letters;
        this.jobs = new JobPainter(inks, letters, model.farm()::row);
    }

    /// Draws all that the camera sees.
    void paint(Pen pen, Camera camera, Set<TaskId> found) {
        var first = model.plan().bounds();
        double width = FarmPlan.WIDTH * camera.scale();
        links(pen, camera, width >= NAMED);
        if (!pen.sees(camera.view(first))) {
            return;
        }
        for (var id : model.plan().in(camera.ground(pen.view()))) {
            var place = model.plan().card(id).orElseThrow();
            var card = camera.view(place);
            var job = model.farm().job(id);
            if (job.isEmpty() || !pen.sees(card)) {
                continue;
            }
            if (width < NAMED) {
                far(pen, job.get(), card, found);
            } else {
                boolean open = camera.scale() >= pen.levels().card();
                near(pen, job.get(), card, camera.scale(), open, found);
                if (open) {
                    model.picture(id).ifPresent(picture -> inside(pen, picture, place, camera, found));
                }
            }
        }
        pen.raster().paint(pen.g());
        over(pen, camera, found, width);
    }

    JobPainter jobs() {
        return jobs;
    }

    private void links(Pen pen, Camera camera, boolean near) {
        for (var link : model.farm().links()) {
            var from = model.plan().card(link.upstream()).map(camera::view);
            var to = model.plan().card(link.downstream()).map(camera::view);
            if (from.isEmpty() || to.isEmpty() || !pen.seesBetween(from.get(), to.get())) {
                continue;
            }
            var upstream = model.farm().row(link.upstream()).map(Row::tone).orElse(Tone.WAITING);
            if (near) {
                curve(pen.g(), from.get(), to.get(), upstream);
            } else {
                var a = from.get();
                var b = to.get();
                pen.raster().line(a.x() + a.width(), a.middleY(), b.x(), b.middleY(), inks.line(upstream));
            }
        }
    }

    private void curve(GraphicsContext g, Spot from, Spot to, Tone upstream) {
        var way = Route.of(from, to);
        g.setStroke(upstream == Tone.SUCCESS ? inks.of(Tone.SUCCESS) : inks.of(Ink.FAINT));
        g.setLineWidth(1.6);
        g.setLineDashes();
        g.beginPath();
        g.moveTo(way.x(), way.y());
        g.bezierCurveTo(way.handleX(), way.handleY(), way.lastX(), way.lastY(), way.toX(), way.toY());
        g.stroke();
        g.setFill(g.getStroke());
        g.fillPolygon(way.headX(7, 4), way.headY(7, 4), 3);
    }

    private static Tone tone(Row job) {
        return job.tally().worst() == Tone.ERROR ? Tone.ERROR : job.tone();
    }

    private void far(Pen pen, Row job, Spot card, Set<TaskId> found) {
        var tone = tone(job);
        boolean strip = card.width() >= STRIP;
        var raster = pen.raster();
        raster.fill(card.x(), card.y(), card.width(), card.height(), strip ? inks.ground(tone) : inks.pixel(tone));
        if (strip) {
            tally(raster, job, card);
        }
        if (found.contains(job.id())) {
            raster.fill(card.x(), card.y() - 2, card.width(), 2, inks.found());
            raster.fill(card.x(), card.y() + card.height(), card.width(), 2, inks.found());
        }
    }

    /// Done first, failed next, waiting last; what is few is never less than a pixel.
    private void tally(Raster raster, Row job, Spot card) {
        var tally = job.tally();
        double width = card.width() - 6;
        double x = card.x() + 3;
        for (var tone : Tone.values()) {
            int count = tally.of(tone);
            if (count > 0) {
                double mine = width * count / tally.total();
                raster.fill(x, card.middleY(), mine, Math.max(1, card.height() / 5), inks.pixel(tone));
                x += mine;
            }
        }
    }

    private void near(Pen pen, Row job, Spot card, double k, boolean open, Set<TaskId> found) {
        var g = pen.g();
        var tone = tone(job);
        boolean chosen = selection.contains(job.id());
        double round = Math.min(12, card.height() / 8);
        g.setLineDashes();
        g.setFill(inks.of(open ? Ink.GROUND : Ink.NODE));
        g.fillRoundRect(card.x(), card.y(), card.width(), card.height(), round, round);
        // Of a frame that is larger than the view only pieces would be seen; the bar above names the job.
        var room = pen.view();
        var larger = card.width() > room.width() || card.height() > room.height() - Band.HEIGHT;
        if (open && (larger || isAlone(card, room, k))) {
            return;
        }
        g.setLineWidth(chosen ? 2 : 1.2);
        g.setGlobalAlpha(tone == Tone.SUCCESS && !chosen ? 0.5 : 1);
        g.setStroke(chosen ? inks.of(Ink.ACCENT) : open || Inks.quiet(tone) ? inks.of(Ink.BORDER) : inks.of(tone));
        g.strokeRoundRect(card.x(), card.y(), card.width(), card.height(), round, round);
        g.setGlobalAlpha(1);
        if (found.contains(job.id())) {
            g.setStroke(inks.of(Tone.HELD));
            g.strokeRoundRect(card.x() - 3, card.y() - 3, card.width() + 6, card.height() + 6, round + 4, round + 4);
        }
        if (k < FULL) {
            small(g, job, tone, card);
            return;
        }
        head(g, job, tone, card, k, open);
        if (!open || model.picture(job.id()).isEmpty()) {
            Strip.of(job.tally())
                    .paint(
                            g,
                            inks.palette(),
                            card.x() + 10 * k,
                            Math.round(card.y() + 52 * k),
                            card.width() - 20 * k,
                            Math.max(3, Math.round(10 * k)));
            foot(g, job, card, k);
        }
    }

    /// Is no other card in view? Then its rim parts it from nothing, and is two lines at most that tell nobody
    /// anything.
    private static boolean isAlone(Spot card, Spot view, double k) {
        double besides = FarmPlan.GAP_X * k;
        double above = FarmPlan.GAP_Y * k;
        return card.x() - besides <= view.x()
                && card.x() + card.width() + besides >= view.x() + view.width()
                && card.y() - above <= view.y()
                && card.y() + card.height() + above >= view.y() + view.height();
    }

    /// A name and a strip are all that a small card has room for.
    private void small(GraphicsContext g, Row job, Tone tone, Spot card) {
        double glyph = 10;
        double middle = card.y() + card.height() * 0.33;
        Icons.paint(tone, g, card.x() + 5, middle - glyph / 2, glyph, inks.of(tone));
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.strong(10));
        g.setFill(inks.of(Ink.TEXT));
        g.fillText(letters.shortened(job.view().name(), 10, card.width() - glyph - 14), card.x() + glyph + 9, middle);
        double height = Math.max(3, Math.round(card.height() * 0.16));
        Strip.of(job.tally())
                .paint(
                        g,
                        inks.palette(),
                        card.x() + 5,
                        Math.round(card.y() + card.height() * 0.62),
                        card.width() - 10,
                        height);
    }

    private void inside(Pen pen, JobPicture picture, Spot place, Camera camera, Set<TaskId> found) {
        picture.refresh();
        var marks = Marks.of(picture, selection, found, model.critical().get());
        jobs.paint(pen, picture, picture.camera(camera, place), marks);
    }

    private void over(Pen pen, Camera camera, Set<TaskId> found, double width) {
        if (width < NAMED) {
            selection.ids().stream()
                    .limit(2000)
                    .forEach(id -> model.plan()
                            .card(id)
                            .map(camera::view)
                            .filter(pen::sees)
                            .ifPresent(card -> rim(pen.g(), card)));
        } else if (camera.scale() >= pen.levels().card()) {
            for (var id : model.plan().in(camera.ground(pen.view()))) {
                var place = model.plan().card(id).orElseThrow();
                var picture = model.picture(id).filter(there -> pen.sees(camera.view(place)));
                if (picture.isPresent()) {
                    var marks = Marks.of(
                            picture.get(), selection, found, model.critical().get());
                    jobs.paintOver(pen, picture.get(), picture.get().camera(camera, place), marks);
                }
            }
        }
    }

    private void rim(GraphicsContext g, Spot card) {
        g.setLineDashes();
        g.setStroke(inks.of(Ink.TEXT));
        g.setLineWidth(1.5);
        g.strokeRect(card.x() - 2, card.y() - 2, card.width() + 4, card.height() + 4);
    }

    private void head(GraphicsContext g, Row job, Tone tone, Spot card, double k, boolean open) {
        double size = Lettering.size(Math.min(12.5 * k, 16));
        double glyph = Math.min(15 * k, 18);
        double middle = card.y() + Math.min(18 * k, 24);
        double left = card.x() + Math.min(10 * k, 14);
        Icons.paint(tone, g, left, middle - glyph / 2, glyph, inks.of(tone));
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.strong(size));
        g.setFill(inks.of(Ink.TEXT));
        double room = card.x() + card.width() - left - glyph - 16;
        var name = letters.shortened(job.view().name(), size, room);
        g.fillText(name, left + glyph + 6, middle);
        if (open) {
            g.setFont(Theme.text(Lettering.size(size - 1)));
            g.setFill(inks.of(Ink.MUTED));
            g.fillText(counts(job), left + glyph + 14 + letters.strong(name, size), middle);
        }
    }

    private void foot(GraphicsContext g, Row job, Spot card, double k) {
        double size = Lettering.size(Math.min(11 * k, 14));
        g.setFont(Theme.text(size));
        g.setFill(inks.of(Ink.MUTED));
        g.fillText(counts(job), card.x() + 10 * k, card.y() + 36 * k);
        g.fillText(job.view().owner(), card.x() + 10 * k, card.y() + 84 * k);
    }

    private static String counts(Row job) {
        return Texts.of(
                "graph.done",
                Figures.count(job.tally().of(Tone.SUCCESS)),
                Figures.count(job.tally().total()));
    }
}
