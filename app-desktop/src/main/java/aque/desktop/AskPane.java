package aque.desktop;

import aque.desktop.action.Question;
import aque.desktop.action.Question.Field;
import aque.desktop.action.Questions;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The question at the foot of the window: whom an action meets, what must be known, yes and no. It has the keyboard
/// while it is open: Enter is yes, Escape no. FX thread.
final class AskPane extends VBox {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private final Questions questions;
    private final Runnable leave;
    private final Map<String, Supplier<String>> answers = new LinkedHashMap<>();
    private final Map<String, Control> required = new HashMap<>();

    /// @param leave gives the keyboard back to where it was
    AskPane(Questions questions, Runnable leave) {
        this.questions = questions;
        this.leave = leave;
        getStyleClass().addAll(Style.NOTICE, "ask");
        setId("ask");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setVisible(false);
        questions.open().addListener((o, was, is) -> show(is));
        // Letters are keys of actions elsewhere: nothing pressed in here may reach them.
        addEventHandler(KeyEvent.KEY_PRESSED, KeyEvent::consume);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /// Before the fields see it: Enter in a check box would only tick it.
    private void pressed(KeyEvent e) {
        if (e.getCode() == KeyCode.ESCAPE) {
            questions.dismiss();
            e.consume();
        } else if (e.getCode() == KeyCode.ENTER) {
            if (e.getTarget() instanceof Button button) {
                button.fire();
            } else {
                answer();
            }
            e.consume();
        }
    }

    private void show(Optional<Question> question) {
        boolean had = isVisible();
        answers.clear();
        required.clear();
        getChildren().clear();
        setVisible(question.isPresent());
        if (question.isPresent()) {
            build(question.get());
        } else if (had) {
            leave.run();
        }
    }

    private void build(Question question) {
        var sentence = new Label(question.sentence());
        sentence.setId("ask-sentence");
        sentence.setWrapText(true);
        sentence.setMaxWidth(640);
        var fields = new FlowPane(12, 8);
        fields.setPrefWrapLength(560);
        question.fields().forEach(field -> fields.getChildren().add(field(field)));
        var yes = new Button(question.title());
        yes.setId("ask-yes");
        yes.getStyleClass().add(Style.PRIMARY);
        yes.pseudoClassStateChanged(DANGER, question.danger());
        yes.setOnAction(e -> answer());
        var no = new Button(Texts.of("ask.no"));
        no.setId("ask-no");
        no.setOnAction(e -> questions.dismiss());
        var buttons = new HBox(8, no, yes);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().add(sentence);
        if (!question.fields().isEmpty()) {
            getChildren().add(fields);
        }
        getChildren().add(buttons);
        setAccessibleText(question.title() + ": " + question.sentence());
        // Fields without their looks take no letters yet, and whoever asked may be typing already.
        applyCss();
        fields.getChildren().stream()
                .map(box -> box.lookup(".input"))
                .filter(input -> input != null)
                .findFirst()
                .ifPresentOrElse(javafx.scene.Node::requestFocus, yes::requestFocus);
    }

    private javafx.scene.Node field(Field field) {
        return switch (field) {
            case Field.Check check -> {
                var box = new CheckBox(check.label());
                answers.put(check.key(), () -> Boolean.toString(box.isSelected()));
                yield named(box, check.key());
            }
            case Field.Choice choice -> {
                var list = new ComboBox<String>();
                list.getItems().setAll(choice.among());
                list.setValue(choice.value());
                answers.put(choice.key(), list::getValue);
                yield labelled(choice.label(), named(list, choice.key()));
            }
            case Field.Phrase phrase -> {
                var line = new PhraseField(questions.phrases());
                answers.put(phrase.key(), line.text()::getText);
                required.put(phrase.key(), named(line.text(), phrase.key()));
                yield labelled(phrase.label(), line.text(), line);
            }
            case Field.Line line -> {
                var text = new TextField(line.value());
                text.setPrefColumnCount(line.value().isEmpty() && line.required() ? 36 : 8);
                answers.put(line.key(), text::getText);
                if (line.required()) {
                    required.put(line.key(), text);
                }
                yield labelled(line.label(), named(text, line.key()));
            }
        };
    }

    private static <T extends Control> T named(T control, String key) {
        control.setId("ask-" + key);
        control.getStyleClass().add("input");
        return control;
    }

    private static HBox labelled(String text, Control control) {
        return labelled(text, control, control);
    }

    private static HBox labelled(String text, Control control, Region shown) {
        var label = new Label(text);
        label.getStyleClass().add(Style.FIELD_NAME);
        label.setLabelFor(control);
        control.setAccessibleText(text);
        var box = new HBox(8, label, shown);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private void answer() {
        var values = new HashMap<String, String>();
        answers.forEach((key, value) -> values.put(key, value.get()));
        var missing = required.entrySet().stream()
                .filter(field -> values.getOrDefault(field.getKey(), "").isBlank())
                .map(Map.Entry::getValue)
                .toList();
        required.values().forEach(control -> control.pseudoClassStateChanged(REFUSED, missing.contains(control)));
        if (missing.isEmpty()) {
            questions.answer(values);
        } else {
            missing.getFirst().requestFocus();
        }
    }
}
