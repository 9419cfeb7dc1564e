package aque.desktop.tasks;

import aque.desktop.action.ActionMenu;
import aque.desktop.control.Clock;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.StackPane;

/// The live tree of jobs, steps and tasks: a table over the flat `Outline`. It knows no selection model: what is
/// selected is in `Selection`, rows show it by a pseudo-class. FX thread.
public final class TasksView extends StackPane {
    private final FarmModel farm;
    private final TasksModel model;
    private final Selection selection;
    private final Columns columns;
    private final TableView<Line> tree = new TableView<>();
    private final Outline outline;
    private final List<TreeRow> rows = new ArrayList<>();
    private final Hold hold = new Hold(this::showAll);
    private final Set<TaskId> late = new HashSet<>();
    private Optional<Row> hovered = Optional.empty();

    public TasksView(FarmModel farm, TasksModel model, Selection selection, Palette palette, ActionMenu menu) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.outline = new Outline(model.order()::get);
        getChildren().add(tree);
        columns = new Columns(tree, palette, model.grouping());
        buildTree(menu);
        model.shown().addListener((o, was, is) -> hold.show());
        model.order().addListener((o, was, is) -> outline.reorder());
        farm.listen(change -> reshape(change.reshaped()));
        selection.listen(() -> rows.forEach(TreeRow::showChosen));
        palette.onChange(tree::refresh);
        new TreeKeys(this, selection).install();
        showAll();
        tickEverySecond();
    }

    /// Shows a task: unfolds what is above it and brings it into view.
    public void reveal(TaskId id) {
        farm.row(id).ifPresent(row -> {
            for (var above = row.parent();
                    above.isPresent();
                    above = above.get().parent()) {
                unfold(above.get().id());
            }
            scrollTo(outline.indexOf(id));
        });
    }

    /// Unfolds a job or a step. What is in a job is read first, and shown as soon as it is there.
    public void unfold(TaskId id) {
        if (farm.job(id).isPresent()) {
            farm.hold(id, this);
        }
        keepingPlace(() -> outline.unfold(id));
        farm.row(id).ifPresent(Row::touch);
    }

    /// Folds a job or a step; what was in a job is forgotten when nobody else looks at it.
    public void fold(TaskId id) {
        keepingPlace(() -> outline.fold(id));
        if (farm.job(id).isPresent()) {
            farm.release(id, this);
        }
        farm.row(id).ifPresent(Row::touch);
    }

    /// The job or task whose line a node is part of.
    public Optional<Row> rowAt(Node node) {
        for (var at = node; at != null; at = at.getParent()) {
            if (at instanceof TreeRow line) {
                return line.row();
            }
        }
        return Optional.empty();
    }

    /// Puts the columns as they were, and tells of every change from now on.
    public void keepLayout(Optional<TreeLayout> was, Consumer<TreeLayout> changed) {
        was.ifPresent(columns::set);
        columns.onChange(changed);
    }

    /// How far apart the lines stand; kept with the columns.
    public ObjectProperty<Density> density() {
        return columns.density();
    }

    /// The jobs that are unfolded.
    public List<TaskId> unfolded() {
        return outline.unfoldedJobs();
    }

    /// Gives the keyboard to the tree.
    public void focusTree() {
        tree.requestFocus();
    }

    /// Gives the keyboard to the tree as soon as it can take it: docks show their content with the first layout.
    ///
    /// @param free whether nothing else has asked for the keyboard by then
    public void focusWhenShown(BooleanSupplier free) {
        tree.skinProperty().addListener((o, was, is) -> {
            if (free.getAsBoolean()) {
                tree.requestFocus();
            }
        });
    }

    TableView<Line> tree() {
        return tree;
    }

    Outline outline() {
        return outline;
    }

    boolean isUnfolded(Row row) {
        return outline.isUnfolded(row);
    }

    void toggle(TaskId id) {
        if (farm.row(id).map(outline::isUnfolded).orElse(false)) {
            fold(id);
        } else {
            unfold(id);
        }
    }

    /// Ids of the rows from one to another as they are shown, both included.
    List<TaskId> between(TaskId one, TaskId other) {
        int from = outline.indexOf(one);
        int to = outline.indexOf(other);
        if (from < 0 || to < 0) {
            return List.of(other);
        }
        return ids(Math.min(from, to), Math.max(from, to) + 1);
    }

    /// Ids of all rows that are unfolded.
    List<TaskId> all() {
        return ids(0, outline.size());
    }

    void scrollTo(int index) {
        boolean inSight = rows.stream().anyMatch(row -> row.getIndex() == index && row.isInSight());
        if (index >= 0 && !inSight) {
            tree.scrollTo(Math.max(0, index - 3));
        }
    }

    private List<TaskId> ids(int from, int to) {
        return outline.subList(from, to).stream()
                .filter(Line.Item.class::isInstance)
                .map(line -> ((Line.Item) line).row().id())
                .toList();
    }

    private void buildTree(ActionMenu menu) {
        tree.getStyleClass().add(Style.JOB_TREE);
        tree.setAccessibleText(Texts.of("tree.accessible"));
        tree.setSelectionModel(null);
        tree.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        showEmpty();
        model.shown().addListener((o, was, is) -> showEmpty());
        tree.setRowFactory(t -> newRow(menu));
        tree.setSortPolicy(t -> {
            model.order().set(columns.order());
            return true;
        });
        tree.setItems(outline);
        tree.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, e -> {
            if (e.getTarget() instanceof Node node && within(node, "column-header-background")) {
                columns.menu().show(tree, e.getScreenX(), e.getScreenY());
                e.consume();
            }
        });
        tree.setOnContextMenuRequested(e -> {
            if (e.isKeyboardTrigger() && !selection.ids().isEmpty()) {
                var at = tree.localToScreen(leadLine());
                menu.show(tree, at.getX(), at.getY());
            }
        });
        hold.install(tree);
        installHint();
    }

    private TreeRow newRow(ActionMenu menu) {
        var row = new TreeRow(this, selection);
        row.setOnMouseEntered(e -> hovered = row.row());
        row.setOnMouseExited(e -> hovered = Optional.empty());
        row.setOnContextMenuRequested((ContextMenuEvent e) -> {
            row.row().ifPresent(found -> {
                if (!selection.contains(found.id())) {
                    selection.only(found.id());
                }
                menu.show(row, e.getScreenX(), e.getScreenY());
            });
            e.consume();
        });
        rows.add(row);
        return row;
    }

    /// Where the line of what was chosen last is, for a menu that was asked for by a key.
    private Point2D leadLine() {
        return rows.stream()
                .filter(row -> row.row().map(Row::id).equals(selection.lead().get()) && row.isInSight())
                .findFirst()
                .map(row -> tree.sceneToLocal(row.localToScene(40, row.getHeight())))
                .orElse(new Point2D(40, 40));
    }

    private static boolean within(Node node, String style) {
        for (var at = node; at != null; at = at.getParent()) {
            if (at.getStyleClass().contains(style)) {
                return true;
            }
        }
        return false;
    }

    /// Says what would fill the tree: a search that finds nothing is not a farm without jobs.
    private void showEmpty() {
        var label = new Label(Texts.of(farm.jobs().isEmpty() ? "tree.empty" : "tree.none"));
        label.getStyleClass().add(Style.EMPTY);
        tree.setPlaceholder(label);
    }

    private void installHint() {
        var hint = new Tooltip();
        hint.setOnShowing(e -> hint.setText(hovered.map(RowHint::of).orElseGet(() -> Texts.of("tree.accessible"))));
        Tooltip.install(tree, hint);
    }

    private void reshape(Collection<TaskId> jobs) {
        if (!jobs.isEmpty()) {
            late.addAll(jobs);
            hold.show();
        }
    }

    private void showAll() {
        keepingPlace(() -> {
            if (!late.isEmpty()) {
                outline.reshape(late);
                late.clear();
            }
            outline.show(model.shown().get(), model.found());
        });
        if (selection.ids().isEmpty()) {
            model.shown().get().stream()
                    .flatMap(section -> section.jobs().stream())
                    .findFirst()
                    .ifPresent(job -> selection.only(job.id()));
        }
    }

    /// Does something to the lines; the first one in sight stays where it is, unless it is the very first.
    private void keepingPlace(Runnable change) {
        if (!(tree.lookup(".virtual-flow") instanceof VirtualFlow<?> flow)
                || flow.getFirstVisibleCell() == null
                || flow.getFirstVisibleCell().getIndex() == 0) {
            change.run();
            return;
        }
        var first = flow.getFirstVisibleCell();
        double hidden = -first.getLayoutY();
        var id = outline.row(first.getIndex()).map(Row::id);
        int was = first.getIndex();
        change.run();
        int is = id.map(outline::indexOf).orElse(was);
        if (is >= 0 && is != was) {
            tree.scrollTo(is);
            tree.layout();
            flow.scrollPixels(hidden);
        }
    }

    private void tickEverySecond() {
        Clock.whileShown(
                this,
                Duration.ofSeconds(1),
                () -> rows.stream()
                        .flatMap(row -> row.row().stream())
                        .filter(row -> row.tone() == Tone.RUNNING
                                || row.view().stopsAt().isPresent())
                        .forEach(Row::touch));
    }
}
