package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;
import java.util.OptionalInt;

/// The tasks inside a box that is seen from near, line by line, each a cell. Pure.
///
/// @param area the part of the ground that they share
record TaskGrid(Spot area, int tasks, int columns, int rows) {
    /// A cell is about so many times wider than high: a name fits.
    private static final double SHAPE = 2.4;

    static TaskGrid of(Spot box, int tasks) {
        var area = new Spot(box.x() + 6, box.y() + 20, box.width() - 12, box.height() - 25);
        int columns = (int) Math.ceil(Math.sqrt(tasks * area.width() / area.height() / SHAPE));
        int fitting = Math.clamp(columns, 1, Math.max(1, tasks));
        return new TaskGrid(area, tasks, fitting, Math.max(1, (tasks + fitting - 1) / fitting));
    }

    Spot cell(int task) {
        double width = area.width() / columns;
        double height = area.height() / rows;
        return new Spot(
                area.x() + task % columns * width, area.y() + task / columns * height, width * 0.92, height * 0.88);
    }

    double cellWidth() {
        return area.width() / columns;
    }

    OptionalInt at(double x, double y) {
        if (!area.contains(x, y)) {
            return OptionalInt.empty();
        }
        int column = Math.min(columns - 1, (int) ((x - area.x()) / area.width() * columns));
        int row = Math.min(rows - 1, (int) ((y - area.y()) / area.height() * rows));
        int task = row * columns + column;
        return task < tasks ? OptionalInt.of(task) : OptionalInt.empty();
    }
}
