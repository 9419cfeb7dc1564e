package aque.desktop;

import aque.desktop.activity.ActivityView;
import aque.desktop.command.CommandPalette;
import aque.desktop.command.KeyHandler;
import aque.desktop.command.KeysPage;
import aque.desktop.control.Overlay;
import aque.desktop.dock.DockNode;
import aque.desktop.dock.Docks;
import aque.desktop.dock.Lazily;
import aque.desktop.dock.Perspective;
import aque.desktop.errors.ErrorsView;
import aque.desktop.graph.GraphView;
import aque.desktop.inspect.Fixes;
import aque.desktop.inspect.InspectView;
import aque.desktop.inspect.SelectionSummary;
import aque.desktop.limits.LimitsView;
import aque.desktop.log.LogView;
import aque.desktop.outputs.OutputsView;
import aque.desktop.submit.DropZone;
import aque.desktop.submit.LibraryView;
import aque.desktop.tasks.TasksView;
import aque.desktop.tasks.TreeLayout;
import aque.desktop.theme.Texts;
import aque.desktop.triage.TriageView;
import aque.desktop.usage.LoadView;
import aque.desktop.usage.UsageView;
import aque.desktop.workers.WorkersView;
import aque.task.TaskId;
import aque.task.TaskState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The one window: views on the left, docked panels in the middle and on the right, what matters most at the foot.
/// Composes the screens, which do not know each other. FX thread.
final class MainWindow extends StackPane {
    private static final Duration EMPTY_AFTER = Duration.ofMillis(800);
    /// Height of what is over and below the panels.
    private static final double BARS = 76;
    /// In a lower window the panels stand closer.
    private static final double LOW = 900;

    private final Session session;
    private final TasksView tasks;
    private final GraphView graph;
    private final LogView log;
    private final TopBar top;
    private final DropZone drop;
    private final FirstRun first;
    private final Docks docks;
    private final Map<String, Node> panels;
    private final BooleanProperty settled = new SimpleBooleanProperty();
    private final Overlay overlay = new Overlay();
    private final WindowCommands commands;
    private final CommandPalette palette;
    private final KeysPage keys;
    private final ReadOnlyObjectWrapper<Perspective> perspective = new ReadOnlyObjectWrapper<>(Perspective.WRANGLER);
    private Runnable another = () -> {};
    private String current = "jobs";
    private boolean enlarged;

    MainWindow(Session session) {
        this.session = session;
        tasks = new TasksView(session.model, session.tasks, session.selection, session.theme.palette(), session.menu);
        tasks.keepLayout(
                session.settings.get("tree", TreeLayout.class), layout -> session.settings.put("tree", layout));
        graph = new GraphView(
                session.graph, session.selection, session.theme.palette(), session.menu, session.actions::wire);
        log = new LogView(session.log, session.theme.palette());
        top = new TopBar(session);
        drop = new DropZone(session.submit, session.theme.palette());
        drop.rows(tasks::rowAt);
        top.onSubmit(drop::choose);
        commands = new WindowCommands(this, session);
        session.keys.add(commands.all());
        palette = new CommandPalette(session.keys, commands::ofTheFarm, overlay::close);
        keys = new KeysPage(session.keys, session.settings.file().toString(), overlay::close);
        panels = panels();
        docks = new Docks(panels);
        show(perspective.get());
        top.perspectives(perspective.getReadOnlyProperty(), this::show);
        first = new FirstRun(session, drop::choose, () -> focus("library"), tasks::focusTree);
        var frame = new BorderPane(new StackPane(docks, first));
        frame.setTop(top);
        frame.setLeft(new Sidebar(session.tasks, session.model));
        frame.setBottom(new StatusBar(session));
        getChildren().addAll(session.theme.palette(), frame, foot(), drop, overlay);
        session.actions.onShowLog(() -> {
            focus("log");
        });
        session.actions.onResubmit(drop::again);
        session.actions.onOpenFolder(new Folders(session.background, session.notices)::open);
    }

