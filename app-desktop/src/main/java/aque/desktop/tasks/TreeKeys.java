package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import javafx.scene.control.TreeItem;
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
            case HOME -> move(-view.tree().getExpandedItemCount(), e);
            case END -> move(view.tree().getExpandedItemCount(), e);
            case LEFT -> fold(e);
            case RIGHT -> unfold(e);
            case A -> selectAll(e);
            default -> {}
        }
    }

    private void move(int by, KeyEvent e) {
        var tree = view.tree();
        int count = tree.getExpandedItemCount();
        if (count == 0) {
            return;
        }
        int at = selection.lead().get().flatMap(view::itemOf).map(tree::getRow).orElse(-1);
        go(tree.getTreeItem(Math.clamp((long) at + by, 0, count - 1)), e);
    }

    private void fold(KeyEvent e) {
        selection.lead().get().flatMap(view::itemOf).ifPresent(item -> {
            if (item.isExpanded() && !item.isLeaf()) {
                item.setExpanded(false);
            } else if (item.getParent() != null && item.getParent().getValue() != null) {
                go(item.getParent(), e);
            }
        });
        e.consume();
    }

    private void unfold(KeyEvent e) {
        selection.lead().get().flatMap(view::itemOf).ifPresent(item -> {
            if (!item.isExpanded() && !item.isLeaf()) {
                item.setExpanded(true);
            } else if (!item.isLeaf() && !item.getChildren().isEmpty()) {
                go(item.getChildren().getFirst(), e);
            }
        });
        e.consume();
    }

    private void selectAll(KeyEvent e) {
        int count = view.tree().getExpandedItemCount();
        if (e.isShortcutDown() && count > 0) {
            var first = view.tree().getTreeItem(0).getValue().id();
            var last = view.tree().getTreeItem(count - 1).getValue().id();
            selection.set(view.between(first, last), selection.lead().get().orElse(first));
            e.consume();
        }
    }

    private void go(TreeItem<Row> item, KeyEvent e) {
        var to = item.getValue().id();
        var lead = selection.lead().get();
        if (e.isShiftDown() && lead.isPresent()) {
            var range = new java.util.LinkedHashSet<>(selection.ids());
            range.add(to);
            selection.set(range, to);
        } else {
            selection.only(to);
        }
        view.scrollTo(item);
        e.consume();
    }
}
