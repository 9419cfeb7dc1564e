package aque.desktop.graph;

import aque.desktop.feed.Row;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Over the graph: where one is, what can be found, and what can be done with the picture. FX thread.
final class GraphBar extends HBox {
    static final double HEIGHT = 34;

    private final GraphModel model;
    private final Hyperlink farm = new Hyperlink(Texts.of("graph.farm"));
    private final Label arrow = new Label("▸");
    private final Hyperlink job = new Hyperlink();
    private final Label counts = new Label();
    private final TextField field = new TextField();
    private final Label hits = new Label();
    private final ToggleButton unfold;
    private Optional<TaskId> level = Optional.empty();

    GraphBar(GraphView view, GraphModel model, GraphFind find, GraphExport export) {
        this.model = model;
        getStyleClass().add(Style.GRAPH_BAR);
        setAlignment(Pos.CENTER_LEFT);
        setPickOnBounds(false);
        unfold = toggle("unfold", "mdmz-unfold_more");
        unfold.setOnAction(e -> view.unfoldAll());
        var critical = toggle("critical", "mdmz-timeline");
        critical.selectedProperty().bindBidirectional(model.critical());
        farm.setOnAction(e -> view.showFarm());
        farm.setId("graph-farm");
        job.setOnAction(e -> level.ifPresent(view::showJob));
        counts.getStyleClass().add(Style.CAPTION);
        counts.setMinWidth(Region.USE_PREF_SIZE);
        var space = new Region();
        space.setMouseTransparent(true);
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(farm, arrow, job, counts, space, hits, field(view, find));
        getChildren().addAll(critical, unfold, fit(view), exports(view, export));
    }

    /// Tells what fills the view.
    void show(Optional<TaskId> seen) {
        level = seen;
        var row = seen.flatMap(model.farm()::row);
        arrow.setVisible(row.isPresent());
        job.setText(row.map(r -> r.view().name()).orElse(""));
        unfold.setDisable(row.isEmpty());
        unfold.setSelected(seen.filter(id -> model.unfold(id).all()).isPresent());
        counts.setText(row.map(this::ofJob).orElseGet(this::ofFarm));
    }

    /// Shows a sentence where the hits of a search stand.
    void say(String sentence) {
        hits.setText(sentence);
    }

    void focusFind() {
        field.requestFocus();
        field.selectAll();
    }

    private String ofFarm() {
        int jobs = model.farm().jobs().size();
        return jobs == 0 ? Texts.of("graph.empty") : Texts.of("graph.jobs", jobs, Figures.count(jobs));
    }

    private String ofJob(Row row) {
        int tasks = row.tally().total();
        var boxes = model.picture(row.id()).map(picture -> picture.spots().size());
        return boxes.map(n -> Texts.of("graph.boxes", Figures.count(tasks), tasks, Figures.count(n), n))
                .orElseGet(() -> Texts.of("graph.reading", Figures.count(tasks), tasks));
    }

    private Node field(GraphView view, GraphFind find) {
        field.setPromptText(Texts.of("graph.find"));
        field.setAccessibleText(Texts.of("graph.find"));
        field.setTooltip(new Tooltip(Texts.of("graph.find.hint")));
        field.setId("graph-find");
        field.setPrefColumnCount(12);
        field.textProperty().addListener((o, was, is) -> find.search(is));
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                if (e.isShiftDown()) {
                    find.previous();
                } else {
                    find.next();
                }
                e.consume();
            } else if (e.getCode() == KeyCode.ESCAPE) {
                field.clear();
                view.requestFocus();
                e.consume();
            }
        });
        hits.getStyleClass().add(Style.CAPTION);
        hits.setId("graph-hits");
        hits.setMinWidth(Region.USE_PREF_SIZE);
        find.hits().addListener((o, was, is) -> hits.setText(words(is)));
        return field;
    }

    private String words(GraphFind.Hits now) {
        if (field.getText().isBlank()) {
            return "";
        }
        return now.at() < 0
                ? Texts.of(
                        "graph.found", now.ids().size(), Figures.count(now.ids().size()))
                : Texts.of("graph.found.at", now.at() + 1, now.ids().size());
    }

    private static Button fit(GraphView view) {
        var button = new Button(null, Icons.sign("mdal-center_focus_weak"));
        dress(button, "fit");
        button.setOnAction(e -> view.fit());
        return button;
    }

    private static MenuButton exports(GraphView view, GraphExport export) {
        var menu = new MenuButton(null, Icons.sign("mdmz-save_alt"));
        dress(menu, "export");
        for (var kind : GraphExport.Kind.values()) {
            var item = new MenuItem(Texts.of("graph.export." + kind.name().toLowerCase(Locale.ROOT)));
            item.setOnAction(e -> export.ask(view, kind));
            menu.getItems().add(item);
        }
        return menu;
    }

    private static ToggleButton toggle(String key, String sign) {
        var button = new ToggleButton(null, Icons.sign(sign));
        dress(button, key);
        return button;
    }

    private static void dress(javafx.scene.control.ButtonBase button, String key) {
        button.getStyleClass().add(Style.SIGN);
        button.setId("graph-" + key);
        button.setTooltip(new Tooltip(Texts.of("graph." + key + ".hint")));
        button.setAccessibleText(Texts.of("graph." + key));
        button.setFocusTraversable(false);
    }
}
