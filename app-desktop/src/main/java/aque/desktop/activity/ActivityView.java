package aque.desktop.activity;

import aque.desktop.action.Actions;
import aque.desktop.control.WordFilter;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.farm.ActionView;
import aque.task.TaskId;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// Who did what on the farm: when, to how many tasks of whom, from where and why. A double click goes to the task.
/// Above it, while the farm's logs have nearly used up their budget, who writes most. FX thread.
public final class ActivityView extends BorderPane {
    private final ObservableList<ActionView> actions = FXCollections.observableArrayList();
    private final TableView<ActionView> table = new TableView<>();

    /// @param goTo shows a task
    public ActivityView(ActivityModel model, Actions act, Consumer<TaskId> goTo) {
        var shown = new FilteredList<>(actions);
        var sorted = new SortedList<>(shown);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setId("activity");
        table.getStyleClass().add(Style.WORKERS);
        table.setFixedCellSize(28);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setAccessibleText(Texts.of("activity.accessible"));
        var empty = new Label(Texts.of("activity.empty"));
        empty.getStyleClass().add(Style.EMPTY);
        table.setPlaceholder(empty);
        table.setRowFactory(t -> row(goTo));
        var when = new TableColumn<ActionView, java.time.Instant>(Texts.of("column.activity.when"));
        when.setPrefWidth(96);
        when.setMinWidth(92);
        when.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().at()));
        when.setCellFactory(c -> new WhenCell());
        when.setComparator(Comparator.naturalOrder());
        table.getColumns().add(when);
        text("who", 80, ActionView::actor);
        text("what", 200, ActivityView::verb);
        text("tasks", 60, action -> Figures.count(action.tasks()))
                .getStyleClass()
                .add(Style.FIGURE);
        text("of", 200, ActionView::what);
        text("owner", 80, action -> String.join(", ", action.owners()));
        text("from", 120, ActionView::place);
        text("why", 220, ActionView::why);
        model.latest().addListener((o, was, is) -> actions.setAll(is));
        actions.setAll(model.latest().get());
        setTop(new VBox(filter(shown), new LogLoadBar(model, act)));
        setCenter(table);
    }

    /// By whom, what, to what, whose, from where, why.
    private static TextField filter(FilteredList<ActionView> shown) {
        var field = new TextField();
        field.setId("activity-filter");
        field.setPromptText(Texts.of("activity.filter"));
        field.setAccessibleText(Texts.of("activity.filter"));
        field.textProperty().addListener((o, was, is) -> {
            var wanted = WordFilter.of(is);
            shown.setPredicate(action -> wanted.isEmpty() || wanted.test(known(action)));
        });
        VBox.setMargin(field, new Insets(6, 8, 6, 8));
        return field;
    }

    private static String known(ActionView action) {
        return String.join(
                "\n",
                action.actor(),
                verb(action),
                action.what(),
                String.join(" ", action.owners()),
                action.place(),
                action.why());
    }

    /// `priority 1200`, `undo hold`; a submission says its job elsewhere.
    static String verb(ActionView action) {
        return action.args().isEmpty() || action.verb().equals("submit")
                ? action.verb()
                : action.verb() + " " + action.args();
    }

    private static TableRow<ActionView> row(Consumer<TaskId> goTo) {
        var row = new TableRow<ActionView>();
        row.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2
                    && !row.isEmpty()
                    && !row.getItem().first().isEmpty()) {
                goTo.accept(row.getItem().first().getFirst());
            }
        });
        return row;
    }

    private TableColumn<ActionView, String> text(String key, double width, Function<ActionView, String> words) {
        var column = new TableColumn<ActionView, String>(Texts.of("column.activity." + key));
        column.setPrefWidth(width);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(words.apply(cell.getValue())));
        column.setCellFactory(c -> new TextCell());
        table.getColumns().add(column);
        return column;
    }

    private static final class WhenCell extends javafx.scene.control.TableCell<ActionView, java.time.Instant> {
        @Override
        protected void updateItem(java.time.@org.jspecify.annotations.Nullable Instant at, boolean empty) {
            super.updateItem(at, empty);
            setText(at == null || empty ? null : Figures.moment(at, Instant.now()));
            setTooltip(at == null || empty ? null : new Tooltip(Figures.exact(at)));
        }
    }

    /// Its whole text under the pointer: reasons are longer than columns.
    private static final class TextCell extends javafx.scene.control.TableCell<ActionView, String> {
        @Override
        protected void updateItem(@org.jspecify.annotations.Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            setTooltip(empty || text == null || text.isEmpty() ? null : new Tooltip(text));
        }
    }
}
