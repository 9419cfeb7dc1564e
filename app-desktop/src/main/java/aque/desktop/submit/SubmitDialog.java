package aque.desktop.submit;

import aque.desktop.submit.SubmitModel.Preview;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.submit.NewTask;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What dropped files will become, before they do: the form on the left, the tasks and their graph on the right. FX
/// thread.
final class SubmitDialog extends BorderPane {
    private final SubmitModel model;
    private final Label headline = new Label();
    private final Label summary = new Label();
    private final Label problems = new Label();
    private final Label unseen = new Label();
    private final ScrollPane form = new ScrollPane();
    private final SketchView sketch;
    private final ListView<NewTask> tasks = new ListView<>();
    private final Button submit = new Button();

    SubmitDialog(SubmitModel model, Palette palette, Runnable close) {
        this.model = model;
        this.sketch = new SketchView(palette);
        getStyleClass().add(Style.DIALOG);
        setId("submit-dialog");
        setMaxSize(900, 620);
        setPrefSize(900, 620);
        headline.getStyleClass().add("headline");
        summary.getStyleClass().add(Style.MUTED);
        unseen.setId("submit-unseen");
        unseen.getStyleClass().add("refusal");
        unseen.setWrapText(true);
        unseen.managedProperty().bind(unseen.visibleProperty());
        setTop(new VBox(4, headline, summary, unseen, drafts(), join()));
        setLeft(form());
        setCenter(preview());
        setBottom(buttons(close));
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        model.preview().addListener((o, was, is) -> show(is));
        model.chosen().addListener((o, was, is) -> showForm());
        showForm();
        show(model.preview().get());
    }

    /// Letters are keys of actions elsewhere: nothing typed in here may reach them. Nor does Enter come as far as the
    /// default button, then.
    private void pressed(KeyEvent e) {
        if (e.getCode() == KeyCode.ESCAPE) {
            return;
        }
        if (e.getCode() == KeyCode.ENTER) {
            (e.getTarget() instanceof Button button ? button : submit).fire();
        }
        e.consume();
    }

    /// Gives the keyboard to the first field: letters are keys of actions elsewhere.
    void focusFirst() {
        applyCss();
        Optional.ofNullable(lookup(model.joins().get() ? "#submit-join" : "#submit-title"))
                .ifPresent(Node::requestFocus);
    }

    private FlowPane drafts() {
        var row = new FlowPane(6, 6);
        var drafts = model.understood().get().map(Understood::drafts).orElse(List.of());
        var group = new ToggleGroup();
        for (int i = 0; drafts.size() > 1 && i < drafts.size(); i++) {
            int place = i;
            var chip = new ToggleButton(drafts.get(i).offer().title());
            chip.getStyleClass().add(Style.CHIP);
            chip.setToggleGroup(group);
            chip.setSelected(i == 0);
            chip.setOnAction(e -> model.chosen().set(place));
            row.getChildren().add(chip);
        }
        return row;
    }

    /// For files that fell on a job: do they join it?
    private CheckBox join() {
        var box = new CheckBox(model.target()
                .get()
                .map(row -> Texts.of("submit.join", row.view().name()))
                .orElse(""));
        box.setMnemonicParsing(false);
        box.setId("submit-join");
        box.setSelected(model.joins().get());
        box.setVisible(model.target().get().isPresent());
        box.setManaged(box.isVisible());
        box.setTooltip(new Tooltip(Texts.of("submit.join.hint")));
        box.selectedProperty().addListener((o, was, is) -> {
            model.joins().set(is);
            showForm();
            show(model.preview().get());
        });
        return box;
    }

    private Region form() {
        form.setFitToWidth(true);
        form.setPrefWidth(340);
        form.getStyleClass().add("form");
        return form;
    }

    private VBox preview() {
        problems.getStyleClass().add("refusal");
        problems.setWrapText(true);
        tasks.setFixedCellSize(24);
        tasks.setSelectionModel(null);
        tasks.setId("submit-tasks");
        tasks.getStyleClass().add("task-list");
        tasks.setAccessibleText(Texts.of("submit.list"));
        tasks.setCellFactory(l -> new TaskCell());
        VBox.setVgrow(tasks, Priority.ALWAYS);
        var box = new VBox(10, sketch, problems, tasks);
        box.getStyleClass().add("preview");
        return box;
    }

