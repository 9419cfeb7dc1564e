package aque.desktop;

import aque.desktop.action.TaskAction;
import aque.desktop.command.Keys;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/// What is done most to what is selected, as buttons; grey where nothing selected is in a state for it. FX thread.
final class ActionBar extends HBox {
    private final Session session;
    private final Map<TaskAction, Button> buttons = new EnumMap<>(TaskAction.class);
    // A storm changes the buttons four times a second, not a thousand times.
    private final PauseTransition pause = new PauseTransition(Duration.millis(250));

    ActionBar(Session session) {
        this.session = session;
        setAlignment(Pos.CENTER);
        setMinWidth(Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.TOOL_BAR);
        setAccessibleText(Texts.of("tool.accessible"));
        TaskAction.EVERY_DAY.forEach(action -> buttons.put(action, button(action)));
        TaskAction.EVERY_DAY.forEach(action -> getChildren().add(buttons.get(action)));
        pause.setOnFinished(e -> show());
        session.selection.listen(this::show);
        session.model.listen(change -> {
            if (pause.getStatus() != Animation.Status.RUNNING) {
                pause.playFromStart();
            }
        });
        show();
    }

    private Button button(TaskAction action) {
        var button = new Button(null, Icons.sign(action.sign()));
        button.setId("tool-" + word(action));
        button.getStyleClass().add(Style.SIGN);
        if (action.part() == TaskAction.Part.STOP) {
            button.getStyleClass().add("danger-item");
        }
        button.setOnAction(e -> session.actions.run(action));
        button.setAccessibleText(action.title());
        var hint = new Tooltip();
        hint.setOnShowing(e -> hint.setText(hint(action)));
        button.setTooltip(hint);
        return button;
    }

    private String hint(TaskAction action) {
        return session.keys
                .of("task." + word(action))
                .map(key -> action.title() + " ( " + Keys.words(List.of(key)) + " )")
                .orElse(action.title());
    }

    private void show() {
        var enabled = session.actions.enabled(TaskAction.EVERY_DAY);
        buttons.forEach((action, button) -> button.setDisable(!enabled.contains(action)));
    }

    private static String word(TaskAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
