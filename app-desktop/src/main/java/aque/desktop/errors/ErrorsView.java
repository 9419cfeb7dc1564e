package aque.desktop.errors;

import aque.desktop.action.ActionMenu;
import aque.desktop.errors.ErrorsModel.Shown;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.log.Failures.Group;
import aque.task.TaskId;
import java.util.HashSet;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Why tasks failed: a line for each cause with the number of tasks, the tasks below it, the traceback beside it. A
/// click on a cause selects its tasks, so that every action can be done to all of them. FX thread.
public final class ErrorsView extends BorderPane {
    private final ErrorsModel model;
    private final TreeView<Entry> tree = new TreeView<>(new TreeItem<>());
    private final TextArea detail = new TextArea();
    private final Label title = new Label();
    private final Label empty = new Label();
    private boolean filling;

    private sealed interface Entry {
        record Cause(Group group) implements Entry {}

        record Task(TaskId id, String name, Group group) implements Entry {}
    }

    public ErrorsView(ErrorsModel model, ActionMenu menu) {
        this.model = model;
        getStyleClass().addAll(Style.PANEL, Style.ERRORS);
        title.getStyleClass().add(Style.MUTED);
        title.setId("errors-title");
        setTop(title);
        tree.setShowRoot(false);
        tree.setId("errors");
        tree.setFixedCellSize(26);
        tree.setAccessibleText(Texts.of("errors.accessible"));
        tree.setCellFactory(t -> new EntryCell());
        tree.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> chosen(is));
        tree.setOnContextMenuRequested(e -> menu.show(tree, e.getScreenX(), e.getScreenY()));
        detail.setEditable(false);
        detail.setWrapText(true);
        detail.setId("errors-detail");
        detail.getStyleClass().add(Style.MONO);
        detail.setAccessibleText(Texts.of("errors.detail.accessible"));
        empty.getStyleClass().add(Style.EMPTY);
        empty.setMouseTransparent(true);
        var split = new SplitPane(new StackPane(tree, empty), detail);
        split.setDividerPositions(0.62);
        setCenter(split);
        model.shown().addListener((o, was, is) -> show(is));
        show(model.shown().get());
    }

    private void show(Shown shown) {
        title.setText(
                shown.groups().isEmpty()
                        ? ""
                        : Texts.of(
                                "errors.title",
                                shown.job().map(job -> job.view().name()).orElse(""),
                                shown.tasks(),
                                shown.groups().size()));
        empty.setText(Texts.of(shown.job().isEmpty() ? "errors.none.chosen" : "errors.none"));
        empty.setVisible(shown.groups().isEmpty());
        detail.setVisible(!shown.groups().isEmpty());
        fill(shown);
    }

    private void fill(Shown shown) {
        var open = unfolded();
        filling = true;
        detail.clear();
        var items = shown.groups().stream()
                .map(group -> {
                    var item = new TreeItem<Entry>(new Entry.Cause(group));
                    group.tasks()
                            .forEach(id -> item.getChildren()
                                    .add(new TreeItem<>(new Entry.Task(id, model.nameOf(id), group))));
                    item.setExpanded(open.contains(group.fingerprint().key()));
                    return item;
                })
                .toList();
        tree.getRoot().getChildren().setAll(items);
        filling = false;
        shown.groups().stream().findFirst().ifPresent(this::tell);
    }

    private Set<String> unfolded() {
        var open = new HashSet<String>();
        for (var item : tree.getRoot().getChildren()) {
            if (item.isExpanded() && item.getValue() instanceof Entry.Cause(Group group)) {
                open.add(group.fingerprint().key());
            }
        }
        return open;
    }

    private void chosen(@Nullable TreeItem<Entry> item) {
        if (item == null || filling) {
            return;
        }
        switch (item.getValue()) {
            case Entry.Cause(Group group) -> {
                tell(group);
                model.select(group);
            }
            case Entry.Task task -> {
                tell(task.group());
                model.select(task.id());
            }
        }
    }

    private void tell(Group group) {
        var title = group.fingerprint().title();
        var same = group.fingerprint().detail().strip();
        // One line in which nothing differs says all that there is.
        detail.setText(same.equals(title.strip()) ? title : title + "\n\n" + Texts.of("errors.same") + "\n" + same);
    }

    private static final class EntryCell extends TreeCell<Entry> {
        private final Label count = new Label();
        private final Label words = new Label();
        private final HBox both = new HBox(8, count, words);

        EntryCell() {
            count.getStyleClass().addAll(Style.STRONG, Style.FIGURE);
            words.getStyleClass().add(Style.MONO);
            // As wide as the tree: what is longer is in the detail.
            setPrefWidth(0);
            both.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(null);
            setGraphic(null);
            if (empty || entry == null) {
                return;
            }
            switch (entry) {
                case Entry.Cause(Group group) -> {
                    count.setText(Texts.of("errors.count", group.tasks().size()));
                    words.setText(group.fingerprint().title());
                    setAccessibleText(count.getText() + ": " + words.getText());
                    setGraphic(both);
                }
                case Entry.Task task -> {
                    setText(task.name());
                    setAccessibleText(task.name());
                    setGraphic(Icons.glyph(Tone.ERROR, 13));
                }
            }
        }
    }
}
