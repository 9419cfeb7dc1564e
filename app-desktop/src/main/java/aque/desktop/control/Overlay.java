package aque.desktop.control;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// What lies over the whole window until it is answered or left: Escape or a click beside it takes it away and gives
/// the keyboard back to whoever had it. FX thread.
public final class Overlay extends StackPane {
    private Optional<Node> before = Optional.empty();

    public Overlay() {
        getStyleClass().add("overlay");
        setVisible(false);
        setOnMousePressed(e -> {
            if (e.getTarget() == this) {
                close();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                close();
            }
            // What lies below must not hear keys.
            e.consume();
        });
    }

    /// A click beside it does not take it away: what was filled in would be lost.
    public void keep() {
        setOnMousePressed(null);
    }

    /// Shows something, in the middle or below the top.
    public void show(Region content, Pos where) {
        if (!isVisible()) {
            before = Optional.ofNullable(getScene().getFocusOwner());
        }
        StackPane.setAlignment(content, where);
        getChildren().setAll(content);
        setVisible(true);
        // In its place before it is first painted: what was painted elsewhere would stay there.
        applyCss();
        layout();
    }

    /// Does it show something?
    public boolean isOpen() {
        return isVisible();
    }

    /// Takes away what it shows.
    public void close() {
        setVisible(false);
        getChildren().clear();
        before.ifPresent(Node::requestFocus);
        before = Optional.empty();
    }
}
