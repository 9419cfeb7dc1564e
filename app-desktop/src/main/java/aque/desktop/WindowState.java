package aque.desktop;

import aque.desktop.dock.Perspective;
import aque.desktop.query.Query;
import aque.task.TaskId;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// What a window shows and where it stands, as the settings keep it.
///
/// @param view title of the view in the sidebar
/// @param job of the chosen task, 0 when nothing is chosen
/// @param unfolded jobs whose tasks are seen
record WindowState(
        double x,
        double y,
        double width,
        double height,
        boolean maximized,
        Perspective perspective,
        String view,
        String search,
        long job,
        long task,
        List<Long> unfolded) {
    /// Where a window stands before somebody moved it.
    static final double WIDTH = 1600;
    static final double HEIGHT = 960;

    /// How a window is now.
    static WindowState of(Stage stage, Session session, MainWindow window) {
        var lead = session.selection.lead().get().flatMap(session.model::row);
        return new WindowState(
                stage.getX(),
                stage.getY(),
                stage.getWidth(),
                stage.getHeight(),
                stage.isMaximized(),
                window.perspective(),
                session.tasks.view().get().title(),
                session.tasks.query().get().text(),
                lead.map(row -> row.view().job().value()).orElse(0L),
                lead.map(row -> row.id().value()).orElse(0L),
                window.tasks().unfolded().stream().map(TaskId::value).toList());
    }

    /// Puts the window where it was, if a screen is still there.
    void place(Stage stage) {
        var frame = new Rectangle2D(x, y, Math.max(1, width), Math.max(1, height));
        boolean seen = Screen.getScreens().stream()
                .anyMatch(screen -> screen.getVisualBounds().intersects(frame));
        if (seen && width > 200 && height > 150) {
            stage.setX(x);
            stage.setY(y);
            stage.setWidth(width);
            stage.setHeight(height);
        }
        stage.setMaximized(maximized);
    }

    /// Shows what was shown; the selection follows when the farm has told of it.
    void show(Session session, MainWindow window) {
        window.show(perspective);
        session.tasks.views().views().stream()
                .filter(each -> each.title().equals(view))
                .findFirst()
                .ifPresent(session.tasks.view()::set);
        session.tasks.query().set(Query.of(search));
        new Restorer(session, window.tasks(), this).restore();
    }

    Optional<TaskId> chosenJob() {
        return job > 0 ? Optional.of(new TaskId(job)) : Optional.empty();
    }

    Optional<TaskId> chosenTask() {
        return task > 0 ? Optional.of(new TaskId(task)) : Optional.empty();
    }
}
