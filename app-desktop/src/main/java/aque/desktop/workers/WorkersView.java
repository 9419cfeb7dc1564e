package aque.desktop.workers;

import aque.desktop.action.Questions;
import aque.desktop.control.Clock;
import aque.desktop.control.WordFilter;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.farm.WorkerView;
import aque.schedule.Needs;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The workers in a table: what each has, how much of it is used, and when it was last heard of; beside it all about
/// the one that was clicked. FX thread.
public final class WorkersView extends StackPane {
    /// Of its usual width, this much a column keeps in a narrow panel: what it says is not cut.
    private static final double LEAST = 0.85;

    private final TableView<WorkerRow> table = new TableView<>();
    private final WorkersModel model;
    private final FilteredList<WorkerRow> shown;
    private final TextField filter = new TextField();
    private final Label count = new Label();

    public WorkersView(WorkersModel model, Questions questions, Palette palette) {
        this.model = model;
        shown = new FilteredList<>(model.rows());
        var sorted = new SortedList<>(shown);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setId("workers");
        table.getStyleClass().add(Style.WORKERS);
        table.setFixedCellSize(28);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setAccessibleText(Texts.of("workers.accessible"));
        var empty = new Label(Texts.of("workers.empty"));
        empty.getStyleClass().add(Style.EMPTY);
        table.setPlaceholder(empty);
        addColumns();
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        var menu = new WorkerMenu(model, questions);
        table.setRowFactory(t -> {
            var row = new TableRow<WorkerRow>();
            row.setOnContextMenuRequested(e -> menu.show(row, e.getScreenX(), e.getScreenY()));
            return row;
        });
        var selection = table.getSelectionModel().getSelectedItems();
        selection.addListener((ListChangeListener<WorkerRow>) change -> model.select(
                selection.stream().filter(Objects::nonNull).map(WorkerRow::view).toList()));
        var head = new WorkersHead(sorted, palette, row -> {
            table.getSelectionModel().clearAndSelect(sorted.indexOf(row));
            table.scrollTo(row);
        });
        head.show();
        VBox.setVgrow(table, Priority.ALWAYS);
        var split = new SplitPane(new VBox(head, finder(), table), new WorkerPanel(model, menu, palette));
        split.setDividerPositions(0.73);
        split.getStyleClass().add(Style.PLAIN);
        getChildren().add(split);
        sorted.addListener((ListChangeListener<WorkerRow>) change -> head.show());
        Clock.whileShown(this, Duration.ofSeconds(1), () -> {
            model.rows().forEach(WorkerRow::touch);
            filterAgain();
            head.show();
        });
        sceneProperty().addListener((o, was, is) -> model.watched(is != null));
    }

    private HBox finder() {
        filter.setId("workers-filter");
        filter.setPromptText(Texts.of("workers.filter"));
        filter.setAccessibleText(Texts.of("workers.filter"));
        filter.setTooltip(new Tooltip(Texts.of("workers.filter.hint")));
        filter.textProperty().addListener((o, was, is) -> filterAgain());
        HBox.setHgrow(filter, Priority.ALWAYS);
        count.setId("workers-count");
        count.getStyleClass().add(Style.MUTED);
        count.setMinWidth(Region.USE_PREF_SIZE);
        var finder = new HBox(8, filter, count);
        finder.setAlignment(Pos.CENTER_LEFT);
        finder.setPadding(new Insets(6, 8, 6, 8));
        return finder;
    }

    /// What is true of a worker changes while somebody looks; the list is made anew only when others are shown.
    private void filterAgain() {
        var wanted = WordFilter.of(filter.getText());
        var are = new HashSet<>(shown);
        Predicate<WorkerRow> is = row -> wanted.isEmpty() || wanted.test(known(row.view()));
        if (model.rows().stream().anyMatch(row -> is.test(row) != are.contains(row))) {
            shown.setPredicate(is);
        }
        count.setText(
                wanted.isEmpty()
                        ? ""
                        : Texts.of(
                                "workers.shown",
                                Figures.count(shown.size()),
                                Figures.count(model.rows().size())));
    }

    /// Name, host, platform, state, notes, version, pools and tags.
    private static String known(WorkerView worker) {
        var has = worker.capabilities();
        return Stream.concat(
                        Stream.of(
                                worker.name(),
                                worker.host(),
                                state(worker),
                                note(worker),
                                worker.version(),
                                has.platform(),
                                has.user()),
                        has.attributes().values().stream().flatMap(Set::stream))
                .collect(Collectors.joining("\n"));
    }

    private void addColumns() {
        var columns = table.getColumns();
        columns.add(column("name", 110, by(WorkerView::name), WorkerCells.Name::new));
        columns.add(text("state", 72, by(WorkersView::state), row -> state(row.view())));
        columns.add(bars("cpus", 112, WorkersView::cpuPart, WorkersView::cpuText));
        columns.add(bars("memory", 160, WorkersView::memoryPart, WorkersView::memoryText));
        columns.add(text(
                "running",
                62,
                by(WorkerView::running),
                row -> Figures.count(row.view().running())));
        columns.add(column(
                "heard",
                54,
                Comparator.comparing(WorkerRow::silent),
                () -> new WorkerCells.Age(row -> Figures.age(row.silent()))));
        columns.add(text("note", 92, by(WorkersView::note), row -> note(row.view())));
        columns.add(text("host", 84, by(WorkerView::host), row -> row.view().host()));
    }

    static String state(WorkerView worker) {
        return Texts.of("worker." + (worker.aside().isPresent() ? "aside" : attendance(worker)));
    }

    private static String attendance(WorkerView worker) {
        var traits = worker.capabilities().attributes().keySet();
        if (!worker.state().equals("up")) {
            return worker.state();
        }
        return traits.contains(Needs.IN_USE) ? "in_use" : traits.contains(Needs.OFF_HOURS) ? "off_hours" : "up";
    }

    /// Why it was set aside comes before what else is said of it.
    static String note(WorkerView worker) {
        return worker.aside().map(WorkerView.Aside::note).orElse(worker.note());
    }

    private static <T extends Comparable<T>> Comparator<WorkerRow> by(Function<WorkerView, T> key) {
        return Comparator.comparing(row -> key.apply(row.view()));
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

    private static TableColumn<WorkerRow, WorkerRow> text(
            String key, double width, Comparator<WorkerRow> order, Function<WorkerRow, String> words) {
        return column(key, width, order, () -> new WorkerCells.Words(words));
    }

    private static TableColumn<WorkerRow, WorkerRow> bars(
            String key, double width, ToDoubleFunction<WorkerView> part, Function<WorkerView, String> words) {
        return column(
                key,
                width,
                Comparator.comparingDouble(row -> part.applyAsDouble(row.view())),
                () -> new WorkerCells.Bar(part, words));
    }

    private static TableColumn<WorkerRow, WorkerRow> column(
            String key, double width, Comparator<WorkerRow> order, Supplier<TableCell<WorkerRow, WorkerRow>> cell) {
        var column = new TableColumn<WorkerRow, WorkerRow>(Texts.of("column.worker." + key));
        column.setId("workers-column-" + key);
        column.setPrefWidth(width);
        column.setMinWidth(width * LEAST);
        column.setCellValueFactory(row -> row.getValue());
        column.setCellFactory(c -> cell.get());
        column.setComparator(order);
        return column;
    }
}
