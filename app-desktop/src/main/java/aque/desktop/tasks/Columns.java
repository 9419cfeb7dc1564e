package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;

/// The columns of the tree: which are shown, how wide, what sorts and groups, and how far apart its lines stand. A
/// right-click on a head, or the button at
/// its end, changes it. FX thread.
final class Columns {
    private final TableView<Line> tree;
    private final ObjectProperty<Grouping> grouping;
    private final ObjectProperty<Density> density = new SimpleObjectProperty<>(Density.USUAL);
    private final List<TableColumn<Line, Row>> all;
    private Consumer<TreeLayout> changed = layout -> {};
    private boolean restoring;

    Columns(TableView<Line> tree, Palette palette, ObjectProperty<Grouping> grouping) {
        this.tree = tree;
        this.grouping = grouping;
        all = Column.all().stream().map(declared -> column(declared, palette)).toList();
        tree.getColumns().setAll(all);
        usual();
        all.forEach(column -> {
            column.visibleProperty().addListener((o, was, is) -> tell());
            column.widthProperty().addListener((o, was, is) -> tell());
            column.sortTypeProperty().addListener((o, was, is) -> tell());
        });
        tree.getColumns().subscribe(this::tell);
        tree.getSortOrder().subscribe(this::tell);
        grouping.addListener((o, was, is) -> tell());
        density.subscribe(now -> tree.setFixedCellSize(now.height()));
        density.addListener((o, was, is) -> tell());
    }

    /// How far apart the lines stand.
    ObjectProperty<Density> density() {
        return density;
    }

    /// Runs after every change that a person made.
    void onChange(Consumer<TreeLayout> listener) {
        changed = listener;
    }

    /// The order that the heads show.
    Comparator<Row> order() {
        return tree.getSortOrder().stream()
                .map(Columns::order)
                .reduce(Comparator::thenComparing)
                .orElse(TasksModel.NEWEST_FIRST);
    }

    TreeLayout layout() {
        var shown = tree.getColumns().stream()
                .filter(TableColumn::isVisible)
                .map(column -> new TreeLayout.Shown(key(column), column.getWidth()))
                .toList();
        var sort = tree.getSortOrder().stream()
                .map(column -> new TreeLayout.Sort(key(column), column.getSortType() == SortType.DESCENDING))
                .toList();
        return new TreeLayout(shown, sort, grouping.get().name(), density.get().name());
    }

    /// Puts the columns as they were; one that an older or newer console knew is left out.
    void set(TreeLayout layout) {
        restoring = true;
        var order = new ArrayList<TableColumn<Line, ?>>();
        all.forEach(column -> column.setVisible(false));
        for (var shown : layout.columns()) {
            find(shown.key()).ifPresent(column -> {
                column.setVisible(true);
                column.setPrefWidth(shown.width());
                order.add(column);
            });
        }
        all.stream().filter(column -> !order.contains(column)).forEach(order::add);
        all.getFirst().setVisible(true);
        tree.getColumns().setAll(order);
        tree.getSortOrder().clear();
        layout.sort()
                .forEach(sort -> find(sort.key()).ifPresent(column -> {
                    column.setSortType(sort.descending() ? SortType.DESCENDING : SortType.ASCENDING);
                    tree.getSortOrder().add(column);
                }));
        for (var each : Grouping.values()) {
            if (each.name().equals(layout.group())) {
                grouping.set(each);
            }
        }
        density.set(Density.of(Objects.requireNonNullElse(layout.density(), "")));
        restoring = false;
    }

    /// The columns, the groupings and the way back.
    ContextMenu menu() {
        var menu = new ContextMenu();
        var groups = new Menu(Texts.of("group.by"));
        for (var each : Grouping.values()) {
            var item = new RadioMenuItem(each.word());
            item.setId("group-" + each.name().toLowerCase(java.util.Locale.ROOT));
            item.setSelected(grouping.get() == each);
            item.setOnAction(e -> grouping.set(each));
            groups.getItems().add(item);
        }
        var densities = new Menu(Texts.of("density.of"));
        for (var each : Density.values()) {
            var item = new RadioMenuItem(each.word());
            item.setId("density-" + each.name().toLowerCase(java.util.Locale.ROOT));
            item.setSelected(density.get() == each);
            item.setOnAction(e -> density.set(each));
            densities.getItems().add(item);
        }
        menu.getItems().addAll(groups, densities, new SeparatorMenuItem());
        for (var column : all) {
            var item = new CheckMenuItem(column.getText());
            item.setSelected(column.isVisible());
            item.setDisable(column == all.getFirst());
            item.setOnAction(e -> column.setVisible(item.isSelected()));
            menu.getItems().add(item);
        }
        var back = new MenuItem(Texts.of("columns.usual"));
        back.setOnAction(e -> set(new TreeLayout(
                Column.all().stream()
                        .filter(Column::usual)
                        .map(c -> new TreeLayout.Shown(c.key(), c.width()))
                        .toList(),
                List.of(),
                Grouping.NONE.name(),
                Density.USUAL.name())));
        menu.getItems().addAll(new SeparatorMenuItem(), back);
        return menu;
    }

    private void usual() {
        Column.all().stream()
                .filter(c -> !c.usual())
                .forEach(c -> find(c.key()).ifPresent(column -> column.setVisible(false)));
    }

    private void tell() {
        if (!restoring) {
            changed.accept(layout());
        }
    }

    private Optional<TableColumn<Line, Row>> find(String key) {
        return all.stream().filter(column -> key(column).equals(key)).findFirst();
    }

    private static String key(TableColumn<Line, ?> column) {
        return column.getId().substring("column-".length());
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Row> order(TableColumn<Line, ?> column) {
        var order = (Comparator<Row>) column.getComparator();
        return column.getSortType() == SortType.DESCENDING ? order.reversed() : order;
    }

    private static TableColumn<Line, Row> column(Column declared, Palette palette) {
        var column = new TableColumn<Line, Row>(declared.title());
        column.setId("column-" + declared.key());
        column.getStyleClass().addAll(declared.styles());
        column.setPrefWidth(declared.width());
        column.setMinWidth(declared.least());
        column.setCellValueFactory(
                line -> line.getValue() instanceof Line.Item(var row, var depth) ? row : new SimpleObjectProperty<>());
        column.setCellFactory(c -> declared.cell().apply(palette));
        column.setComparator(declared.order());
        column.setSortable(declared.order() != Column.UNSORTED);
        return column;
    }
}
