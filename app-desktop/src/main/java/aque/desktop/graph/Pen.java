package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;
import javafx.scene.canvas.GraphicsContext;

/// What one frame is drawn with.
///
/// @param view the part of the canvas that is seen; what is outside of it is not drawn
/// @param levels from which scale on cards and boxes show what is inside them
record Pen(GraphicsContext g, Raster raster, Spot view, Levels levels) {

    boolean sees(Spot spot) {
        return spot.x() < view.x() + view.width()
                && spot.y() < view.y() + view.height()
                && spot.x() + spot.width() > view.x()
                && spot.y() + spot.height() > view.y();
    }

    /// May anything of a line between these be in view?
    boolean seesBetween(Spot one, Spot other) {
        double left = Math.min(one.x(), other.x());
        double top = Math.min(one.y(), other.y());
        double right = Math.max(one.x() + one.width(), other.x() + other.width());
        double bottom = Math.max(one.y() + one.height(), other.y() + other.height());
        return sees(new Spot(left, top, right - left, bottom - top));
    }
}
