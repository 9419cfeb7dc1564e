package aque.desktop.graph;

import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Tone;
import javafx.scene.paint.Color;

/// The colours of the graph, mixed once after each change of the theme: for the canvas, and as pixels. FX thread.
final class Inks {
    private static final Tone[] TONES = Tone.values();

    private final Palette palette;
    private final int[] strong = new int[TONES.length];
    private final int[] soft = new int[TONES.length];
    private int line;
    private int done;
    private int critical;
    private int node;
    private int found;

    Inks(Palette palette) {
        this.palette = palette;
        palette.onChange(this::mix);
        mix();
    }

    Color of(Tone tone) {
        return palette.of(tone);
    }

    Color of(Ink ink) {
        return palette.of(ink);
    }

    Palette palette() {
        return palette;
    }

    /// A tone as a strip shows it: what only waits is paler.
    int pixel(Tone tone) {
        return strong[tone.ordinal()];
    }

    /// A tone as the ground of a small box.
    int ground(Tone tone) {
        return soft[tone.ordinal()];
    }

    /// A line out of something in this tone.
    int line(Tone upstream) {
        return upstream == Tone.SUCCESS ? done : line;
    }

    int critical() {
        return critical;
    }

    int node() {
        return node;
    }

    int found() {
        return found;
    }

    /// Only waits, nothing of it needs anybody.
    static boolean quiet(Tone tone) {
        return tone.compareTo(Tone.PENDING) <= 0 && tone != Tone.SUCCESS;
    }

    private void mix() {
        var ground = palette.of(Ink.GROUND);
        for (var tone : TONES) {
            var colour = palette.of(tone);
            strong[tone.ordinal()] = Raster.pixel(ground.interpolate(colour, quiet(tone) ? 0.55 : 1));
            soft[tone.ordinal()] = Raster.pixel(ground.interpolate(colour, quiet(tone) ? 0.3 : 0.45));
        }
        line = Raster.pixel(ground.interpolate(palette.of(Ink.FAINT), 0.55));
        done = Raster.pixel(ground.interpolate(palette.of(Tone.SUCCESS), 0.55));
        critical = Raster.pixel(palette.of(Ink.TEXT));
        node = Raster.pixel(palette.of(Ink.NODE));
        found = Raster.pixel(palette.of(Tone.HELD));
    }
}
