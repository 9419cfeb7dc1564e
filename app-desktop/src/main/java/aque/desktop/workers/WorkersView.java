package aque.desktop.workers;

import aque.desktop.action.WorkerActions;
import aque.desktop.feed.FarmModel;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.farm.WorkerView;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The workers in a table: what each has, how much of it is used, and when it was last heard of. FX thread.
public final class WorkersView extends StackPane {
    private final TableView<WorkerView> table = new TableView<>();

    public WorkersView(FarmModel farm, WorkerActions actions) {
        var sorted = new SortedList<>(farm.workers());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.getStyleClass().add(Style.WORKERS);
        table.setFixedCellSize(28);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setAccessibleText(Texts.of("workers.accessible"));
        var empty = new Label(Texts.of("workers.empty"));
        empty.getStyleClass().add(Style.EMPTY);
        table.setPlaceholder(empty);
        var columns = table.getColumns();
        columns.add(column("name", 130, Comparator.comparing(WorkerView::name), StateCell::new));
        columns.add(text("host", 130, Comparator.comparing(WorkerView::host), WorkerView::host));
        columns.add(text("state", 90, Comparator.comparing(WorkerView::state), w -> Texts.of("worker." + w.state())));
        columns.add(bars("cpus", WorkersView::cpuPart, WorkersView::cpuText));
        columns.add(bars("memory", WorkersView::memoryPart, WorkersView::memoryText));
        columns.add(text("running", 80, Comparator.comparing(WorkerView::running), w -> Figures.count(w.running())));
        columns.add(text("heard", 100, Comparator.comparing(WorkerView::silent), w -> Figures.age(w.silent())));
        columns.add(text("note", 180, Comparator.comparing(WorkerView::note), WorkerView::note));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        var menu = new ContextMenu();
        menu.getItems()
                .setAll(actions.items(
                        () -> List.copyOf(table.getSelectionModel().getSelectedItems())));
        table.setContextMenu(menu);
        getChildren().add(table);
    }

    private static double cpuPart(WorkerView w) {
        return w.cpuMilli() == 0 ? 0 : (double) w.usedCpuMilli() / w.cpuMilli();
    }

    private static String cpuText(WorkerView w) {
        return Texts.of("worker.cpus", Figures.cores(w.usedCpuMilli()), Figures.cores(w.cpuMilli()));
    }

    private static double memoryPart(WorkerView w) {
        return w.memory() == 0 ? 0 : (double) w.usedMemory() / w.memory();
    }

    private static String memoryText(WorkerView w) {
        return Texts.of("worker.memory", Figures.bytes(w.usedMemory()), Figures.bytes(w.memory()));
    }

    private static TableColumn<WorkerView, WorkerView> text(
            String key, double width, Comparator<WorkerView> order, Function<WorkerView, String> words) {
        return column(key, width, order, () -> new WordsCell(words));
    }

    private static TableColumn<WorkerView, WorkerView> bars(
            String key, ToDoubleFunction<WorkerView> part, Function<WorkerView, String> words) {
        return column(key, 200, Comparator.comparingDouble(part), () -> new BarCell(part, words));
    }

    private static TableColumn<WorkerView, WorkerView> column(
            String key, double width, Comparator<WorkerView> order, Supplier<TableCell<WorkerView, WorkerView>> cell) {
        var column = new TableColumn<WorkerView, WorkerView>(Texts.of("column.worker." + key));
        column.setPrefWidth(width);
        column.setComparator(order);
        column.setCellValueFactory(worker -> new ReadOnlyObjectWrapper<>(worker.getValue()));
        column.setCellFactory(c -> cell.get());
        return column;
    }

    private static final class WordsCell extends TableCell<WorkerView, WorkerView> {
        private final Function<WorkerView, String> words;

        WordsCell(Function<WorkerView, String> words) {
            this.words = words;
        }

        @Override
        protected void updateItem(@Nullable WorkerView worker, boolean empty) {
            super.updateItem(worker, empty);
            setText(worker == null || empty ? null : words.apply(worker));
        }
    }

    private static final class StateCell extends TableCell<WorkerView, WorkerView> {
        @Override
        protected void updateItem(@Nullable WorkerView worker, boolean empty) {
            super.updateItem(worker, empty);
            setText(worker == null || empty ? null : worker.name());
            setGraphic(worker == null || empty ? null : Icons.glyph(tone(worker), 13));
        }

        private static Tone tone(WorkerView worker) {
            return switch (worker.state()) {
                case "lost" -> Tone.ERROR;
                case "draining" -> Tone.HELD;
                default -> worker.running() > 0 ? Tone.RUNNING : Tone.PENDING;
            };
        }
    }

    private static final class BarCell extends TableCell<WorkerView, WorkerView> {
        private final ToDoubleFunction<WorkerView> part;
        private final Function<WorkerView, String> words;
        private final ProgressBar bar = new ProgressBar(0);
        private final Label label = new Label();
        private final HBox both = new HBox(8, bar, label);

        BarCell(ToDoubleFunction<WorkerView> part, Function<WorkerView, String> words) {
            this.part = part;
            this.words = words;
            bar.setPrefWidth(76);
            label.getStyleClass().add(Style.MUTED);
            both.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(@Nullable WorkerView worker, boolean empty) {
            super.updateItem(worker, empty);
            if (worker == null || empty) {
                setGraphic(null);
                return;
            }
            bar.setProgress(part.applyAsDouble(worker));
            label.setText(words.apply(worker));
            setGraphic(both);
        }
    }
}
