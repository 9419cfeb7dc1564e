package aque.desktop.tasks;

import aque.desktop.action.ActionMenu;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The live tree of jobs, steps and tasks. It knows no selection model: what is selected is in `Selection`, rows show
/// it by a pseudo-class. FX thread.
public final class TasksView extends StackPane {
    private final FarmModel farm;
    private final TasksModel model;
    private final Selection selection;
    private final Palette palette;
    private final TreeTableView<Row> tree = new TreeTableView<>();
    private final RowItem root;
    private final List<TaskTreeRow> rows = new ArrayList<>();
    private @Nullable Row hovered;

    public TasksView(FarmModel farm, TasksModel model, Selection selection, Palette palette, ActionMenu menu) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.palette = palette;
        this.root = new RowItem(null, model.order()::get);
        getChildren().add(tree);
        buildTree(menu);
        buildColumns();
        model.shown().addListener((o, was, is) -> showJobs());
        model.order()
                .addListener((o, was, is) ->
                        reshape(farm.jobs().stream().map(Row::id).toList()));
        farm.listen(change -> reshape(change.reshaped()));
        selection.listen(() -> rows.forEach(TaskTreeRow::showChosen));
        palette.onChange(tree::refresh);
        new TreeKeys(this, selection).install();
        showJobs();
        tickEverySecond();
    }

    /// Shows a task: unfolds what is above it and brings it into view.
    public void reveal(TaskId id) {
        farm.row(id).ifPresent(row -> {
            var item = itemOf(row);
            item.ifPresent(found -> {
                for (var above = found.getParent(); above != null; above = above.getParent()) {
                    above.setExpanded(true);
                }
                scrollTo(found);
            });
        });
    }

    /// Unfolds a job, when it is shown.
    public void unfold(TaskId job) {
        farm.row(job).flatMap(this::itemOf).ifPresent(item -> item.setExpanded(true));
    }

    /// Folds a job.
    public void fold(TaskId job) {
        farm.row(job).flatMap(this::itemOf).ifPresent(item -> item.setExpanded(false));
    }

    /// Gives the keyboard to the tree.
    public void focusTree() {
        tree.requestFocus();
    }

    /// Gives the keyboard to the tree as soon as it can take it: docks show their content with the first layout.
    public void focusWhenShown() {
        tree.skinProperty().addListener((o, was, is) -> tree.requestFocus());
    }

    TreeTableView<Row> tree() {
        return tree;
    }

    /// The row of an item on the screen.
    Optional<TreeItem<Row>> itemOf(TaskId id) {
        return farm.row(id).flatMap(this::itemOf);
    }

    /// Ids of the rows from one to another as they are shown, both included.
    List<TaskId> between(TaskId one, TaskId other) {
        var from = itemOf(one).map(tree::getRow).orElse(-1);
        var to = itemOf(other).map(tree::getRow).orElse(-1);
        if (from < 0 || to < 0) {
            return List.of(other);
        }
        var ids = new ArrayList<TaskId>();
        for (int i = Math.min(from, to); i <= Math.max(from, to); i++) {
            ids.add(tree.getTreeItem(i).getValue().id());
        }
        return ids;
    }

    void scrollTo(TreeItem<Row> item) {
        int index = tree.getRow(item);
        boolean inSight = rows.stream().anyMatch(row -> row.getIndex() == index && row.isInSight());
        if (index >= 0 && !inSight) {
            tree.scrollTo(Math.max(0, index - 3));
        }
    }

    private Optional<TreeItem<Row>> itemOf(Row row) {
        var siblings = row.parent().isPresent() ? row.parent().flatMap(this::itemOf) : Optional.of(root);
        return siblings.flatMap(item -> item.getChildren().stream()
                .filter(child -> child.getValue().id().equals(row.id()))
                .findFirst());
    }

    private void buildTree(ActionMenu menu) {
        tree.getStyleClass().add(Style.JOB_TREE);
        tree.setAccessibleText(Texts.of("tree.accessible"));
        tree.setRoot(root);
        root.setExpanded(true);
        tree.setShowRoot(false);
        tree.setFixedCellSize(28);
        tree.setSelectionModel(null);
        tree.setColumnResizePolicy(TreeTableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        tree.setPlaceholder(emptyText());
        tree.setRowFactory(t -> newRow(menu));
        tree.setSortPolicy(t -> {
            model.order().set(sortOrder());
            return true;
        });
        root.addEventHandler(TreeItem.<Row>branchExpandedEvent(), e -> expanded(e.getTreeItem()));
        root.addEventHandler(TreeItem.<Row>branchCollapsedEvent(), e -> collapsed(e.getTreeItem()));
        installHint();
    }

    private Comparator<Row> sortOrder() {
        return tree.getSortOrder().stream()
                .map(TasksView::order)
                .reduce(Comparator::thenComparing)
                .orElse(TasksModel.NEWEST_FIRST);
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Row> order(TreeTableColumn<Row, ?> column) {
        var order = (Comparator<Row>) column.getComparator();
        return column.getSortType() == TreeTableColumn.SortType.DESCENDING ? order.reversed() : order;
    }

    private TaskTreeRow newRow(ActionMenu menu) {
        var row = new TaskTreeRow(this, selection);
        row.setOnMouseEntered(e -> hovered = row.getItem());
        row.setOnMouseExited(e -> hovered = null);
        row.setOnContextMenuRequested((ContextMenuEvent e) -> {
            if (row.getItem() != null) {
                if (!selection.contains(row.getItem().id())) {
                    selection.only(row.getItem().id());
                }
                menu.show(row, e.getScreenX(), e.getScreenY());
            }
            e.consume();
        });
        rows.add(row);
        return row;
    }

    private Label emptyText() {
        var label = new Label();
        label.getStyleClass().add(Style.EMPTY);
        label.textProperty()
                .bind(javafx.beans.binding.Bindings.createStringBinding(
                        () -> Texts.of(farm.jobs().isEmpty() ? "tree.empty" : "tree.none"),
                        model.shown(),
                        model.counts()));
        return label;
    }

    private void buildColumns() {
        var columns = tree.getColumns();
        columns.add(column(
                "job",
                250,
                150,
                Cells.Name::new,
                Comparator.comparing(r -> r.view().name())));
        columns.add(column(
                "tasks",
                186,
                90,
                () -> new Cells.Tasks(palette),
                Comparator.comparing(r -> r.tally().done())));
        columns.add(column("state", 94, 72, Cells.State::new, Comparator.comparing(Row::tone)));
        columns.add(words("prio", 62, r -> Integer.toString(r.view().priority()), Style.FIGURE));
        columns.add(words("time", 82, r -> Words.time(r, Instant.now()), Style.FIGURE));
        columns.add(words("owner", 84, r -> r.view().owner()));
        columns.add(words(
                "on",
                100,
                r -> r.view().worker().isEmpty() ? Figures.NONE : r.view().worker()));
        columns.add(words("note", 160, Words::note, Style.MUTED));
        tree.setTreeColumn(columns.getFirst());
    }

    private TreeTableColumn<Row, Row> words(String key, double width, Function<Row, String> words, String... styles) {
        var order = switch (key) {
            case "prio" -> Comparator.<Row>comparingInt(r -> r.view().priority());
            case "time" ->
                Comparator.<Row, Instant>comparing(r -> r.view().started().orElse(Instant.MAX));
            default -> Comparator.comparing(words);
        };
        var column = column(key, width, 54, () -> new Cells.Words(words, styles), order);
        column.getStyleClass().addAll(styles);
        return column;
    }

    private TreeTableColumn<Row, Row> column(
            String key, double width, double least, Supplier<TreeTableCell<Row, Row>> cell, Comparator<Row> order) {
        var column = new TreeTableColumn<Row, Row>(Texts.of("column." + key));
        column.setId("column-" + key);
        column.setPrefWidth(width);
        column.setMinWidth(least);
        column.setCellValueFactory(item -> item.getValue().getValue());
        column.setCellFactory(c -> cell.get());
        column.setComparator(order);
        return column;
    }

    private void installHint() {
        var hint = new Tooltip();
        hint.setOnShowing(e -> hint.setText(hovered == null ? Texts.of("tree.accessible") : RowHint.of(hovered)));
        Tooltip.install(tree, hint);
    }

    private void showJobs() {
        root.show(model.shown().get());
        if (selection.ids().isEmpty() && !model.shown().get().isEmpty()) {
            selection.only(model.shown().get().getFirst().id());
        }
    }

    private void reshape(Collection<TaskId> jobs) {
        for (var job : jobs) {
            farm.row(job).flatMap(this::itemOf).ifPresent(item -> ((RowItem) item).reshape());
        }
    }

    private void expanded(TreeItem<Row> item) {
        if (item.getValue() != null && item.getValue().view().isJob()) {
            farm.hold(item.getValue().id(), this);
        }
    }

    private void collapsed(TreeItem<Row> item) {
        if (item.getValue() != null && item.getValue().view().isJob()) {
            ((RowItem) item).fold();
            farm.release(item.getValue().id(), this);
        }
    }

    private void tickEverySecond() {
        var clock = new Timeline(new KeyFrame(
                Duration.seconds(1),
                e -> rows.stream()
                        .map(TaskTreeRow::getItem)
                        .filter(row -> row != null && (row.tone().compareTo(aque.desktop.theme.Tone.RUNNING) == 0))
                        .forEach(Row::touch)));
        clock.setCycleCount(Timeline.INDEFINITE);
        sceneProperty().addListener((o, was, is) -> {
            if (is == null) {
                clock.stop();
            } else {
                clock.play();
            }
        });
    }
}
