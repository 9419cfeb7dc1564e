package aque.desktop;

import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// A line of text with the sentences that were written before: the arrow keys go through them, the button beside it
/// lists them. FX thread.
final class PhraseField extends HBox {
    private static final int COLUMNS = 36;

    private final TextField text = new TextField();
    private final List<String> known;
    private int at = -1;

    PhraseField(List<String> known) {
        super(4);
        this.known = known;
        setAlignment(Pos.CENTER_LEFT);
        text.setPrefColumnCount(COLUMNS);
        text.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        var list = new MenuButton();
        list.getStyleClass().add(Style.PICK);
        list.setAccessibleText(Texts.of("ask.phrases.accessible"));
        list.setFocusTraversable(false);
        known.forEach(phrase -> {
            var item = new MenuItem(phrase);
            item.setOnAction(e -> set(phrase));
            list.getItems().add(item);
        });
        getChildren().addAll(text, list);
    }

    TextField text() {
        return text;
    }

    private void pressed(KeyEvent e) {
        switch (e.getCode()) {
            case DOWN -> go(at + 1);
            case UP -> go(at - 1);
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void go(int to) {
        if (to >= 0 && to < known.size()) {
            at = to;
            set(known.get(at));
        }
    }

    private void set(String phrase) {
        text.setText(phrase);
        text.requestFocus();
        text.end();
    }
}
