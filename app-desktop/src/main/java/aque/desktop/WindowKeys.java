package aque.desktop;

import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Keys of the window itself; those of actions are made from `TaskAction`.
final class WindowKeys {
    private final MainWindow window;
    private final Session session;

    WindowKeys(MainWindow window, Session session) {
        this.window = window;
        this.session = session;
    }

    void install(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (scene.getFocusOwner() instanceof TextInputControl) {
                leaveText(e);
            } else {
                pressed(e);
            }
        });
    }

    private void leaveText(KeyEvent e) {
        if (e.getCode() == KeyCode.ESCAPE) {
            window.tasks().focusTree();
            e.consume();
        }
    }

    private void pressed(KeyEvent e) {
        if (e.isShortcutDown() && e.getCode() == KeyCode.Z) {
            session.actions.undoLast();
            e.consume();
            return;
        }
        if (e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        switch (e.getCode()) {
            case SLASH -> window.top().focusSearch();
            case G -> window.graph().requestFocus();
            case F -> session.log.following().set(!session.log.following().get());
            case E -> session.log.firstError();
            case N -> new NextError(session, window.tasks()).choose();
            case ESCAPE -> session.notices.dismiss();
            default -> {
                return;
            }
        }
        e.consume();
    }
}
