package aque.desktop.limits;

import aque.desktop.control.Meter;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A small table of things with names: a head with buttons, rows that stay chosen while they are read again, a hint
/// where there is none. FX thread.
final class NamedTable<T> extends VBox {
    private final String key;
    private final Function<T, String> name;
    private final TableView<T> table = new TableView<>();
    private final FlowPane head = new FlowPane(4, 2);
    // Not the table's own: rows that are read again are chosen by nobody for a moment, and a button that is pressed in
    // it would not fire.
    private final ReadOnlyObjectWrapper<@Nullable T> chosen = new ReadOnlyObjectWrapper<>();
    private boolean reading;

    /// @param key of its texts and its id
    /// @param open what a double click does
    NamedTable(String key, Function<T, String> name, Consumer<T> open) {
        this.key = key;
        this.name = name;
        var title = new Label(Texts.of("limits.title." + key));
        title.getStyleClass().add(Style.CAPTION);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("table-head");
        head.getChildren().add(title);
        table.setId(key);
        table.getStyleClass().add(Style.WORKERS);
        table.setFixedCellSize(28);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setAccessibleText(Texts.of("limits.title." + key));
        var empty = new Label(Texts.of("limits.empty." + key));
        empty.getStyleClass().add(Style.EMPTY);
        table.setPlaceholder(empty);
        table.setRowFactory(t -> row(open));
        table.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (!reading) {
                chosen.set(is);
            }
        });
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(head, table);
    }

    private static <T> TableRow<T> row(Consumer<T> open) {
        var row = new TableRow<T>();
        row.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2 && !row.isEmpty()) {
                open.accept(row.getItem());
            }
        });
        return row;
    }

    void column(String column, double width, Function<T, String> words) {
        add(column, width, () -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                setText(item == null || empty ? null : words.apply(item));
            }
        });
    }

    void meter(String column, double width, BiConsumer<Meter, T> shows) {
        add(column, width, () -> new TableCell<>() {
            private final Meter meter = new Meter();

            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                if (item != null && !empty) {
                    shows.accept(meter, item);
                }
                setGraphic(item == null || empty ? null : meter);
            }
        });
    }

    private void add(String column, double width, Supplier<TableCell<T, T>> cell) {
        var made = new TableColumn<T, T>(Texts.of("column." + key + "." + column));
        made.setPrefWidth(width);
        made.setSortable(false);
        made.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        made.setCellFactory(c -> cell.get());
        table.getColumns().add(made);
    }

    void button(String does, Runnable what) {
        var button = new Button(Texts.of("limits." + does));
        button.setId(key + "-" + does);
        button.getStyleClass().addAll("flat", Style.SMALL);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(Texts.of("limits." + does + ".hint")));
        button.setOnAction(e -> what.run());
        head.getChildren().add(button);
    }

    void buttonOfChosen(String does, Consumer<T> what) {
        button(does, () -> Optional.ofNullable(chosen.get()).ifPresent(what));
        head.getChildren().getLast().disableProperty().bind(chosen.isNull());
    }

    void show(List<T> now) {
        if (now.equals(table.getItems())) {
            return;
        }
        var before = Optional.ofNullable(chosen.get()).map(name);
        reading = true;
        table.getItems().setAll(now);
        now.stream()
                .filter(item -> before.equals(Optional.of(name.apply(item))))
                .forEach(table.getSelectionModel()::select);
        reading = false;
        chosen.set(table.getSelectionModel().getSelectedItem());
    }
}
