package aque.desktop.submit;

import aque.desktop.submit.SubmitModel.Preview;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.openjd.ParameterDefinition;
import aque.openjd.UserInterface;
import java.io.File;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;

/// What a template asks, one field each, in the control that the template wishes; and name, priority and hold, which
/// every job has. FX thread.
final class ParameterForm extends VBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private final SubmitModel model;

    ParameterForm(SubmitModel model, Draft draft) {
        this.model = model;
        setSpacing(10);
        if (!model.joins().get()) {
            // What joins a job has the name, the priority and the hold of that.
            getChildren().addAll(title(draft), priority(draft), held(draft));
        }
        Optional<String> group = Optional.empty();
        for (var parameter : draft.offer().parameters()) {
            if (parameter.userInterface().control() == UserInterface.Control.HIDDEN) {
                continue;
            }
            if (!parameter.userInterface().group().equals(group)) {
                group = parameter.userInterface().group();
                group.ifPresent(name -> getChildren().add(heading(name)));
            }
            getChildren().add(field(parameter, draft));
        }
    }

    private static Label heading(String name) {
        var label = new Label(name);
        label.getStyleClass().add(Style.SIDE_HEADING);
        return label;
    }

    private Node title(Draft draft) {
        var field = new TextField(draft.title());
        field.setId("submit-title");
        field.promptTextProperty()
                .bind(model.preview()
                        .map(now -> now instanceof Preview.Ready ready
                                ? ready.submission().title()
                                : draft.offer().title()));
        field.textProperty().addListener((o, was, is) -> model.change(d -> d.withTitle(is)));
        return labelled(Texts.of("submit.name"), field, field, Texts.of("submit.name.hint"));
    }

    private Node priority(Draft draft) {
        var field = new Spinner<Integer>(0, 1_000_000, draft.priority(), 100);
        field.setId("submit-priority");
        field.setEditable(true);
        field.valueProperty().addListener((o, was, is) -> {
            if (is != null) {
                model.change(d -> d.withPriority(is));
            }
        });
        return labelled(Texts.of("submit.priority"), field, field, Texts.of("submit.priority.hint"));
    }

    private Node held(Draft draft) {
        var box = new CheckBox(Texts.of("submit.held"));
        box.setSelected(draft.held());
        box.setTooltip(new Tooltip(Texts.of("submit.held.hint")));
        box.selectedProperty().addListener((o, was, is) -> model.change(d -> d.withHeld(is)));
        return box;
    }

    private Node field(ParameterDefinition parameter, Draft draft) {
        var value = draft.values().getOrDefault(parameter.name(), "");
        var label = parameter.userInterface().label().orElse(parameter.name());
        var hint = parameter.description().orElse(parameter.name());
        return switch (parameter.userInterface().control()) {
            case DROPDOWN_LIST -> {
                var list = new ComboBox<String>();
                list.getItems().setAll(parameter.allowedValues());
                list.setValue(value.isEmpty() ? null : value);
                list.setMaxWidth(Double.MAX_VALUE);
                list.valueProperty().addListener((o, was, is) -> set(parameter, is == null ? "" : is));
                yield labelled(label, list, list, hint);
            }
            case CHECK_BOX -> checkBox(parameter, value, label, hint);
            case MULTILINE_EDIT -> {
                var area = new TextArea(value);
                area.setPrefRowCount(3);
                yield text(parameter, area, area, area, label, hint);
            }
            case CHOOSE_INPUT_FILE, CHOOSE_OUTPUT_FILE, CHOOSE_DIRECTORY -> path(parameter, value, label, hint);
            case SPIN_BOX -> {
                var number = new NumberField(parameter, value);
                number.setMaxWidth(Double.MAX_VALUE);
                yield text(parameter, number.getEditor(), number, number, label, hint);
            }
            case LINE_EDIT, HIDDEN -> {
                var line = new TextField(value);
                yield text(parameter, line, line, line, label, hint);
            }
        };
    }

    private Node checkBox(ParameterDefinition parameter, String value, String label, String hint) {
        var on = parameter.allowedValues().stream()
                .filter(ParameterForm::means)
                .findFirst()
                .orElse("true");
        var off = parameter.allowedValues().stream()
                .filter(v -> !means(v))
                .findFirst()
                .orElse("false");
        var box = new CheckBox(label);
        box.setId("parameter-" + parameter.name());
        box.setSelected(means(value));
        box.setTooltip(new Tooltip(hint));
        box.selectedProperty().addListener((o, was, is) -> set(parameter, is ? on : off));
        return box;
    }

    private static boolean means(String word) {
        return List.of("true", "yes", "on", "1").contains(word.toLowerCase(java.util.Locale.ROOT));
    }

    private Node path(ParameterDefinition parameter, String value, String label, String hint) {
        var line = new TextField(value);
        HBox.setHgrow(line, Priority.ALWAYS);
        var choose = new Button(Texts.of("submit.choose"));
        choose.setOnAction(e -> choose(parameter).ifPresent(file -> line.setText(file.getPath())));
        choose.setTooltip(new Tooltip(hint));
        return text(parameter, line, line, new HBox(6, line, choose), label, hint);
    }

    private Optional<File> choose(ParameterDefinition parameter) {
        var window = getScene().getWindow();
        if (parameter.userInterface().control() == UserInterface.Control.CHOOSE_DIRECTORY) {
            return Optional.ofNullable(new DirectoryChooser().showDialog(window));
        }
        var chooser = new FileChooser();
        parameter
                .userInterface()
                .filters()
                .forEach(filter -> chooser.getExtensionFilters()
                        .add(new FileChooser.ExtensionFilter(filter.label(), filter.patterns())));
        return Optional.ofNullable(
                parameter.userInterface().control() == UserInterface.Control.CHOOSE_OUTPUT_FILE
                        ? chooser.showSaveDialog(window)
                        : chooser.showOpenDialog(window));
    }

    /// @param control what the label belongs to: the input itself, or what it is the editor of
    private Node text(
            ParameterDefinition parameter,
            TextInputControl input,
            Control control,
            Node shown,
            String label,
            String hint) {
        var refusal = new Label();
        refusal.getStyleClass().add("refusal");
        refusal.setWrapText(true);
        input.setId("parameter-" + parameter.name());
        input.textProperty().addListener((o, was, is) -> set(parameter, is));
        model.understood().addListener((o, was, is) -> show(parameter, input, refusal));
        show(parameter, input, refusal);
        var box = labelled(label, control, shown, hint);
        box.getChildren().add(refusal);
        return box;
    }

    private void show(ParameterDefinition parameter, Control input, Label refusal) {
        var why = model.draft()
                .filter(d -> d.offer().parameters().contains(parameter))
                .flatMap(d -> d.refusal(parameter));
        input.pseudoClassStateChanged(REFUSED, why.isPresent());
        refusal.setText(why.map(w -> parameter.name() + " " + w).orElse(""));
        refusal.setVisible(why.isPresent());
        refusal.setManaged(why.isPresent());
    }

    private void set(ParameterDefinition parameter, String value) {
        model.change(d -> d.with(parameter.name(), value));
    }

    private static VBox labelled(String text, Control control, Node shown, String hint) {
        var label = new Label(text);
        label.getStyleClass().add(Style.FIELD_NAME);
        label.setLabelFor(control);
        control.setTooltip(new Tooltip(hint));
        control.setAccessibleText(text);
        control.setMaxWidth(Double.MAX_VALUE);
        return new VBox(4, label, shown);
    }
}
