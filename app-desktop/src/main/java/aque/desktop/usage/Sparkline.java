package aque.desktop.usage;

import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;

/// One curve on a canvas, oldest left, with a dashed line at its limit. Where more samples than pixels share the width
/// a pixel takes the highest of its samples. FX thread.
final class Sparkline extends Region {
    private static final double HEIGHT = 46;

    private final Palette palette;
    private final Ink ink;
    private final Canvas canvas = new Canvas();
    private double[] values = {};
    private double limit;

    Sparkline(Palette palette, Ink ink) {
        this.palette = palette;
        this.ink = ink;
        setMinSize(40, HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        getChildren().add(canvas);
        palette.onChange(this::requestLayout);
    }

    void show(double[] now, double against) {
        values = now;
        limit = against;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        paint();
    }

    private void paint() {
        var g = canvas.getGraphicsContext2D();
        double width = getWidth();
        g.clearRect(0, 0, width, HEIGHT);
        double top = limit;
        for (double value : values) {
            top = Math.max(top, value);
        }
        if (top <= 0) {
            return;
        }
        double unit = (HEIGHT - 6) / top;
        if (values.length > 1) {
            var line = highest((int) Math.max(2, Math.min(values.length, width)));
            double step = width / (line.length - 1);
            g.beginPath();
            g.moveTo(0, HEIGHT);
            for (int i = 0; i < line.length; i++) {
                g.lineTo(i * step, HEIGHT - 1 - line[i] * unit);
            }
            g.lineTo(width, HEIGHT);
            g.closePath();
            g.setGlobalAlpha(0.18);
            g.setFill(palette.of(ink));
            g.fill();
            g.setGlobalAlpha(1);
            g.beginPath();
            for (int i = 0; i < line.length; i++) {
                g.lineTo(i * step, HEIGHT - 1 - line[i] * unit);
            }
            g.setLineDashes();
            g.setLineWidth(1.4);
            g.setStroke(palette.of(ink));
            g.stroke();
        }
        if (limit > 0) {
            double y = Math.round(HEIGHT - 1 - limit * unit) + 0.5;
            g.setStroke(palette.of(Ink.LIMIT));
            g.setLineWidth(1);
            g.setLineDashes(4, 4);
            g.strokeLine(0, y, width, y);
        }
    }

    private double[] highest(int columns) {
        var line = new double[columns];
        for (int i = 0; i < values.length; i++) {
            int column = (int) ((long) i * columns / values.length);
            line[column] = Math.max(line[column], values[i]);
        }
        return line;
    }
}
