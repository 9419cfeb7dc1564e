package aque.desktop.graph;

import aque.desktop.action.ActionMenu;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.graph.Sight.Hit;
import aque.desktop.layout.Folded.Place;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.shape.Rectangle;

/// Mouse and keys of the graph: a click chooses, with the platform's key adds, a drag moves, with Shift chooses all
/// boxes it touches, with the platform's key draws a line to what is to wait; over the band it brushes tasks. FX
/// thread.
final class GraphHands {
    private static final double STEP = 1.25;
    private static final double WHEEL = 0.002;
    private static final double KEY_PAN = 80;

    private final GraphView view;
    private final GraphModel model;
    private final Selection selection;
    private final ActionMenu menu;
    private final Tooltip hint = new Tooltip();
    private final Rectangle brush = new Rectangle();
    private final Wire wire;
    private final BiConsumer<TaskId, TaskId> onWire;
    private double pressX;
    private double pressY;
    private double lastX;
    private double lastY;
    private Optional<Integer> bandStart = Optional.empty();

    /// @param onWire hears of a line that was drawn from one box to another
    GraphHands(
            GraphView view, GraphModel model, Selection selection, ActionMenu menu, BiConsumer<TaskId, TaskId> onWire) {
        this.wire = new Wire(view);
        this.onWire = onWire;
        this.view = view;
        this.model = model;
        this.selection = selection;
        this.menu = menu;
    }

    void install() {
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        view.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        view.addEventHandler(MouseEvent.MOUSE_MOVED, e -> hint.setText(hint(e.getX(), e.getY())));
        view.addEventHandler(ScrollEvent.SCROLL, e -> {
            view.zoom(Math.exp(e.getDeltaY() * WHEEL), e.getX(), e.getY());
            e.consume();
        });
        view.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        Tooltip.install(view, hint);
    }

    /// The frame of a choice by dragging with Shift.
    private void showBrush(double x, double y) {
        if (brush.getParent() == null) {
            brush.getStyleClass().add(Style.OVERVIEW_FRAME);
            brush.setManaged(false);
            brush.setMouseTransparent(true);
            view.add(brush);
        }
        brush.setVisible(true);
        brush.setX(Math.min(pressX, x));
        brush.setY(Math.min(pressY, y));
        brush.setWidth(Math.abs(x - pressX));
        brush.setHeight(Math.abs(y - pressY));
    }

    private void pressed(MouseEvent e) {
        view.requestFocus();
        pressX = e.getX();
        pressY = e.getY();
        lastX = pressX;
        lastY = pressY;
        bandStart = e.getButton() == MouseButton.PRIMARY ? bandAt(e.getX(), e.getY()) : Optional.empty();
        wire.begin(e.isShortcutDown() ? taskAt(e) : Optional.empty(), pressX, pressY);
    }

    private void dragged(MouseEvent e) {
        if (wire.draw(e.getX(), e.getY())) {
            lastX = e.getX();
            lastY = e.getY();
            return;
        }
        if (bandStart.isPresent()) {
            bandAt(e.getX(), Math.max(view.bandTop() + 30, pressY)).ifPresent(this::brush);
        } else if (e.isShiftDown()) {
            showBrush(e.getX(), e.getY());
        } else {
            view.pan(e.getX() - lastX, e.getY() - lastY);
        }
        lastX = e.getX();
        lastY = e.getY();
    }

    private Optional<TaskId> taskAt(MouseEvent e) {
        return view.sight().hit(e.getX(), e.getY()).map(Hit::task);
    }

    private void released(MouseEvent e) {
        wire.end().ifPresent(from -> taskAt(e).filter(to -> !to.equals(from)).ifPresent(to -> onWire.accept(from, to)));
        if (brush.isVisible() && brush.getWidth() + brush.getHeight() > 8) {
            chooseBrushed();
        }
        brush.setVisible(false);
        brush.setWidth(0);
        brush.setHeight(0);
    }

    private void brush(int to) {
        view.banded().ifPresent(shown -> {
            int from = bandStart.orElse(to);
            var rows = shown.inside().rows().subList(Math.min(from, to), Math.max(from, to) + 1);
            var last = shown.inside().rows().get(to).id();
            view.choose(() -> selection.set(rows.stream().map(Row::id).toList(), last));
        });
    }

    private void chooseBrushed() {
        var found = new LinkedHashSet<TaskId>();
        view.sight()
                .level()
                .ifPresentOrElse(
                        job -> model.picture(job)
                                .ifPresent(picture -> picture.plan().folded().boxes().stream()
                                        .filter(box -> box.place() != Place.OUTSIDE)
                                        .map(box -> box.group())
                                        .filter(id -> touched(job, id))
                                        .forEach(found::add)),
                        () -> model.farm().jobs().stream()
                                .map(Row::id)
                                .filter(id -> touched(id, id))
                                .forEach(found::add));
        if (!found.isEmpty()) {
            view.choose(() -> selection.set(found, List.copyOf(found).getLast()));
        }
    }

