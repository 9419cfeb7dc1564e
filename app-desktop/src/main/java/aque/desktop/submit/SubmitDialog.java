package aque.desktop.submit;

import aque.desktop.submit.SubmitModel.Preview;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
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
        setTop(new VBox(4, headline, summary, drafts()));
        setLeft(form());
        setCenter(preview());
        setBottom(buttons(close));
        // Letters are keys of actions elsewhere: nothing typed in here may reach them.
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() != KeyCode.ESCAPE) {
                e.consume();
            }
        });
        model.preview().addListener((o, was, is) -> show(is));
        model.chosen().addListener((o, was, is) -> showForm());
        showForm();
        show(model.preview().get());
    }

    /// Gives the keyboard to the first field: letters are keys of actions elsewhere.
    void focusFirst() {
        applyCss();
        Optional.ofNullable(lookup("#submit-title")).ifPresent(Node::requestFocus);
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
        headline.setText(draft.map(d -> d.offer().title()).orElse(Texts.of("submit.nothing")));
        submit.setText(Texts.of("submit.now"));
        switch (preview) {
            case Preview.Reading reading -> showTasks(Optional.empty(), "");
            case Preview.Ready ready -> showTasks(Optional.of(ready), "");
            case Preview.Wrong wrong -> showTasks(Optional.empty(), String.join("\n", wrong.problems()));
        }
        // Also after a refusal: the next try may find the database again.
        submit.setDisable(draft.isEmpty() || preview instanceof Preview.Reading);
        summary.setText(draft.map(d -> summary(d, preview)).orElse(""));
    }

    private void showTasks(Optional<Preview.Ready> ready, String wrong) {
        problems.setText(wrong);
        problems.setVisible(!wrong.isEmpty());
        problems.setManaged(!wrong.isEmpty());
        sketch.show(ready.map(Preview.Ready::sketch));
        tasks.getItems().setAll(ready.map(r -> r.submission().tasks()).orElse(List.of()));
    }

    private static String summary(Draft draft, Preview preview) {
        if (!(preview instanceof Preview.Ready(Submission submission, Sketch shown))) {
            return draft.offer().kind();
        }
        return Texts.of(
                "submit.summary",
                draft.offer().kind(),
                Texts.of("submit.tasks", submission.size(), Figures.count(submission.size())),
                shown.folded().boxes().size());
    }

    private static final class TaskCell extends ListCell<NewTask> {
        @Override
        protected void updateItem(@Nullable NewTask task, boolean empty) {
            super.updateItem(task, empty);
            if (task == null || empty) {
                setText(null);
                return;
            }
            getStyleClass().removeAll(Style.STRONG, "inside");
            getStyleClass().add(task.isGroup() ? Style.STRONG : "inside");
            setText(
                    switch (task.work()) {
                        case Work.Group group -> task.name();
                        case Work.OpenJd openJd -> task.name();
                        case Work.Command(var argv) -> task.name() + "    " + String.join(" ", argv);
                    });
        }
    }
}
