package aque.desktop;

import aque.desktop.action.Undo;
import aque.desktop.action.Undo.Phase;
import aque.desktop.action.UndoModel;
import aque.desktop.control.Clock;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.time.Duration;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What was done just now, with Undo while that is possible: `Killing 37 tasks of boat · Undo (8) · Kill now`. One line
/// for each. FX thread.
final class UndoBar extends VBox {
    private final UndoModel model;

    UndoBar(UndoModel model) {
        this.model = model;
        setSpacing(6);
        setId("undo");
        setPickOnBounds(false);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAlignment(Pos.BOTTOM_CENTER);
        model.shown().addListener((ListChangeListener<Undo>) change -> {
            while (change.next()) {
                change.getRemoved().forEach(gone -> getChildren().removeIf(line -> line.getUserData() == gone));
                change.getAddedSubList().forEach(undo -> getChildren().add(line(undo)));
            }
        });
        Clock.whileShown(this, Duration.ofMillis(250), model::tick);
    }

    private Node line(Undo undo) {
        var text = new Label();
        text.textProperty().bind(undo.sentence());
        text.setWrapText(true);
        text.setMaxWidth(520);
        var glyph = new StackPane();
        var back = new Button();
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.getStyleClass().add("undo-button");
        back.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Texts.of("undo.button", undo.left().get()), undo.left()));
        // Nine seconds are narrower than ten: what is beside it, and is about to be clicked, stays where it is.
        back.widthProperty()
                .addListener((o, was, is) -> back.setMinWidth(Math.max(back.getMinWidth(), is.doubleValue())));
        back.setOnAction(e -> model.undo(undo));
        var now = new Button(Texts.of(undo.title()));
        now.setMinWidth(Region.USE_PREF_SIZE);
        now.getStyleClass().addAll("flat", "now-button");
        now.setOnAction(e -> model.now(undo));
        var line = new HBox(12, glyph, text, back, now);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add(Style.NOTICE);
        line.setUserData(undo);
        line.accessibleTextProperty().bind(undo.sentence());
        undo.phase().addListener((o, was, is) -> show(is, glyph, back, now));
        show(undo.phase().get(), glyph, back, now);
        return line;
    }

    private static void show(Phase phase, StackPane glyph, Button back, Button now) {
        glyph.getChildren()
                .setAll(Icons.glyph(
                        switch (phase) {
                            case GRACE, STOPPING -> Tone.STOPPING;
                            case STEERED, DONE -> Tone.SUCCESS;
                        },
                        13));
        seen(back, phase == Phase.GRACE || phase == Phase.STEERED);
        seen(now, phase == Phase.GRACE);
    }

    private static void seen(Node node, boolean is) {
        node.setVisible(is);
        node.setManaged(is);
    }
}
