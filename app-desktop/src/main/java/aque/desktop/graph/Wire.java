package aque.desktop.graph;

import aque.desktop.theme.Style;
import aque.task.TaskId;
import java.util.Optional;
import javafx.scene.shape.Line;

/// A line that somebody draws from one box to another with the platform's key held: the other is to wait for the one.
/// FX thread.
final class Wire {
    private static final double LEAST = 8;

    private final GraphView view;
    private final Line line = new Line();
    private Optional<TaskId> from = Optional.empty();

    Wire(GraphView view) {
        this.view = view;
        line.getStyleClass().add(Style.OVERVIEW_FRAME);
        line.setManaged(false);
        line.setMouseTransparent(true);
        line.setVisible(false);
    }

    /// It may begin here; empty for a press that begins none.
    void begin(Optional<TaskId> task, double x, double y) {
        from = task;
        line.setStartX(x);
        line.setStartY(y);
    }

    /// Is one being drawn? Then it goes as far as this.
    boolean draw(double x, double y) {
        if (from.isEmpty()) {
            return false;
        }
        if (line.getParent() == null) {
            view.add(line);
        }
        line.setEndX(x);
        line.setEndY(y);
        line.setVisible(true);
        return true;
    }

    /// It is drawn: where it began, when it is long enough to be meant.
    Optional<TaskId> end() {
        var meant = line.isVisible()
                && Math.hypot(line.getEndX() - line.getStartX(), line.getEndY() - line.getStartY()) > LEAST;
        line.setVisible(false);
        var begun = from;
        from = Optional.empty();
        return meant ? begun : Optional.empty();
    }
}
