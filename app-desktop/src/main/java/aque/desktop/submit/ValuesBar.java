package aque.desktop.submit;

import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// Above a form: fills it in as before, as a preset says or as the file does, and keeps what is filled in as a preset.
/// Away where nothing is to be filled in. FX thread.
final class ValuesBar extends VBox {
    private final SubmitModel model;
    private final Runnable refilled;
    private final MenuButton choice = new MenuButton(Texts.of("submit.values"));
    private final TextField name = new TextField();

    /// @param refilled runs after the values of the draft were replaced
    ValuesBar(SubmitModel model, Runnable refilled) {
        super(6);
        this.model = model;
        this.refilled = refilled;
        var asked = model.draft().map(draft -> !draft.offer().parameters().isEmpty());
        setVisible(asked.orElse(false));
        managedProperty().bind(visibleProperty());
        choice.setId("submit-values");
        choice.getStyleClass().add(Style.SMALL);
        choice.setTooltip(new Tooltip(Texts.of("submit.values.hint")));
        choice.setAccessibleText(Texts.of("submit.values.hint"));
        choice.setMaxWidth(Double.MAX_VALUE);
        name.setId("submit-keep-name");
        name.setPromptText(Texts.of("submit.keep.name"));
        name.setAccessibleText(Texts.of("submit.keep.name"));
        name.setOnAction(e -> keep());
        name.setVisible(false);
        name.managedProperty().bind(name.visibleProperty());
        fill();
        getChildren().addAll(choice, name, ask());
    }

    private void fill() {
        var items = choice.getItems();
        items.clear();
        Optional<SubmitMemory.Kept> above = Optional.empty();
        for (var kept : model.before()) {
            if (above.filter(SubmitMemory.Kept::preset).isPresent() && !kept.preset()) {
                items.add(new SeparatorMenuItem());
            }
            items.add(item(
                    kept.preset() ? kept.word() : Texts.of("submit.values.past", kept.word()), () -> model.fill(kept)));
            above = Optional.of(kept);
        }
        items.add(item(Texts.of("submit.values.file"), model::clear));
        var keep = new MenuItem(Texts.of("submit.keep"));
        keep.setOnAction(e -> {
            name.setVisible(true);
            name.requestFocus();
        });
        items.addAll(new SeparatorMenuItem(), keep);
    }

    /// For a scene whose file does not tell what the form asks.
    private Button ask() {
        var ask = new Button(Texts.of("submit.inspect"));
        ask.setId("submit-inspect");
        ask.getStyleClass().add(Style.SMALL);
        ask.setTooltip(new Tooltip(Texts.of("submit.inspect.hint")));
        ask.setMaxWidth(Double.MAX_VALUE);
        ask.setVisible(
                model.draft().flatMap(draft -> draft.offer().inspection()).isPresent());
        ask.managedProperty().bind(ask.visibleProperty());
        ask.setOnAction(e -> {
            ask.setDisable(true);
            model.inspect(refilled);
        });
        return ask;
    }

    private MenuItem item(String text, Runnable then) {
        var item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> {
            then.run();
            refilled.run();
        });
        return item;
    }

    private void keep() {
        if (!name.getText().isBlank()) {
            model.keep(name.getText().strip());
            refilled.run();
        }
    }
}
