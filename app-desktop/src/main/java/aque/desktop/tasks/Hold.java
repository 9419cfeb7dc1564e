package aque.desktop.tasks;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.stage.Window;

/// Keeps rows where they are while somebody aims at them: while Shift is down, or a button is pressed on them. What
/// comes meanwhile is shown when the hand lets go. FX thread.
final class Hold {
    private final Runnable show;
    private boolean shift;
    private boolean button;
    private boolean late;

    /// @param show what is to be shown, run at once or when the hand lets go
    Hold(Runnable show) {
        this.show = show;
    }

    /// Watches the hands over this node.
    void install(Node node) {
        node.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> button = true);
        node.addEventFilter(MouseEvent.MOUSE_RELEASED, e -> letGo(shift, false));
        node.sceneProperty().addListener((o, was, is) -> {
            if (is != null) {
                watch(is);
            }
        });
    }

    /// Something is to be shown.
    void show() {
        if (shift || button) {
            late = true;
        } else {
            show.run();
        }
    }

    private void watch(Scene scene) {
        scene.addEventFilter(InputEvent.ANY, e -> {
            if (e instanceof KeyEvent key && key.getCode() == KeyCode.SHIFT) {
                letGo(key.getEventType() == KeyEvent.KEY_PRESSED, button);
            } else if (e.getEventType() == MouseEvent.MOUSE_MOVED && e instanceof MouseEvent mouse) {
                letGo(shift && mouse.isShiftDown(), button && mouse.isPrimaryButtonDown());
            }
        });
        scene.windowProperty().flatMap(Window::focusedProperty).addListener((o, was, is) -> {
            if (!Boolean.TRUE.equals(is)) {
                letGo(false, false);
            }
        });
    }

    private void letGo(boolean shiftNow, boolean buttonNow) {
        shift = shiftNow;
        button = buttonNow;
        if (late && !shift && !button) {
            late = false;
            show.run();
        }
    }
}
