package aque.desktop.log;

import aque.desktop.theme.Figures;
import aque.desktop.theme.Style;
import aque.log.Channel;
import java.util.Locale;
import java.util.regex.Pattern;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// One line of the log: its time, faint, and its text in the colours that the task gave it.
final class LogCell extends ListCell<LogLine> {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass(Style.CHOSEN);
    private static final PseudoClass STDERR = PseudoClass.getPseudoClass("stderr");
    private static final PseudoClass TROUBLE = PseudoClass.getPseudoClass("trouble");
    private static final Pattern TROUBLED =
            Pattern.compile("\\b(error|fatal|exception|traceback|warning|segmentation fault)\\b");

    private final LineSelection selection;
    private final HBox line = new HBox();

    LogCell(LineSelection selection) {
        this.selection = selection;
        getStyleClass().add(Style.LOG_LINE);
        selection.listen(this::showChosen);
        setOnMousePressed(e -> {
            if (e.getButton() == MouseButton.PRIMARY && !isEmpty()) {
                if (e.isShiftDown()) {
                    selection.extend(getIndex());
                } else {
                    selection.begin(getIndex());
                }
            }
        });
        setOnDragDetected(e -> startFullDrag());
        setOnMouseDragEntered(e -> {
            if (!isEmpty()) {
                selection.extend(getIndex());
            }
        });
    }

    @Override
    protected void updateItem(@Nullable LogLine item, boolean empty) {
        super.updateItem(item, empty);
        showChosen();
        if (item == null || empty) {
            setGraphic(null);
            pseudoClassStateChanged(TROUBLE, false);
            return;
        }
        var text = item.text();
        pseudoClassStateChanged(STDERR, item.channel() == Channel.STDERR);
        pseudoClassStateChanged(
                TROUBLE, TROUBLED.matcher(text.toLowerCase(Locale.ROOT)).find());
        setAccessibleText(text);
        line.getChildren().clear();
        line.getChildren().add(piece(Figures.clock(item.at()) + "  ", "log-time"));
        for (var span : AnsiText.spans(item.raw())) {
            line.getChildren().add(piece(span.text(), span.style().isEmpty() ? "log-text" : span.style()));
        }
        setGraphic(line);
    }

    private void showChosen() {
        pseudoClassStateChanged(CHOSEN, !isEmpty() && selection.contains(getIndex()));
    }

    private static Text piece(String text, String style) {
        var piece = new Text(text);
        piece.getStyleClass().add(style);
        return piece;
    }
}
