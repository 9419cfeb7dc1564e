package aque.desktop;

import aque.desktop.feed.FarmModel;
import aque.desktop.tasks.JobView;
import aque.desktop.tasks.TasksModel;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// The views with their live counts, and the farm by its hosts' platforms. FX thread.
final class Sidebar extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass(Style.CHOSEN);
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final TasksModel tasks;
    private final FarmModel farm;
    private final VBox machines = new VBox();

    Sidebar(TasksModel tasks, FarmModel farm) {
        this.tasks = tasks;
        this.farm = farm;
        getStyleClass().add(Style.SIDEBAR);
        getChildren().add(heading("views"));
        for (var view : JobView.values()) {
            getChildren().add(item(view));
        }
        getChildren().addAll(heading("farm"), machines);
        farm.workers().addListener((ListChangeListener<Object>) change -> showMachines());
        showMachines();
    }

    private static Label heading(String key) {
        var label = new Label(Texts.of("side." + key).toUpperCase(Locale.ROOT));
        label.getStyleClass().add(Style.SIDE_HEADING);
        return label;
    }

    private Button item(JobView view) {
        var name = new Label(view.title());
        var count = new Label();
        count.getStyleClass().add(Style.FIGURE);
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Figures.count(tasks.counts().get().getOrDefault(view, 0)), tasks.counts()));
        BorderPane.setAlignment(name, Pos.CENTER_LEFT);
        var button = new Button(null, new BorderPane(null, null, count, null, name));
        button.getStyleClass().setAll(Style.SIDE_ITEM);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setId("view-" + view.name().toLowerCase(Locale.ROOT));
        button.setTooltip(new Tooltip(Texts.of("view." + view.name().toLowerCase(Locale.ROOT) + ".hint")));
        button.accessibleTextProperty()
                .bind(Bindings.createStringBinding(
                        () -> Texts.of("side.item", view.title(), count.getText()), count.textProperty()));
        button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        button.setOnAction(e -> tasks.view().set(view));
        tasks.view().addListener((o, was, is) -> button.pseudoClassStateChanged(CHOSEN, is == view));
        button.pseudoClassStateChanged(CHOSEN, tasks.view().get() == view);
        tasks.counts()
                .addListener((o, was, is) ->
                        count.pseudoClassStateChanged(BAD, view == JobView.ERROR && is.getOrDefault(view, 0) > 0));
        return button;
    }

    /// Workers that take work, of all that are known, platform by platform.
    private void showMachines() {
        machines.getChildren().clear();
        var platforms = farm.workers().stream()
                .collect(Collectors.groupingBy(
                        w -> w.capabilities().platform(), java.util.TreeMap::new, Collectors.toList()));
        platforms.forEach((platform, workers) -> {
            long up = workers.stream().filter(w -> w.state().equals("up")).count();
            var count = new Label(Texts.of("side.workers", up, workers.size()));
            count.getStyleClass().add(Style.FIGURE);
            var line = new BorderPane(null, null, count, null, new Label(platform));
            line.getStyleClass().add(Style.SIDE_ITEM);
            line.setAccessibleText(Texts.of("side.item", platform, count.getText()));
            machines.getChildren().add(line);
        });
    }
}