    private boolean touched(TaskId job, TaskId id) {
        return view.sight()
                .spot(job, id)
                .filter(spot -> brush.intersects(spot.x(), spot.y(), spot.width(), spot.height()))
                .isPresent();
    }

    private void clicked(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY || !e.isStillSincePress()) {
            return;
        }
        var hit = view.sight().hit(e.getX(), e.getY());
        if (e.getClickCount() == 2) {
            goIn(hit);
            return;
        }
        var task = bandTask(e.getX(), e.getY()).or(() -> hit.map(Hit::task));
        task.filter(id -> model.farm().row(id).isPresent())
                .ifPresent(id -> view.choose(() -> {
                    if (e.isShortcutDown()) {
                        selection.toggle(id);
                    } else {
                        selection.only(id);
                    }
                }));
    }

    /// Into a card, into a box, over to another job; on bare ground everything.
    private void goIn(Optional<Hit> hit) {
        if (hit.isEmpty()) {
            view.showFarm();
            return;
        }
        var job = hit.get().job();
        var picture = model.picture(job);
        if (hit.get().box().isEmpty() || picture.isEmpty()) {
            view.showJob(job);
            return;
        }
        int box = hit.get().box().get();
        if (picture.get().box(box).place() == Place.OUTSIDE) {
            view.showJob(picture.get().box(box).group());
        } else {
            view.showBox(job, box);
        }
    }

    private void menu(ContextMenuEvent e) {
        if (e.isKeyboardTrigger()) {
            selection
                    .lead()
                    .get()
                    .flatMap(view::spot)
                    .map(view::localToScreen)
                    .ifPresent(at -> menu.show(view, at.getX(), at.getY()));
            e.consume();
            return;
        }
        var hit = bandTask(e.getX(), e.getY())
                .or(() -> view.sight().hit(e.getX(), e.getY()).map(Hit::task));
        hit.filter(id -> model.farm().row(id).isPresent()).ifPresent(id -> {
            if (!selection.contains(id)) {
                view.choose(() -> selection.only(id));
            }
            menu.show(view, e.getScreenX(), e.getScreenY());
        });
        e.consume();
    }

    private Optional<TaskId> bandTask(double x, double y) {
        return bandAt(x, y)
                .flatMap(at ->
                        view.banded().map(shown -> shown.inside().rows().get(at).id()));
    }

    private Optional<Integer> bandAt(double x, double y) {
        return view.banded()
                .flatMap(shown -> Band.at(
                        x, y, view.getWidth(), view.bandTop(), shown.inside().size()));
    }

    private String hint(double x, double y) {
        return bandTask(x, y)
                .or(() -> view.sight().hit(x, y).map(Hit::task))
                .flatMap(model.farm()::row)
                .map(row -> Texts.of(
                        "graph.task", row.view().name(), row.id(), row.tone().word()))
                .orElse(Texts.of("graph.hint"));
    }

    private void key(KeyEvent e) {
        if (e.isShortcutDown()) {
            switch (e.getCode()) {
                case F -> view.focusFind();
                default -> {
                    return;
                }
            }
            e.consume();
            return;
        }
        double middleX = view.getWidth() / 2;
        double middleY = view.getHeight() / 2;
        switch (e.getCode()) {
            case LEFT -> step(e, -1, 0);
            case RIGHT -> step(e, 1, 0);
            case UP -> step(e, 0, -1);
            case DOWN -> step(e, 0, 1);
            case PLUS, EQUALS, ADD -> view.zoom(STEP, middleX, middleY);
            case MINUS, SUBTRACT -> view.zoom(1 / STEP, middleX, middleY);
            case DIGIT0, NUMPAD0 -> view.fit();
            case HOME, BACK_SPACE -> view.showFarm();
            case ENTER -> selection.lead().get().ifPresent(this::enter);
            case C -> view.centre();
            case U -> unfold(e);
            case X -> model.critical().set(!model.critical().get());
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void unfold(KeyEvent e) {
        if (e.isShiftDown()) {
            view.unfoldAll();
        } else {
            view.unfoldChosen();
        }
    }

    private void enter(TaskId id) {
        model.farm().row(id).map(row -> row.view().job()).ifPresent(job -> {
            var box = id.equals(job)
                    ? Optional.<Integer>empty()
                    : model.picture(job).flatMap(p -> p.box(id));
            box.ifPresentOrElse(b -> view.showBox(job, b), () -> view.showJob(job));
        });
    }

    /// Arrows choose the next box in that direction; with Shift they move the view.
    private void step(KeyEvent e, int right, int down) {
        if (e.isShiftDown()) {
            view.pan(-right * KEY_PAN, -down * KEY_PAN);
            return;
        }
        new Neighbour(view.sight(), model)
                .of(selection.lead().get(), right, down)
                .ifPresent(id -> {
                    view.choose(() -> selection.only(id));
                    view.revealed(id);
                });
    }
}