    private HBox buttons(Runnable close) {
        var cancel = new Button(Texts.of("submit.cancel"));
        cancel.setCancelButton(true);
        cancel.setOnAction(e -> close.run());
        submit.getStyleClass().add(Style.PRIMARY);
        submit.setId("submit-now");
        submit.setDefaultButton(true);
        submit.setOnAction(e -> {
            submit.setDisable(true);
            model.submit(close);
        });
        var refused =
                new Label(model.understood().get().map(SubmitDialog::refused).orElse(""));
        refused.getStyleClass().add("refusal");
        refused.setWrapText(true);
        refused.setMaxWidth(560);
        HBox.setHgrow(refused, Priority.ALWAYS);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var row = new HBox(8, refused, space, cancel, submit);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    private static String refused(Understood understood) {
        return understood.refused().stream()
                .flatMap(r -> r.problems().stream())
                .limit(4)
                .collect(Collectors.joining("\n"));
    }

    private void showForm() {
        form.setContent(model.draft()
                .map(draft -> new VBox(10, new ValuesBar(model, this::showForm), new ParameterForm(model, draft)))
                .orElse(null));
    }

    private void show(Preview preview) {
        var draft = model.draft();
        headline.setText(title(draft, preview));
        submit.setText(Texts.of(model.joins().get() ? "submit.add" : "submit.now"));
        switch (preview) {
            case Preview.Reading reading -> showTasks(Optional.empty(), "");
            case Preview.Ready ready -> showTasks(Optional.of(ready), "");
            case Preview.Wrong wrong -> showTasks(Optional.empty(), String.join("\n", wrong.problems()));
        }
        tasks.setPlaceholder(new Label(preview instanceof Preview.Reading ? Texts.of("drop.reading") : ""));
        // Also after a refusal: the next try may find the database again.
        submit.setDisable(draft.isEmpty() || preview instanceof Preview.Reading);
        summary.setText(draft.map(d -> noted(d, summary(d, preview))).orElse(""));
    }

    /// As it will be called; a template may make its name of its parameters.
    private static String title(Optional<Draft> draft, Preview preview) {
        return preview instanceof Preview.Ready ready
                ? ready.submission().title()
                : draft.map(d -> d.title().isBlank() ? d.offer().title() : d.title())
                        .orElse(Texts.of("submit.nothing"));
    }

    /// With what else should be known of it: frames that are missing, what could not be taken over.
    private static String noted(Draft draft, String summary) {
        var notes = String.join("; ", draft.offer().notes());
        return notes.isEmpty() ? summary : summary + "  ·  " + notes;
    }

    private void showTasks(Optional<Preview.Ready> ready, String wrong) {
        problems.setText(wrong);
        problems.setVisible(!wrong.isEmpty());
        problems.setManaged(!wrong.isEmpty());
        unseen.setText(ready.map(SubmitDialog::unseen).orElse(""));
        unseen.setVisible(!unseen.getText().isEmpty());
        sketch.show(ready.map(Preview.Ready::sketch));
        // Not copied: a million tasks are made one by one as their lines come into view.
        tasks.setItems(FXCollections.observableList(
                ready.map(r -> r.submission().tasks()).orElse(List.of())));
    }

    /// A warning, no refusal: a worker that sees it may come yet.
    private static String unseen(Preview.Ready ready) {
        return ready.unseen().entrySet().stream()
                .map(path ->
                        Texts.of("submit.unseen", path.getKey(), path.getValue().toString()))
                .collect(Collectors.joining("\n"));
    }

    private static String summary(Draft draft, Preview preview) {
        if (!(preview instanceof Preview.Ready ready)) {
            return draft.offer().kind();
        }
        var size = ready.submission().size();
        return Texts.of(
                "submit.summary",
                draft.offer().kind(),
                Texts.of("submit.tasks", size, Figures.count(size)),
                ready.sketch().folded().boxes().size());
    }

    /// A task's name, and what it will run as far as that is known.
    private final class TaskCell extends ListCell<NewTask> {
        private final Label name = new Label();
        private final Label line = new Label();
        private final HBox box = new HBox(12, name, line);

        TaskCell() {
            line.getStyleClass().addAll(Style.MONO, Style.MUTED);
            name.setMinWidth(Region.USE_PREF_SIZE);
            // As wide as the list: a long command is cut, not scrolled.
            box.setMinWidth(0);
            box.prefWidthProperty().bind(tasks.widthProperty().subtract(56));
            box.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(@Nullable NewTask task, boolean empty) {
            super.updateItem(task, empty);
            if (task == null || empty) {
                setGraphic(null);
                return;
            }
            getStyleClass().removeAll(Style.STRONG, "inside");
            getStyleClass().add(task.isGroup() ? Style.STRONG : "inside");
            name.setText(task.name());
            line.setText(
                    model.preview().get() instanceof Preview.Ready ready
                            ? ready.line(task).replace('\n', ' ')
                            : "");
            setGraphic(box);
        }
    }
}
