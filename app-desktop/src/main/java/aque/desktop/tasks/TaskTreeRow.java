package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import javafx.css.PseudoClass;
import javafx.scene.control.Skin;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.skin.TreeTableRowSkin;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// One line of the tree. Click selects, with the platform's key adds, with Shift selects up to here.
final class TaskTreeRow extends TreeTableRow<Row> {
    private static final double INDENT = 14;
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass(Style.CHOSEN);

    private final TasksView view;
    private final Selection selection;

    TaskTreeRow(TasksView view, Selection selection) {
        this.view = view;
        this.selection = selection;
        getStyleClass().add(Style.JOB_ROW);
        addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    }

    /// Shows by pseudo-class whether its row is selected.
    void showChosen() {
        var row = getItem();
        pseudoClassStateChanged(CHOSEN, row != null && !isEmpty() && selection.contains(row.id()));
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

    /// The indentation is set here: given by the style sheet it is lost for a row that is chosen before it has a skin.
    @Override
    protected Skin<?> createDefaultSkin() {
        var skin = new TreeTableRowSkin<>(this);
        skin.setIndent(INDENT);
        return skin;
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean empty) {
        super.updateItem(row, empty);
        showChosen();
        setAccessibleText(
                row == null || empty
                        ? ""
                        : Texts.of(
                                "row.accessible",
                                row.view().name(),
                                Words.state(row),
                                row.tone().word()));
    }

    private void pressed(MouseEvent e) {
        var row = getItem();
        if (row == null || isEmpty() || e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        view.tree().requestFocus();
        if (onArrow(e)) {
            return;
        }
        var lead = selection.lead().get();
        if (e.isShiftDown() && lead.isPresent()) {
            selection.set(view.between(lead.get(), row.id()), lead.get());
        } else if (e.isShortcutDown()) {
            selection.toggle(row.id());
        } else {
            selection.only(row.id());
        }
    }

    private boolean onArrow(MouseEvent e) {
        var arrow = getDisclosureNode();
        return arrow != null
                && arrow.isVisible()
                && arrow.getBoundsInParent().contains(sceneToLocal(e.getSceneX(), e.getSceneY()));
    }
}
