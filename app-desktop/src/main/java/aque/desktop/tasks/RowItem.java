package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.collections.ObservableList;
import javafx.scene.control.TreeItem;
import org.jspecify.annotations.Nullable;

/// A row in the tree. Its children are made when somebody unfolds it, never before: a job of 100,000 tasks costs one
/// item until then.
final class RowItem extends TreeItem<Row> {
    private final Supplier<Comparator<Row>> order;
    private boolean built;
    private boolean plain;

    RowItem(@Nullable Row row, Supplier<Comparator<Row>> order) {
        super(row);
        this.order = order;
        look();
    }

    @Override
    public boolean isLeaf() {
        if (plain) {
            return true;
        }
        var row = getValue();
        return row != null && !row.isContainer();
    }

    @Override
    public ObservableList<TreeItem<Row>> getChildren() {
        if (!built && getValue() != null && !getValue().children().isEmpty()) {
            built = true;
            show(sorted(getValue().children()));
        }
        return super.getChildren();
    }

    /// Looks again at what is below it, keeping the items of rows that stay.
    void reshape() {
        look();
        if (getValue() == null || !built && !isExpanded()) {
            return;
        }
        built = true;
        show(sorted(getValue().children()));
    }

    /// The tree asks every sibling on the way to a row whether it is a leaf: a plain task answers without a look at it.
    private void look() {
        var row = getValue();
        plain = row != null && !row.view().isJob() && !row.isContainer();
    }

    /// Forgets the items below it; they are made again when it is unfolded.
    void fold() {
        built = false;
        super.getChildren().clear();
    }

    /// Shows exactly these rows in this order.
    void show(List<Row> rows) {
        var now = super.getChildren();
        Map<TaskId, TreeItem<Row>> known = HashMap.newHashMap(now.size());
        now.forEach(item -> known.put(item.getValue().id(), item));
        var wanted = new ArrayList<TreeItem<Row>>(rows.size());
        rows.forEach(row -> wanted.add(item(known.get(row.id()), row)));
        if (!now.equals(wanted)) {
            replace(now, wanted);
        }
    }

    /// One row that came or went is one change; everything else is set at once.
    private static void replace(ObservableList<TreeItem<Row>> now, List<TreeItem<Row>> wanted) {
        int same = 0;
        int shorter = Math.min(now.size(), wanted.size());
        while (same < shorter && now.get(same) == wanted.get(same)) {
            same++;
        }
        int tail = 0;
        while (tail < shorter - same && now.get(now.size() - 1 - tail) == wanted.get(wanted.size() - 1 - tail)) {
            tail++;
        }
        if (same + tail == now.size()) {
            now.addAll(same, wanted.subList(same, wanted.size() - tail));
        } else if (same + tail == wanted.size()) {
            now.remove(same, now.size() - tail);
        } else {
            now.setAll(wanted);
        }
    }

    private TreeItem<Row> item(@Nullable TreeItem<Row> known, Row row) {
        if (known == null) {
            return new RowItem(row, order);
        }
        if (known.getValue() != row) {
            known.setValue(row);
        }
        ((RowItem) known).reshape();
        return known;
    }

    private List<Row> sorted(List<Row> rows) {
        return order.get() == TasksModel.NEWEST_FIRST
                ? rows
                : rows.stream().sorted(order.get()).toList();
    }
}
