package aque.desktop;

import aque.desktop.command.Command;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.controlsfx.control.textfield.CustomTextField;

/// The head of the window: search, menus, the state of the feed, Submit. FX thread.
final class TopBar extends HBox {
    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");
    /// In a narrower window the program's name gives its room to the search.
    private static final double ROOM_FOR_NAME = 1150;

    private static final double PROBLEM_WIDTH = 250;

    /// What is done to tasks and is no action on those that are selected.
    private static final List<String> OF_TASKS =
            List.of("task.bell", "task.undo", "task.grace", "task.own", "task.own_forget");

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
        widthProperty().addListener((o, was, is) -> pseudoClassStateChanged(NARROW, is.doubleValue() < ROOM_FOR_NAME));
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

    /// The actions on tasks, and all that the window can be told to do.
    private static MenuBar menus(Session session) {
        var bar = new MenuBar(
                menu("task", () -> tasks(session)),
                menu("go", () -> commands(session, "go.", "log.")),
                menu("window", () -> commands(session, "perspective.", "window.")));
        bar.setMinWidth(Region.USE_PREF_SIZE);
        return bar;
    }

    /// Filled while it is open: an accelerator of a menu bar would also take the letters that somebody types.
    private static Menu menu(String name, Supplier<List<MenuItem>> items) {
        var menu = new Menu(Texts.of("command.group." + name));
        menu.setId("menu-" + name);
        var nothing = new MenuItem();
        menu.getItems().add(nothing);
        menu.setOnShowing(e -> menu.getItems().setAll(items.get()));
        menu.setOnHidden(e -> menu.getItems().setAll(nothing));
        return menu;
    }

    private static List<MenuItem> tasks(Session session) {
        var items = new ArrayList<>(session.menu.items());
        items.add(new SeparatorMenuItem());
        session.keys.commands().stream()
                .filter(command -> OF_TASKS.contains(command.id()))
                .forEach(command -> items.add(item(session, command)));
        return items;
    }

    private static List<MenuItem> commands(Session session, String... groups) {
        return session.keys.commands().stream()
                .filter(command -> Stream.of(groups).anyMatch(command.id()::startsWith))
                .map(command -> item(session, command))
                .toList();
    }

    private static MenuItem item(Session session, Command command) {
        var item = new MenuItem(command.title(), Icons.sign(command.sign()));
        session.keys.of(command).stream().findFirst().ifPresent(item::setAccelerator);
        item.setDisable(!command.enabled().getAsBoolean());
        item.setOnAction(e -> command.run().run());
        return item;
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
