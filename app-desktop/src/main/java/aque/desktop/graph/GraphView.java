package aque.desktop.graph;

import aque.desktop.action.ActionMenu;
import aque.desktop.control.Strip;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.graph.GraphModel.Picture;
import aque.desktop.layout.GraphLayout;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;

/// The graph on a canvas: drag moves it, the wheel zooms at the pointer, a double click fits it, a click selects. Below
/// the boxes stand the tasks of the chosen one, each a cell to click. Painted at most once a pulse. FX thread.
public final class GraphView extends Region {
    private static final double BAND = 62;

    private final GraphModel model;
    private final Selection selection;
    private final GraphPainter painter;
    private final Canvas canvas = new Canvas();
    private final Label caption = new Label();
    private final Tooltip hint = new Tooltip();
    private Optional<TaskId> fitted = Optional.empty();
    private double scale = 1;
    private double offsetX;
    private double offsetY;
    private double pressX;
    private double pressY;
    private boolean moved;
    private boolean dirty = true;

    public GraphView(GraphModel model, Selection selection, Palette palette, ActionMenu menu) {
        this.model = model;
        this.selection = selection;
        this.painter = new GraphPainter(palette);
        getStyleClass().add(Style.GRAPH);
        setAccessibleText(Texts.of("graph.accessible"));
        setFocusTraversable(true);
        caption.getStyleClass().add(Style.CAPTION);
        caption.setMouseTransparent(true);
        getChildren().addAll(canvas, caption);
        model.picture().addListener((o, was, is) -> shown());
        model.colours().addListener((o, was, is) -> repaint());
        selection.listen(this::repaint);
        palette.onChange(this::repaint);
        widthProperty().addListener((o, was, is) -> resized());
        heightProperty().addListener((o, was, is) -> resized());
        installMouse(menu);
        Tooltip.install(this, hint);
        repaint();
    }

    /// Brings the whole graph into view, never larger than life.
    public void fit() {
        model.picture().get().ifPresent(picture -> {
            double room = Math.max(1, getHeight() - BAND);
            double wide = getWidth() - 40;
            var layout = picture.layout();
            scale = Math.clamp(Math.min(wide / layout.width(), (room - 40) / layout.height()), 0.08, 1);
            offsetX = 20;
            offsetY = Math.max(28, (room - layout.height() * scale) / 2);
            repaint();
        });
    }

    /// Where the box of a task stands in this view now: its middle.
    public Optional<Point2D> spot(TaskId task) {
        return model.picture()
                .get()
                .flatMap(picture -> picture.boxOf(task).map(box -> {
                    var spot = picture.layout().spots().get(box);
                    return new Point2D(
                            offsetX + (spot.x() + spot.width() / 2) * scale,
                            offsetY + (spot.y() + spot.height() / 2) * scale);
                }));
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        caption.resizeRelocate(
                getWidth() - caption.prefWidth(-1) - 12, 8, caption.prefWidth(-1), caption.prefHeight(-1));
        if (dirty) {
            dirty = false;
            paint();
        }
    }

    private void repaint() {
        dirty = true;
        requestLayout();
    }

    private void resized() {
        if (!moved) {
            fit();
        }
        repaint();
    }

    private void shown() {
        var job = model.picture().get().map(picture -> picture.job().root().id());
        if (!job.equals(fitted)) {
            fitted = job;
            moved = false;
            fit();
        }
        repaint();
    }

    private void paint() {
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        var picture = model.picture().get();
        caption.setText(picture.map(GraphView::caption).orElse(Texts.of("graph.empty")));
        if (picture.isEmpty()) {
            return;
        }
        var chosen = chosenBox(picture.get());
        g.save();
        g.translate(offsetX, offsetY);
        g.scale(scale, scale);
        painter.paint(g, picture.get(), chosen, this::inSight);
        g.restore();
        chosen.ifPresent(box ->
                painter.paintBand(g, picture.get(), box, selection.lead().get(), getWidth(), getHeight() - BAND));
    }

