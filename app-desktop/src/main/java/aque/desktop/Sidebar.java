package aque.desktop;

import aque.desktop.feed.FarmModel;
import aque.desktop.tasks.JobView;
import aque.desktop.tasks.TasksModel;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// The views with their live counts, those of one's own to rename and remove, and the farm by its hosts' platforms. FX
/// thread.
final class Sidebar extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass(Style.CHOSEN);
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final TasksModel tasks;
    private final FarmModel farm;
    private final VBox views = new VBox();
    private final VBox machines = new VBox();
    private List<Item> items = List.of();
    private final Button save = new Button(Texts.of("side.save"), Icons.sign("mdal-add"));

    Sidebar(TasksModel tasks, FarmModel farm) {
        this.tasks = tasks;
        this.farm = farm;
        getStyleClass().add(Style.SIDEBAR);
        save.getStyleClass().setAll(Style.SIDE_ITEM, "side-add");
        save.setId("save-search");
        save.setMaxWidth(Double.MAX_VALUE);
        save.setAlignment(Pos.CENTER_LEFT);
        save.setTooltip(new Tooltip(Texts.of("side.save.hint")));
        save.setOnAction(e -> askName("", this::saveSearch));
        getChildren().addAll(heading("views"), views, save, heading("farm"), machines);
        tasks.views().views().addListener((ListChangeListener<JobView>) change -> showViews());
        showViews();
        save.visibleProperty().bind(tasks.query().map(query -> !query.isEmpty()));
        save.managedProperty().bind(save.visibleProperty());
        farm.workers().addListener((ListChangeListener<Object>) change -> showMachines());
        showMachines();
    }

    private static Label heading(String key) {
        var label = new Label(Texts.of("side." + key).toUpperCase(Locale.ROOT));
        label.getStyleClass().add(Style.SIDE_HEADING);
        return label;
    }

    private void showViews() {
        items.forEach(item -> item.subscription.unsubscribe());
        items = tasks.views().views().stream().map(Item::new).toList();
        views.getChildren().setAll(items.stream().map(item -> item.button).toList());
    }

    /// A small field in the place of the button: Enter keeps, Escape forgets.
    private void askName(String before, Consumer<String> then) {
        var field = new TextField(before);
        field.setId("view-name");
        field.setPromptText(Texts.of("side.name"));
        field.setAccessibleText(Texts.of("side.name"));
        field.setOnAction(e -> {
            views.getChildren().remove(field);
            if (!field.getText().isBlank()) {
                then.accept(field.getText());
            }
        });
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                views.getChildren().remove(field);
                e.consume();
            }
        });
        field.focusedProperty().addListener((o, was, is) -> {
            if (was) {
                views.getChildren().remove(field);
            }
        });
        views.getChildren().add(field);
        field.requestFocus();
        field.selectAll();
    }

    private void saveSearch(String name) {
        tasks.view()
                .set(tasks.views()
                        .add(name, tasks.view().get().query().and(tasks.query().get())));
    }

    private void rename(JobView view, String name) {
        boolean chosen = tasks.view().get().equals(view);
        var renamed = tasks.views().rename(view, name);
        if (chosen) {
            tasks.view().set(renamed);
        }
    }

    /// One view: its name, its live count.
    private final class Item {
        private final JobView view;
        private final Button button = new Button();
        private final Label count = new Label();
        private final Subscription subscription;

        Item(JobView view) {
            this.view = view;
            count.getStyleClass().add(Style.FIGURE);
            var name = new Label(view.title());
            BorderPane.setAlignment(name, Pos.CENTER_LEFT);
            button.setGraphic(new BorderPane(null, null, count, null, name));
            button.getStyleClass().setAll(Style.SIDE_ITEM);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setId("view-" + view.key());
            button.setTooltip(new Tooltip(view.own() ? view.query().text() : Texts.of("view." + view.key() + ".hint")));
            button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
            button.setOnAction(e -> tasks.view().set(view));
            if (view.own()) {
                button.setContextMenu(new ContextMenu(item("rename"), item("remove")));
            }
            subscription =
                    tasks.counts().subscribe(this::showCount).and(tasks.view().subscribe(this::showChosen));
        }

        private MenuItem item(String what) {
            var item = new MenuItem(Texts.of("side." + what));
            item.setId("view-" + what);
            item.setOnAction(e -> {
                if (what.equals("remove")) {
                    tasks.views().remove(view);
                } else {
                    askName(view.title(), name -> rename(view, name));
                }
            });
            return item;
        }

        private void showChosen(JobView now) {
            button.pseudoClassStateChanged(CHOSEN, now.equals(view));
        }

        private void showCount(Map<JobView, Integer> counts) {
            int n = Optional.ofNullable(counts.get(view)).orElse(0);
            count.setText(Figures.count(n));
            count.pseudoClassStateChanged(BAD, view.key().equals("error") && n > 0);
            button.setAccessibleText(Texts.of("side.item", view.title(), count.getText()));
        }
    }

    /// Workers that take work, of all that are known, platform by platform.
    private void showMachines() {
        machines.getChildren().clear();
        var platforms = farm.workers().stream()
                .collect(Collectors.groupingBy(
                        w -> w.capabilities().platform(), java.util.TreeMap::new, Collectors.toList()));
        platforms.forEach((platform, workers) -> {
            long up = workers.stream().filter(w -> w.state().equals("up")).count();
            showMachine(platform, Texts.of("side.workers", up, workers.size()), false);
        });
        showState("draining", "side.away");
        showState("lost", "side.lost");
        if (platforms.isEmpty()) {
            var none = new Label(Texts.of("side.no.workers"));
            none.getStyleClass().addAll(Style.SIDE_ITEM, "side-fact", Style.MUTED);
            machines.getChildren().add(none);
        }
    }

    /// Only where there are any: what needs nobody says nothing.
    private void showState(String state, String words) {
        long count =
                farm.workers().stream().filter(w -> w.state().equals(state)).count();
        if (count > 0) {
            showMachine(Texts.of(words), Figures.count(count), state.equals("lost"));
        }
    }

    private void showMachine(String words, String figures, boolean bad) {
        var count = new Label(figures);
        count.getStyleClass().add(Style.FIGURE);
        count.pseudoClassStateChanged(BAD, bad);
        var line = new BorderPane(null, null, count, null, new Label(words));
        line.getStyleClass().addAll(Style.SIDE_ITEM, "side-fact");
        line.setAccessibleText(Texts.of("side.item", words, figures));
        machines.getChildren().add(line);
    }
}
