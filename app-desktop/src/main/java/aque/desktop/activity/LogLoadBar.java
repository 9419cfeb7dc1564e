package aque.desktop.activity;

import aque.desktop.action.Actions;
import aque.desktop.action.TaskAction;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.farm.LogBudgetStore.Load;
import aque.farm.LogBudgetStore.Writer;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The jobs that write most, each with Hold and Kill beside it, while the logs of the farm have nearly used up their
/// budget; else nothing. FX thread.
final class LogLoadBar extends VBox {
    private final ActivityModel model;
    private final Actions actions;

    LogLoadBar(ActivityModel model, Actions actions) {
        super(4);
        this.model = model;
        this.actions = actions;
        setId("log-load");
        model.logs().addListener((o, was, is) -> show(is));
        show(model.logs().get());
    }

    private void show(Load load) {
        setVisible(load.isTight());
        setManaged(load.isTight());
        setPadding(new Insets(8));
        var said = new Label(Texts.of(
                load.most().isEmpty() ? "activity.logs.nobody" : "activity.logs.most", ActivityModel.amount(load)));
        said.getStyleClass().add(Style.STRONG);
        getChildren().setAll(said);
        load.most().forEach(writer -> getChildren().add(line(writer)));
    }

    private HBox line(Writer writer) {
        var words = new Label(String.join(
                " · ", List.of(Figures.bytes(writer.bytes()), writer.job() + " " + writer.title(), writer.owner())));
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var line = new HBox(8, words, button(TaskAction.HOLD, writer), button(TaskAction.KILL, writer));
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private Button button(TaskAction action, Writer writer) {
        var button = new Button(action.title(), Icons.sign(action.sign()));
        button.setId("log-load-" + action.name().toLowerCase(Locale.ROOT) + "-" + writer.job());
        button.getStyleClass().addAll("flat", "small");
        button.setTooltip(new Tooltip(action.title() + " " + writer.title()));
        button.setAccessibleText(action.title() + " " + writer.title());
        button.setOnAction(e -> {
            model.select(writer.job());
            actions.run(action);
        });
        return button;
    }
}
