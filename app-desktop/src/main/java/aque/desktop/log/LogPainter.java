package aque.desktop.log;

import aque.desktop.log.AnsiText.Span;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Theme;
import aque.desktop.theme.Tone;
import aque.log.Channel;
import aque.log.LogQuery;
import aque.log.Trouble;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// Paints one line of a log. All characters are as wide as each other, so where a column is can be said without
/// measuring. FX thread.
final class LogPainter {
    static final double ROW = 18;
    private static final double BASE = 13;
    private static final double MARGIN = 12;
    private static final int CLOCK = 10;
    private static final Tone[] NAMED = {
        Tone.WAITING, Tone.ERROR, Tone.SUCCESS, Tone.HELD, Tone.RUNNING, Tone.KILLED, Tone.PENDING, Tone.CANCELLED
    };

    private final Palette palette;
    private final Font font = Theme.mono(12);
    private final double unit;

    LogPainter(Palette palette) {
        this.palette = palette;
        var measure = new Text("0".repeat(100));
        measure.setFont(font);
        unit = measure.getLayoutBounds().getWidth() / 100;
    }

    /// How lines lie in a view.
    ///
    /// @param perRow columns of one row, where longer lines go on in the next; the largest int where they do not
    /// @param left pixels that are scrolled out on the left
    record Place(double width, boolean timed, int perRow, double left) {
        LineRows rows(String text) {
            return LineRows.of(text, perRow);
        }

        /// One line whose first row is so far down.
        At at(double y, String text) {
            return new At(this, y, text, rows(text));
        }
    }

    /// A line in its place.
    record At(Place place, double y, String text, LineRows rows) {
        double height() {
            return rows.count() * ROW;
        }
    }

    /// The width of one character.
    double unit() {
        return unit;
    }

    /// Where the text begins.
    double textLeft(boolean timed) {
        return MARGIN + (timed ? CLOCK * unit : 0);
    }

    /// How many columns have room in a view of this width.
    int columns(double width, boolean timed) {
        return Math.max(10, (int) ((width - textLeft(timed) - MARGIN) / unit));
    }

    void ground(GraphicsContext g, double width, double height) {
        g.setFill(palette.of(Ink.GROUND));
        g.fillRect(0, 0, width, height);
        g.setFont(font);
    }

    /// A bar behind a whole line.
    void behind(GraphicsContext g, Ink ink, double y, double width, double height) {
        g.setFill(palette.of(ink));
        g.fillRect(0, y, width, height);
    }

    /// A bar behind some columns of a line.
    void behind(GraphicsContext g, Ink ink, At at, int from, int to) {
        g.setFill(palette.of(ink));
        var rows = at.rows();
        for (int row = rows.at(from); row < rows.count() && rows.start(row) < to; row++) {
            int first = Math.max(from, rows.start(row));
            int end = Math.min(to, rows.end(row));
            double x = x(at.place(), first - rows.start(row));
            g.fillRect(x, at.y() + row * ROW + 1, (end - first) * unit, ROW - 2);
        }
    }

    private double x(Place place, int inRow) {
        return textLeft(place.timed()) + inRow * unit - place.left();
    }

    /// Where what is looked for is in a line.
    void hits(GraphicsContext g, At at, LogQuery query, boolean chosen) {
        for (var span : query.spans(at.text())) {
            behind(g, chosen ? Ink.HIT_CHOSEN : Ink.HIT, at, span.from(), span.to());
        }
    }

    void line(GraphicsContext g, At at, LogLine line, Trouble trouble) {
        var place = at.place();
        int column = 0;
        for (var span : AnsiText.spans(line.raw())) {
            g.setFill(colour(span, line, trouble));
            column = span(g, at, span.text(), column);
        }
        if (place.timed()) {
            g.setFill(palette.of(Ink.GROUND));
            g.fillRect(0, at.y(), place.left() > 0 ? textLeft(true) - 2 : 0, ROW);
            g.setFill(palette.of(Ink.FAINT));
            g.fillText(Figures.clock(line.at()), MARGIN, at.y() + BASE);
        }
    }

    private int span(GraphicsContext g, At line, String text, int column) {
        var place = line.place();
        int at = 0;
        while (at < text.length()) {
            int row = line.rows().at(column + at);
            int end = (int) Math.min(text.length(), (long) line.rows().end(row) - column);
            double x = x(place, column + at - line.rows().start(row));
            // Far to the left or right of what is seen there is nothing to paint: lines can be very long.
            int skip = x < 0 ? Math.min(end - at, (int) (-x / unit)) : 0;
            int seen = Math.min(end, at + skip + (int) (place.width() / unit) + 2);
            if (x < place.width() && seen > at + skip) {
                g.fillText(text.substring(at + skip, seen), x + skip * unit, line.y() + row * ROW + BASE);
            }
            at = end;
        }
        return column + text.length();
    }

    private Color colour(Span span, LogLine line, Trouble trouble) {
        if (span.colour() >= AnsiText.EXACT) {
            int rgb = span.colour() - AnsiText.EXACT;
            return Color.rgb(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
        }
        if (span.colour() != AnsiText.USUAL) {
            return span.colour() % 8 == 7 ? palette.of(Ink.TEXT) : palette.of(NAMED[span.colour() % 8]);
        }
        return switch (trouble) {
            case ERROR -> palette.of(Tone.ERROR);
            case WARNING -> palette.of(Tone.HELD);
            case NONE -> palette.of(line.channel() == Channel.STDOUT ? Ink.TEXT : Ink.MUTED);
        };
    }
}