    /// What floats above the foot: a sentence, what can be taken back, a question; none hides another.
    private VBox foot() {
        var foot = new VBox(
                6,
                new NoticeBar(session.notices),
                new UndoBar(session.undo),
                new AskPane(session.questions, tasks::focusTree));
        foot.getChildren().forEach(each -> each.managedProperty().bind(each.visibleProperty()));
        foot.setAlignment(Pos.BOTTOM_CENTER);
        foot.setPickOnBounds(false);
        foot.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(foot, Pos.BOTTOM_CENTER);
        StackPane.setMargin(foot, new Insets(0, 0, 44, 0));
        return foot;
    }

    /// Makes the keys work in the window's scene.
    void install(Stage stage) {
        var scene = stage.getScene();
        new KeyHandler(session.keys).install(scene);
        leaveText(scene);
        scene.focusOwnerProperty().addListener((o, was, is) -> {
            follow(is);
            if (was != null && was.getScene() == null && is == null) {
                session.background.later(this::keepKeyboard);
            }
        });
        drop.install(scene);
        if (scene.getHeight() < LOW) {
            show(perspective.get());
        }
        settle();
        tasks.focusWhenShown(() -> session.questions.open().get().isEmpty() && !first.isVisible());
    }

    /// Opens a job as soon as it is known, unfolds it, and chooses its first running task.
    void openJob(TaskId job) {
        new JobOpener(session, tasks, job).open();
    }

    /// Chooses a task or a job and shows it; one of a job that was never opened is read first.
    private void goTo(TaskId task) {
        if (session.model.row(task).isPresent()) {
            session.selection.only(task);
            tasks.reveal(task);
            return;
        }
        session.background.run(
                "go",
                () -> session.farm.store().task(task),
                found -> found.ifPresent(view -> {
                    session.model.found(this, List.of(view));
                    session.selection.only(task);
                    tasks.reveal(view.job());
                }));
    }

    /// Is a job shown whose tasks run?
    boolean showsRunning(TaskId job) {
        return session.model.open(job).isPresent()
                && session.selection
                        .lead()
                        .get()
                        .flatMap(session.model::row)
                        .map(row -> row.view().state() == TaskState.RUNNING
                                || row.view().state().ended())
                        .orElse(false);
    }

    Session session() {
        return session;
    }

    TasksView tasks() {
        return tasks;
    }

    GraphView graph() {
        return graph;
    }

    LogView log() {
        return log;
    }

    /// Takes files as if they had been dropped on the window.
    DropZone drop() {
        return drop;
    }

    TopBar top() {
        return top;
    }

    /// Shows another perspective; how the one before was left is kept.
    void show(Perspective wanted) {
        keepLayout();
        enlarged = false;
        perspective.set(wanted);
        docks.show(session.settings.get(layoutOf(wanted), DockNode.class).orElseGet(this::usual));
        if (isShown()) {
            // Else the keyboard would go to the search field, with every letter that is a key.
            layOut();
            tasks.focusTree();
        }
    }

    private boolean isShown() {
        return getScene() != null
                && getScene().getWindow() != null
                && getScene().getWindow().isShowing();
    }

    /// What is not laid out yet cannot take the keyboard.
    private void layOut() {
        docks.applyCss();
        docks.layout();
    }

    /// As the perspective has them usually, in a window as high as this one.
    private DockNode usual() {
        var usual = perspective.get().usual();
        return getScene() == null ? usual : usual.within(getScene().getHeight() - BARS);
    }

    Perspective perspective() {
        return perspective.get();
    }

    /// Puts the panels back as the perspective has them usually.
    void showUsual() {
        enlarged = false;
        docks.show(usual());
    }

    /// Keeps how the panels stand, for the next start.
    void keepLayout() {
        if (enlarged) {
            return;
        }
        docks.now().ifPresent(layout -> session.settings.put(layoutOf(perspective.get()), layout));
    }

    /// The panel with the keyboard takes the room of all, or goes back to its place.
    void enlarge() {
        if (enlarged) {
            show(perspective.get());
        } else {
            keepLayout();
            enlarged = true;
            docks.show(DockNode.only(List.copyOf(panels.keySet()), current));
        }
        layOut();
        focus(current);
    }

    /// The lines of the tree stand closer, or wider apart.
    void changeDensity() {
        var density = tasks.density();
        density.set(density.get().next());
        session.notices.done(Texts.of("density.now", density.get().word()));
    }

