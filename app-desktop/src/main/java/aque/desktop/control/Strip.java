package aque.desktop.control;

import aque.desktop.feed.Row;
import aque.desktop.feed.Tally;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Tone;
import java.util.List;
import java.util.function.IntFunction;
import javafx.scene.canvas.GraphicsContext;

/// Many tasks in one line of colour, each in its place. Where more tasks than pixels share the line, a pixel takes the
/// worst of its tasks: one red frame in a thousand stays red.
public final class Strip {
    /// Narrowest bar with a gap that still reads as one task.
    private static final double PITCH = 3;

    private final int size;
    private final IntFunction<Tone> tones;

    private Strip(int size, IntFunction<Tone> tones) {
        this.size = size;
        this.tones = tones;
    }

    /// The tasks of a group in the order of their frames.
    public static Strip of(List<Row> tasks) {
        return new Strip(tasks.size(), i -> tasks.get(i).tone());
    }

    /// So many tasks, in the order of their frames.
    public static Strip of(int tasks, IntFunction<Tone> tones) {
        return new Strip(tasks, tones);
    }

    /// Counts alone: what is done first, what waits last.
    public static Strip of(Tally tally) {
        var order = List.of(
                Tone.SUCCESS,
                Tone.ERROR,
                Tone.KILLED,
                Tone.CANCELLED,
                Tone.STOPPING,
                Tone.SUSPENDED,
                Tone.RUNNING,
                Tone.PENDING,
                Tone.HELD,
                Tone.BLOCKED,
                Tone.WAITING,
                Tone.CREATING);
        var ends = new int[order.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += tally.of(order.get(i));
            ends[i] = end;
        }
        return new Strip(end, at -> {
            int found = java.util.Arrays.binarySearch(ends, at + 1);
            int first = found >= 0 ? found : -found - 1;
            while (first > 0 && ends[first - 1] == ends[first]) {
                first--;
            }
            return order.get(first);
        });
    }

    /// How many tasks it stands for.
    public int size() {
        return size;
    }

    /// The tone at each of `columns` places.
    Tone[] columns(int columns) {
        var worst = new Tone[columns];
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) column * size / columns);
            int to = Math.max(from + 1, (int) ((long) (column + 1) * size / columns));
            var tone = tones.apply(from);
            for (int i = from + 1; i < to && tone != Tone.ERROR; i++) {
                tone = tone.worse(tones.apply(i));
            }
            worst[column] = tone;
        }
        return worst;
    }

    /// Paints it. Which task is at which place: see `at`.
    public void paint(GraphicsContext g, Palette palette, double x, double y, double width, double height) {
        if (size == 0 || width < 1) {
            g.setFill(palette.of(Ink.BORDER));
            g.fillRoundRect(x, y, width, height, 2, 2);
            return;
        }
        boolean single = size * PITCH <= width;
        int count = single ? size : (int) width;
        double step = width / count;
        double gap = single ? 1 : 0;
        var columns = columns(count);
        for (int i = 0; i < count; ) {
            int next = i + 1;
            while (!single && next < count && columns[next] == columns[i]) {
                next++;
            }
            double left = Math.round(x + i * step);
            double right = Math.round(x + next * step);
            g.setGlobalAlpha(columns[i].compareTo(Tone.PENDING) <= 0 && columns[i] != Tone.SUCCESS ? 0.55 : 1);
            g.setFill(palette.of(columns[i]));
            g.fillRect(left, y, Math.max(1, right - left - gap), height);
            i = next;
        }
        if (!single) {
            texture(g, palette, columns, x, y, height);
        }
        g.setGlobalAlpha(1);
    }

    /// Faint gaps over a strip without room for real ones: it still reads as many. Never over what needs a person.
    private static void texture(GraphicsContext g, Palette palette, Tone[] columns, double x, double y, double height) {
        g.setFill(palette.of(Ink.GROUND));
        g.setGlobalAlpha(0.4);
        for (int i = 3; i < columns.length - 1; i += 4) {
            if (columns[i].compareTo(Tone.HELD) <= 0) {
                g.fillRect(Math.round(x + i), y, 1, height);
            }
        }
    }

    /// Which task is at a place of a strip of this width; the first one where several share it.
    public static int at(double x, double width, int size) {
        return Math.clamp((long) (x / width * size), 0, Math.max(0, size - 1));
    }
}
