package aque.desktop.graph;

import aque.desktop.control.Strip;
import aque.desktop.feed.Row;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Theme;
import aque.task.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;

/// The tasks of the chosen box at the foot of the graph, one cell each while there is room: to click, and to brush
/// over.
/// FX thread.
final class Band {
    static final double HEIGHT = 58;
    private static final double MARGIN = 20;
    private static final double STRIP_TOP = 24;
    private static final double STRIP = 16;
    private static final double CELL = 7;

    private final Inks inks;

    Band(Inks inks) {
        this.inks = inks;
    }

    /// What the band stands for.
    record Shown(String title, Inside inside) {}

    void paint(
            GraphicsContext g, Shown shown, Optional<TaskId> lead, Predicate<TaskId> chosen, double width, double top) {
        var rows = shown.inside().rows();
        double wide = wide(rows.size(), width);
        g.setFill(inks.of(Ink.GROUND));
        g.fillRect(0, top, width, HEIGHT);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Theme.text(11));
        g.setFill(inks.of(Ink.MUTED));
        g.fillText(title(shown.title(), rows), MARGIN, top + 10);
        Strip.of(rows.size(), shown.inside()::tone).paint(g, inks.palette(), MARGIN, top + STRIP_TOP, wide, STRIP);
        double cell = wide / rows.size();
        brushed(g, rows, chosen, cell, top);
        lead.map(id -> place(rows, id)).filter(at -> at >= 0).ifPresent(at -> {
            g.setStroke(inks.of(Ink.TEXT));
            g.setLineWidth(1.5);
            g.setLineDashes();
            g.strokeRoundRect(
                    MARGIN + at * cell - 1.5, top + STRIP_TOP - 3, Math.max(4, cell - 1) + 3, STRIP + 6, 4, 4);
        });
    }

    /// A line below what is selected.
    private void brushed(GraphicsContext g, List<Row> rows, Predicate<TaskId> chosen, double cell, double top) {
        g.setFill(inks.of(Ink.ACCENT));
        int from = -1;
        for (int i = 0; i <= rows.size(); i++) {
            boolean on = i < rows.size() && chosen.test(rows.get(i).id());
            if (on && from < 0) {
                from = i;
            } else if (!on && from >= 0) {
                g.fillRect(MARGIN + from * cell, top + STRIP_TOP + STRIP + 4, Math.max(2, (i - from) * cell - 1), 2);
                from = -1;
            }
        }
    }

    /// The place of the task at a place of the view; nothing beside the strip.
    static Optional<Integer> at(double x, double y, double width, double top, int tasks) {
        double left = x - MARGIN;
        double wide = wide(tasks, width);
        return y < top + STRIP_TOP - 6 || y > top + HEIGHT || left < 0 || left > wide
                ? Optional.empty()
                : Optional.of(Strip.at(left, wide, tasks));
    }

    private static double wide(int tasks, double width) {
        return Math.clamp(tasks * CELL, 1, Math.max(1, width - 2 * MARGIN));
    }

    private static String title(String step, List<Row> rows) {
        var first = rows.getFirst().view().name();
        var last = rows.getLast().view().name();
        return Texts.of("graph.band", step, first, last, Figures.count(rows.size()));
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
}
