package aque.desktop.submit;

import aque.desktop.layout.Folded;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Theme;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/// A small picture of the graph that a submission will be, fitted to its place. FX thread.
final class SketchView extends Region {
    private final Palette palette;
    private final Canvas canvas = new Canvas();
    private Optional<Sketch> sketch = Optional.empty();

    SketchView(Palette palette) {
        this.palette = palette;
        getStyleClass().add(Style.GRAPH);
        setAccessibleText(Texts.of("submit.sketch"));
        setMinHeight(120);
        setPrefHeight(190);
        getChildren().add(canvas);
        palette.onChange(this::requestLayout);
    }

    void show(Optional<Sketch> now) {
        sketch = now;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        sketch.ifPresent(now -> paint(g, now));
    }

    private void paint(GraphicsContext g, Sketch now) {
        double scale = Math.min(
                1,
                Math.min(
                        (getWidth() - 24) / now.layout().width(),
                        (getHeight() - 24) / now.layout().height()));
        g.save();
        g.translate(12, Math.max(12, (getHeight() - now.layout().height() * scale) / 2));
        g.scale(scale, scale);
        var spots = now.layout().spots();
        now.folded().links().forEach(link -> line(g, spots.get(link.from()), spots.get(link.to()), link.kind()));
        for (int i = 0; i < spots.size(); i++) {
            box(g, spots.get(i), now.folded().boxes().get(i));
        }
        g.restore();
    }

    private void line(GraphicsContext g, Spot from, Spot to, Folded.Kind kind) {
        double x = from.x() + from.width();
        double y = from.y() + from.height() / 2;
        double y2 = to.y() + to.height() / 2;
        double bend = Math.max(18, (to.x() - x) / 2);
        g.setStroke(palette.of(Ink.FAINT));
        g.setLineWidth(1.3);
        g.setLineDashes(kind == Folded.Kind.CHILD ? new double[] {2, 4} : new double[0]);
        g.beginPath();
        g.moveTo(x, y);
        g.bezierCurveTo(x + bend, y, to.x() - bend, y2, to.x(), y2);
        g.stroke();
    }

    private void box(GraphicsContext g, Spot spot, Folded.Box box) {
        g.setFill(palette.of(Ink.NODE));
        g.setStroke(palette.of(Ink.BORDER));
        g.setLineDashes();
        g.fillRoundRect(spot.x(), spot.y(), spot.width(), spot.height(), 10, 10);
        g.strokeRoundRect(spot.x(), spot.y(), spot.width(), spot.height(), 10, 10);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.strong(12.5));
        g.setFill(palette.of(Ink.TEXT));
        g.fillText(box.title(), spot.x() + 12, spot.y() + 20, spot.width() - 24);
        g.setFont(Theme.text(11));
        g.setFill(palette.of(Ink.MUTED));
        g.fillText(
                Texts.of(
                        "submit.tasks",
                        box.tasks().size(),
                        Figures.count(box.tasks().size())),
                spot.x() + 12,
                spot.y() + 39);
    }
}
