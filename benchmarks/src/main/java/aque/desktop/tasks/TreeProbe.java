package aque.desktop.tasks;

import aque.task.TaskId;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import org.jspecify.annotations.Nullable;

/// Looks at the tree from inside its package: what its rows and cells show now. FX thread.
public final class TreeProbe {
    private final TasksView view;
    private @Nullable TableCell<?, ?> cell;

    public TreeProbe(TasksView view) {
        this.view = view;
    }

    /// Is there a row of the farm on the screen?
    public boolean showsRows() {
        return rows().anyMatch(row -> !row.isEmpty() && row.isVisible());
    }

    /// How many lines the tree has, unfolded as it is.
    public int lines() {
        return view.outline().size();
    }

    /// The text of a job's priority cell; the cell is found once, and again when it shows another row.
    public Optional<String> priority(TaskId job) {
        if (cell == null || !shows(cell.getTableRow(), job)) {
            cell = rows().filter(row -> shows(row, job))
                    .flatMap(row -> row.lookupAll(".table-cell").stream())
                    .filter(TreeProbe::isPriority)
                    .map(node -> (TableCell<?, ?>) node)
                    .findFirst()
                    .orElse(null);
        }
        return Optional.ofNullable(cell).map(TableCell::getText);
    }

    private Stream<TableRow<?>> rows() {
        return view.tree().lookupAll(".table-row-cell").stream()
                .filter(TableRow.class::isInstance)
                .map(node -> (TableRow<?>) node);
    }

    private static boolean isPriority(Node node) {
        return node instanceof TableCell<?, ?> cell
                && cell.getTableColumn() != null
                && "column-prio".equals(cell.getTableColumn().getId());
    }

    private static boolean shows(@Nullable TableRow<?> row, TaskId job) {
        return row != null
                && row.isVisible()
                && row.getItem() instanceof Line.Item item
                && item.row().id().equals(job);
    }
}
