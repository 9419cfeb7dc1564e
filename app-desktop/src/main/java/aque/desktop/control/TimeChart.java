package aque.desktop.control;

import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Theme;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/// One curve over time on a canvas, with a dashed line at its limit. Where more samples than pixels share the width a
/// pixel takes the highest of its samples. Under the pointer it says when and how much. FX thread.
public final class TimeChart extends Region {
    private static final double AXIS = 16;

    private final Palette palette;
    private final Ink ink;
    private final DoubleFunction<String> words;
    private final boolean dated;
    private final Canvas canvas = new Canvas();
    private Curve curve = Curve.NONE;
    private double pointer = -1;

    /// What is shown. `at` in milliseconds since the epoch, ascending; `limit` 0 for none.
    ///
    /// @param from left end; `to` right end
    public record Curve(long[] at, double[] values, double limit, long from, long to) {
        public static final Curve NONE = new Curve(new long[0], new double[0], 0, 0, 0);
    }

    private TimeChart(Palette palette, Ink ink, DoubleFunction<String> words, double height, boolean dated) {
        this.palette = palette;
        this.ink = ink;
        this.words = words;
        this.dated = dated;
        setMinSize(40, height);
        setPrefHeight(height);
        setMaxHeight(dated ? Double.MAX_VALUE : height);
        getChildren().add(canvas);
        palette.onChange(this::requestLayout);
        setOnMouseMoved(e -> point(e.getX()));
        setOnMouseExited(e -> point(-1));
    }

    /// A low one without an axis, for beside a figure.
    ///
    /// @param words a value as people read it
    public static TimeChart low(Palette palette, Ink ink, DoubleFunction<String> words) {
        return new TimeChart(palette, ink, words, 40, false);
    }

    /// One with times below it, that grows with its room.
    public static TimeChart dated(Palette palette, Ink ink, DoubleFunction<String> words) {
        return new TimeChart(palette, ink, words, 84, true);
    }

    public void show(Curve now) {
        curve = now;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        paint();
    }

    private void point(double x) {
        pointer = x;
        paint();
    }

    private double foot() {
        return getHeight() - (dated ? AXIS : 0) - 1;
    }

    private double x(long at) {
        return curve.to() <= curve.from() ? 0 : (double) (at - curve.from()) / (curve.to() - curve.from()) * getWidth();
    }

    private void paint() {
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        double top = Math.max(curve.limit(), Arrays.stream(curve.values()).max().orElse(0));
        if (top > 0) {
            double unit = (foot() - 5) / top;
            if (curve.values().length > 1) {
                area(g, unit);
            }
            limit(g, unit);
            readOut(g, unit);
        }
        if (dated && curve.to() > curve.from()) {
            axis(g);
            ceiling(g, top);
        }
    }

    private void area(GraphicsContext g, double unit) {
        var line = highest((int) Math.max(2, Math.min(curve.values().length, getWidth())));
        trace(g, line, unit);
        g.lineTo(line.x()[line.x().length - 1], foot() + 1);
        g.lineTo(line.x()[0], foot() + 1);
        g.closePath();
        g.setGlobalAlpha(0.18);
        g.setFill(palette.of(ink));
        g.fill();
        g.setGlobalAlpha(1);
        trace(g, line, unit);
        g.setLineDashes();
        g.setLineWidth(1.4);
        g.setStroke(palette.of(ink));
        g.stroke();
    }

    private record Line(double[] x, double[] y) {}

    private void trace(GraphicsContext g, Line line, double unit) {
        g.beginPath();
        g.moveTo(line.x()[0], foot() - line.y()[0] * unit);
        for (int i = 1; i < line.x().length; i++) {
            g.lineTo(line.x()[i], foot() - line.y()[i] * unit);
        }
    }

    private void limit(GraphicsContext g, double unit) {
        if (curve.limit() > 0) {
            double y = Math.round(foot() - curve.limit() * unit) + 0.5;
            g.setStroke(palette.of(Ink.LIMIT));
            g.setLineWidth(1);
            g.setLineDashes(4, 4);
            g.strokeLine(0, y, getWidth(), y);
            g.setLineDashes();
        }
    }

    private void readOut(GraphicsContext g, double unit) {
        if (pointer < 0 || curve.values().length == 0) {
            return;
        }
        int i = nearest();
        double x = x(curve.at()[i]);
        g.setStroke(palette.of(Ink.FAINT));
        g.setLineWidth(1);
        g.strokeLine(Math.round(x) + 0.5, 0, Math.round(x) + 0.5, foot());
        g.setFill(palette.of(ink));
        g.fillOval(x - 3, foot() - curve.values()[i] * unit - 3, 6, 6);
        var text = Figures.clock(Instant.ofEpochMilli(curve.at()[i])) + "  " + words.apply(curve.values()[i]);
        g.setFont(Theme.text(11));
        g.setFill(palette.of(Ink.TEXT));
        double width = text.length() * 6.4;
        g.fillText(text, Math.clamp(x + 6, 0, Math.max(0, getWidth() - width)), 11);
    }

    private int nearest() {
        long at = curve.from() + (long) (pointer / Math.max(1, getWidth()) * (curve.to() - curve.from()));
        int found = Arrays.binarySearch(curve.at(), at);
        int after = found >= 0 ? found : -found - 1;
        if (after == 0) {
            return 0;
        }
        if (after == curve.at().length) {
            return after - 1;
        }
        return at - curve.at()[after - 1] < curve.at()[after] - at ? after - 1 : after;
    }

    /// What the line of the limit stands for, or where there is none the height of the chart.
    private void ceiling(GraphicsContext g, double top) {
        if (top > 0 && pointer < 0) {
            double value = curve.limit() > 0 ? curve.limit() : top;
            g.setFont(Theme.text(11));
            g.setFill(palette.of(Ink.MUTED));
            g.fillText(words.apply(value), 2, foot() - value * (foot() - 5) / top + 14);
        }
    }

    private void axis(GraphicsContext g) {
        g.setFont(Theme.text(11));
        g.setFill(palette.of(Ink.MUTED));
        int marks = (int) Math.max(1, Math.min(6, getWidth() / 120));
        for (int i = 0; i <= marks; i++) {
            long at = curve.from() + (curve.to() - curve.from()) * i / marks;
            var text = time(Instant.ofEpochMilli(at));
            double width = text.length() * 6;
            g.fillText(text, x(at) - (i == 0 ? 0 : i == marks ? width : width / 2), getHeight() - 3);
        }
    }

    /// As exactly as the whole width of the chart calls for.
    private String time(Instant at) {
        var span = Duration.ofMillis(curve.to() - curve.from());
        if (span.toMinutes() < 20) {
            return Figures.clock(at);
        }
        return span.toHours() > 36 ? Figures.day(at) : Figures.minute(at);
    }

    private Line highest(int columns) {
        var x = new double[columns];
        var y = new double[columns];
        for (int i = 0; i < curve.values().length; i++) {
            int column = (int) ((long) i * columns / curve.values().length);
            x[column] = x(curve.at()[i]);
            y[column] = Math.max(y[column], curve.values()[i]);
        }
        return new Line(x, y);
    }
}
