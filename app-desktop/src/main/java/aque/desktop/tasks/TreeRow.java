package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.TableRow;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// One line of the tree. Click selects, with the platform's key adds, with Shift selects up to here; a double click
/// folds and unfolds.
final class TreeRow extends TableRow<Line> {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass(Style.CHOSEN);
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");

    private final TasksView view;
    private final Selection selection;

    TreeRow(TasksView view, Selection selection) {
        this.view = view;
        this.selection = selection;
        getStyleClass().add(Style.JOB_ROW);
        setAccessibleRole(AccessibleRole.TREE_TABLE_ROW);
        addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    }

    /// The row that it shows; none for a heading and below the last one.
    Optional<Row> row() {
        return getItem() instanceof Line.Item(var row, var depth) && !isEmpty() ? Optional.of(row) : Optional.empty();
    }

    /// Shows by pseudo-class whether its row is selected.
    void showChosen() {
        pseudoClassStateChanged(
                CHOSEN, row().map(row -> selection.contains(row.id())).orElse(false));
    }

    /// Is it wholly on the screen?
    boolean isInSight() {
        if (!isVisible() || isEmpty() || getParent() == null) {
            return false;
        }
        var bounds = localToScene(getBoundsInLocal());
        var frame = view.localToScene(view.getBoundsInLocal());
        return bounds.getMinY() >= frame.getMinY() + getHeight() && bounds.getMaxY() <= frame.getMaxY();
    }

    @Override
    protected void updateItem(@Nullable Line line, boolean empty) {
        super.updateItem(line, empty);
        pseudoClassStateChanged(HEADING, line instanceof Line.Heading && !empty);
        showChosen();
    }

    /// Said when somebody listens, not painted into every row of a storm.
    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case TEXT ->
                row().map(row -> Texts.of(
                                "row.accessible",
                                row.view().name(),
                                Words.state(row),
                                row.tone().word()))
                        .orElse(getItem() instanceof Line.Heading(var title, var jobs) ? title : "");
            case EXPANDED -> row().map(view::isUnfolded).orElse(false);
            case LEAF -> row().map(row -> !row.isContainer()).orElse(true);
            case DISCLOSURE_LEVEL -> getItem() instanceof Line.Item(var row, var depth) ? depth : 0;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    private void pressed(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        row().ifPresent(row -> {
            view.tree().requestFocus();
            if (onArrow(e)) {
                view.toggle(row.id());
            } else {
                choose(row, e);
            }
        });
    }

    private void choose(Row row, MouseEvent e) {
        var lead = selection.lead().get();
        if (e.isShiftDown() && lead.isPresent()) {
            selection.set(view.between(lead.get(), row.id()), lead.get());
        } else if (e.isShortcutDown()) {
            selection.toggle(row.id());
        } else {
            selection.only(row.id());
            if (e.getClickCount() == 2 && row.isContainer()) {
                view.toggle(row.id());
            }
        }
    }

    private boolean onArrow(MouseEvent e) {
        var arrow = lookup("." + Style.DISCLOSURE);
        return arrow != null
                && arrow.isVisible()
                && arrow.localToScene(arrow.getBoundsInLocal()).contains(e.getSceneX(), e.getSceneY());
    }
}