    private boolean inSight(GraphLayout.Spot spot) {
        double x = offsetX + spot.x() * scale;
        double y = offsetY + spot.y() * scale;
        return x < getWidth() && y < getHeight() && x + spot.width() * scale > 0 && y + spot.height() * scale > 0;
    }

    private Optional<Integer> chosenBox(Picture picture) {
        return selection.lead().get().flatMap(picture::boxOf);
    }

    private static String caption(Picture picture) {
        var root = picture.job().root();
        return Texts.of("graph.caption", root.view().name(), root.tally().total());
    }

    private void installMouse(ActionMenu menu) {
        addEventHandler(MouseEvent.MOUSE_PRESSED, e -> {
            requestFocus();
            pressX = e.getX();
            pressY = e.getY();
        });
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        addEventHandler(
                MouseEvent.MOUSE_MOVED,
                e -> hint.setText(taskAt(e.getX(), e.getY())
                        .flatMap(
                                id -> model.picture().get().flatMap(p -> p.job().row(id)))
                        .map(GraphView::hint)
                        .orElse(Texts.of("graph.hint"))));
        addEventHandler(ScrollEvent.SCROLL, this::zoom);
        addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, e -> {
            taskAt(e.getX(), e.getY()).ifPresent(id -> {
                if (!selection.contains(id)) {
                    selection.only(id);
                }
                menu.show(this, e.getScreenX(), e.getScreenY());
            });
            e.consume();
        });
    }

    private static String hint(Row row) {
        return Texts.of("graph.task", row.view().name(), row.id(), row.tone().word());
    }

    private void drag(MouseEvent e) {
        moved = true;
        offsetX += e.getX() - pressX;
        offsetY += e.getY() - pressY;
        pressX = e.getX();
        pressY = e.getY();
        repaint();
    }

    private void zoom(ScrollEvent e) {
        double factor = Math.exp(e.getDeltaY() * 0.002);
        double next = Math.clamp(scale * factor, 0.05, 3);
        offsetX = e.getX() - (e.getX() - offsetX) * next / scale;
        offsetY = e.getY() - (e.getY() - offsetY) * next / scale;
        scale = next;
        moved = true;
        repaint();
        e.consume();
    }

    private void click(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY || !e.isStillSincePress()) {
            return;
        }
        var task = taskAt(e.getX(), e.getY());
        if (task.isPresent()) {
            if (e.isShortcutDown()) {
                selection.toggle(task.get());
            } else {
                selection.only(task.get());
            }
        } else if (e.getClickCount() == 2) {
            moved = false;
            fit();
        }
    }

    private Optional<TaskId> taskAt(double x, double y) {
        return model.picture().get().flatMap(picture -> inBand(picture, x, y).or(() -> inGraph(picture, x, y)));
    }

    private Optional<TaskId> inBand(Picture picture, double x, double y) {
        double width = getWidth() - 2 * GraphPainter.MARGIN;
        double left = x - GraphPainter.MARGIN;
        if (y < getHeight() - BAND + GraphPainter.BAND_TOP || left < 0 || left > width) {
            return Optional.empty();
        }
        return chosenBox(picture)
                .map(picture.rows()::get)
                .filter(rows -> !rows.isEmpty())
                .map(rows -> rows.get(Strip.at(left, GraphPainter.bandWidth(rows.size(), width), rows.size()))
                        .id());
    }

    private Optional<TaskId> inGraph(Picture picture, double x, double y) {
        double gx = (x - offsetX) / scale;
        double gy = (y - offsetY) / scale;
        var spots = picture.layout().spots();
        for (int i = 0; i < spots.size(); i++) {
            if (spots.get(i).contains(gx, gy)) {
                return Optional.of(picture.folded().boxes().get(i).group());
            }
        }
        return Optional.empty();
    }
}
