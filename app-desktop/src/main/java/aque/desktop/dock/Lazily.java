package aque.desktop.dock;

import java.util.function.Supplier;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/// A panel that is made when it is first seen, and not before the window shows what it is opened for: most tabs of most
/// windows are never turned to, and each costs a good part of a second at the start. FX thread.
public final class Lazily extends StackPane {
    private final Supplier<? extends Node> make;
    private final ObservableBooleanValue ready;

    /// @param ready once true it may be made
    public Lazily(ObservableBooleanValue ready, Supplier<? extends Node> make) {
        this.ready = ready;
        this.make = make;
        sceneProperty().addListener((o, was, is) -> look());
        ready.addListener((o, was, is) -> look());
    }

    /// Makes it now, for somebody who wants the keyboard in it.
    public void now() {
        if (getChildren().isEmpty()) {
            getChildren().add(make.get());
        }
    }

    private void look() {
        if (getScene() != null && ready.get()) {
            now();
        }
    }
}