    /// What goes with the keyboard in it would leave that to a text field, with every letter that is a key.
    private void keepKeyboard() {
        boolean asked = session.questions.open().get().isPresent() || overlay.isOpen() || drop.isOpen();
        if (!asked && !first.isVisible()) {
            tasks.focusTree();
        }
    }

    private void follow(@Nullable Node focused) {
        for (var node = focused; node != null; node = node.getParent()) {
            var at = node;
            panels.entrySet().stream()
                    .filter(panel -> panel.getValue() == at)
                    .forEach(panel -> current = panel.getKey());
        }
    }

    /// Brings a panel to the front and gives it the keyboard.
    void focus(String panel) {
        first.dismiss();
        current = panel;
        docks.select(panel);
        if (panels.get(panel) instanceof Lazily later) {
            later.now();
        }
        switch (panel) {
            case "jobs" -> tasks.focusTree();
            case "graph" -> graph.requestFocus();
            case "log" -> log.focus();
            default -> {}
        }
    }

    void showPalette() {
        overlay.show(palette, Pos.TOP_CENTER);
        palette.begin();
    }

    void showKeys() {
        overlay.show(keys, Pos.CENTER);
        keys.begin();
    }

    /// Shows again what an empty farm shows at first.
    void showFirst() {
        first.recall();
    }

    /// What opens another window.
    void onAnother(Runnable open) {
        another = open;
    }

    void openAnother() {
        another.run();
    }

    private static String layoutOf(Perspective perspective) {
        return "layout." + perspective.name().toLowerCase(Locale.ROOT);
    }

    private void leaveText(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE && scene.getFocusOwner() instanceof TextInputControl) {
                tasks.focusTree();
                e.consume();
            }
        });
    }

    /// Tree, graph and log at once; the chosen task once the tree has rows; the other tabs when they are turned to.
    private Map<String, Node> panels() {
        var palette = session.theme.palette();
        var panels = new LinkedHashMap<String, Node>();
        panels.put("jobs", tasks);
        panels.put("graph", graph);
        later(panels, "errors", () -> new ErrorsView(session.errors, session.menu));
        later(panels, "workers", () -> new WorkersView(session.workers, session.questions, palette));
        later(panels, "load", () -> new LoadView(session.load, palette));
        later(panels, "limits", () -> new LimitsView(session.limits, session.questions));
        later(panels, "activity", () -> new ActivityView(session.activity, session.actions, this::goTo));
        later(
                panels,
                "outputs",
                () -> new OutputsView(
                        session.outputs,
                        palette,
                        session.background,
                        new Folders(session.background, session.notices)::open));
        later(panels, "library", () -> new LibraryView(session.library, drop::fillIn));
        later(panels, "triage", () -> new TriageView(session.triage, session.actions));
        later(panels, "task", this::chosen);
        panels.put("log", log);
        later(panels, "log2", () -> new LogView(session.formerLog, palette));
        return panels;
    }

    private void later(Map<String, Node> panels, String id, Supplier<Node> make) {
        panels.put(id, new Lazily(settled, make));
    }

    /// The pulse after the one that showed the first rows; a farm without jobs, or one that does not answer, is not
    /// waited for.
    private void settle() {
        new AnimationTimer() {
            private final long began = System.nanoTime();
            private int pulses;

            @Override
            public void handle(long now) {
                pulses = session.model.jobs().isEmpty() ? 0 : pulses + 1;
                if (pulses > 2 || System.nanoTime() - began > EMPTY_AFTER.toNanos()) {
                    stop();
                    settled.set(true);
                }
            }
        }.start();
    }

    /// Scrolled where the window is too low for all that is known of a task.
    private Node chosen() {
        var all = new VBox(
                new SelectionSummary(session.model, session.selection),
                new InspectView(
                        session.inspect,
                        session.selection,
                        new Fixes(session.actions, this::goTo, this::focus, tasks::focusTree)),
                new UsageView(session.usage, session.theme.palette()));
        all.getStyleClass().add("task-panel");
        var scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("task-scroll");
        return scroll;
    }
}
