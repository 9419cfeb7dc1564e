package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import javafx.scene.input.KeyEvent;

/// Arrow keys, Home, End, Page and Ctrl A in the tree: its control has no selection model of its own to move.
final class TreeKeys {
    private static final int PAGE = 20;

    private final TasksView view;
    private final Selection selection;

    TreeKeys(TasksView view, Selection selection) {
        this.view = view;
        this.selection = selection;
    }

    void install() {
        view.tree().addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void pressed(KeyEvent e) {
        if (e.isAltDown() || (e.isShortcutDown() && e.getCode() != javafx.scene.input.KeyCode.A)) {
            return;
        }
        switch (e.getCode()) {
            case UP -> move(-1, e);
            case DOWN -> move(1, e);
            case PAGE_UP -> move(-PAGE, e);
            case PAGE_DOWN -> move(PAGE, e);
            case HOME -> go(0, 1, e);
            case END -> go(view.outline().size() - 1, -1, e);
            case LEFT -> fold(e);
            case RIGHT -> unfold(e);
            case A -> selectAll(e);
            default -> {}
        }
    }

    private void move(int by, KeyEvent e) {
        int count = view.outline().size();
        if (count == 0) {
            return;
        }
        go(Math.clamp((long) lead() + by, 0, count - 1), by < 0 ? -1 : 1, e);
    }

    private void fold(KeyEvent e) {
        int at = lead();
        view.outline().row(at).ifPresent(row -> {
            if (view.isUnfolded(row) && row.isContainer()) {
                view.fold(row.id());
            } else {
                go(view.outline().above(at), -1, e);
            }
        });
        e.consume();
    }

    private void unfold(KeyEvent e) {
        int at = lead();
        view.outline().row(at).filter(Row::isContainer).ifPresent(row -> {
            if (!view.isUnfolded(row)) {
                view.unfold(row.id());
            } else if (!row.children().isEmpty()) {
                go(at + 1, 1, e);
            }
        });
        e.consume();
    }

    private void selectAll(KeyEvent e) {
        if (e.isShortcutDown()) {
            var all = view.all();
            if (!all.isEmpty()) {
                selection.set(all, selection.lead().get().orElse(all.getFirst()));
            }
            e.consume();
        }
    }

    private int lead() {
        return selection.lead().get().map(view.outline()::indexOf).orElse(-1);
    }

    /// To the row at a place; where a heading stands, to the next in that direction.
    private void go(int index, int direction, KeyEvent e) {
        int at = index;
        while (at >= 0 && at < view.outline().size() && view.outline().row(at).isEmpty()) {
            at += direction;
        }
        int found = at;
        view.outline().row(found).ifPresent(row -> {
            var lead = selection.lead().get();
            if (e.isShiftDown() && lead.isPresent()) {
                var range = new java.util.LinkedHashSet<>(selection.ids());
                range.add(row.id());
                selection.set(range, row.id());
            } else {
                selection.only(row.id());
            }
            view.scrollTo(found);
        });
        e.consume();
    }
}
