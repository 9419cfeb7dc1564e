package aque.desktop.command;

import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;

/// Runs what a key means, except while somebody types a text: then only keys with Ctrl that no text field uses. The
/// letter of such a key is not typed into a field that it brought the keyboard to.
public final class KeyHandler {
    private final Keys keys;
    private boolean meant;

    public KeyHandler(Keys keys) {
        this.keys = keys;
    }

    /// Listens in a scene, after whatever has the focus.
    public void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, e -> meant = false);
        scene.addEventFilter(KeyEvent.KEY_TYPED, e -> {
            if (meant) {
                e.consume();
            }
        });
        scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            boolean typing = scene.getFocusOwner() instanceof TextInputControl;
            if (typing && !e.isShortcutDown() && !e.getCode().isFunctionKey()) {
                return;
            }
            keys.meant(e).filter(command -> command.enabled().getAsBoolean()).ifPresent(command -> {
                meant = true;
                command.run().run();
                e.consume();
            });
        });
    }
}
