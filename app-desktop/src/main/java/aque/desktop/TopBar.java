package aque.desktop;

import aque.desktop.dock.Perspective;
import aque.desktop.query.Query;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.event.FeedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.controlsfx.control.textfield.CustomTextField;

/// The head of the window: search, menus, the state of the feed, Submit. FX thread.
final class TopBar extends HBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private static final double PROBLEM_WIDTH = 250;

    private final Label problem = new Label();
    private final CustomTextField search = new CustomTextField();
    private final MenuButton perspective = new MenuButton();
    private final Button submit = new Button(Texts.of("top.submit"));

    TopBar(Session session) {
        getStyleClass().add(Style.TOP_BAR);
        var brand = new Label(Texts.of("window.title"), new ImageView(Icons.app(32)));
        ((ImageView) brand.getGraphic()).setFitWidth(20);
        ((ImageView) brand.getGraphic()).setFitHeight(20);
        brand.getStyleClass().add(Style.BRAND);
        buildSearch(session);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        submit.getStyleClass().add(Style.PRIMARY);
        submit.setId("submit");
        submit.setMinWidth(Region.USE_PREF_SIZE);
        submit.setTooltip(new Tooltip(Texts.of("top.submit.hint")));
        getChildren()
                .addAll(
                        brand,
                        search,
                        space,
                        // Before the buttons: what a word of another width moves is the space, nothing that is clicked.
                        pill(session),
                        new ActionBar(session),
                        menus(session),
                        perspective,
                        dress(session),
                        submit);
        perspective.setId("perspective");
        perspective.setMinWidth(Region.USE_PREF_SIZE);
        perspective.setTooltip(new Tooltip(Texts.of("top.perspective.hint")));
        setAlignment(Pos.CENTER_LEFT);
    }

    /// Which perspective is shown, and what changes it.
    void perspectives(ReadOnlyObjectProperty<Perspective> now, Consumer<Perspective> show) {
        for (var each : Perspective.values()) {
            var item = new MenuItem(each.word());
            item.setId("perspective-" + each.name().toLowerCase(Locale.ROOT));
            item.setOnAction(e -> show.accept(each));
            perspective.getItems().add(item);
        }
        perspective.textProperty().bind(now.map(Perspective::word));
        perspective.accessibleTextProperty().bind(now.map(is -> Texts.of("top.perspective", is.word())));
    }

    /// Puts the keyboard into the search field.
    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    /// What the Submit button does.
    void onSubmit(Runnable choose) {
        submit.setOnAction(e -> choose.run());
    }

    private void buildSearch(Session session) {
        search.setId("search");
        search.getStyleClass().add(Style.SEARCH);
        search.setPromptText(Texts.of("top.search"));
        search.setAccessibleText(Texts.of("top.search.accessible"));
        search.setTooltip(new Tooltip(Texts.of("top.search.hint")));
        search.setMinWidth(120);
        search.setLeft(Icons.sign("mdmz-search"));
        // Typing a word is one search, not one for each letter.
        var pause = new PauseTransition(Duration.millis(150));
        pause.setOnFinished(e -> session.tasks.query().set(Query.of(search.getText())));
        problem.getStyleClass().add("search-problem");
        problem.setId("search-problem");
        problem.setMaxWidth(PROBLEM_WIDTH);
        session.tasks.query().addListener((o, was, is) -> showProblem(is));
        search.textProperty().addListener((o, was, is) -> pause.playFromStart());
    }

    /// What cannot be read is said within the field; what can be is searched all the same.
    private void showProblem(Query query) {
        problem.setText(query.problem().orElse(""));
        search.setRight(query.problem().isPresent() ? problem : null);
        search.pseudoClassStateChanged(REFUSED, query.problem().isPresent());
        search.setAccessibleHelp(problem.getText());
        problem.setTooltip(new Tooltip(problem.getText()));
        if (!search.getText().equals(query.text())) {
            search.setText(query.text());
        }
    }

    private static MenuBar menus(Session session) {
        var task = new Menu(Texts.of("menu.task"));
        // Filled while it is open: an accelerator of a menu bar would also take the letters that somebody types.
        var nothing = new MenuItem();
        task.getItems().add(nothing);
        task.setOnShowing(e -> task.getItems().setAll(items(session)));
        task.setOnHidden(e -> task.getItems().setAll(nothing));
        var bar = new MenuBar(task);
        bar.setMinWidth(Region.USE_PREF_SIZE);
        return bar;
    }

    private static List<MenuItem> items(Session session) {
        var items = new ArrayList<>(session.menu.items());
        var undo = new MenuItem(Texts.of("menu.undo"), Icons.sign("mdmz-undo"));
        undo.setAccelerator(KeyCombination.valueOf("Shortcut+Z"));
        undo.setOnAction(e -> session.actions.undoLast());
        var grace = new MenuItem(
                Texts.of("menu.grace", session.actions.grace().get().toSeconds()));
        grace.setOnAction(e -> new GraceSetting(session).ask());
        items.addAll(List.of(new SeparatorMenuItem(), undo, grace));
        return items;
    }

    private static Button dress(Session session) {
        var button = new Button(null, Icons.sign("mdmz-nights_stay"));
        button.getStyleClass().addAll("button-icon", "flat");
        button.setTooltip(new Tooltip(Texts.of("top.theme")));
        button.setAccessibleText(Texts.of("top.theme"));
        button.setOnAction(e -> session.theme.toggle());
        return button;
    }

    private static Label pill(Session session) {
        var pill = new Label();
        pill.getStyleClass().add(Style.PILL);
        pill.setId("pill");
        pill.setMinWidth(Region.USE_PREF_SIZE);
        pill.setTooltip(new Tooltip(Texts.of("pill.hint")));
        show(pill, session.model.status().get());
        session.model.status().addListener((o, was, is) -> show(pill, is));
        return pill;
    }

    private static void show(Label pill, FeedStatus status) {
        var word = status.state().name().toLowerCase(Locale.ROOT);
        pill.setText(Texts.of("pill." + word));
        for (var state : FeedStatus.State.values()) {
            pill.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(state.name().toLowerCase(Locale.ROOT)), state == status.state());
        }
    }
}
