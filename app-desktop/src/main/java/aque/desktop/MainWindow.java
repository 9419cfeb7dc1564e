package aque.desktop;

import aque.desktop.activity.ActivityView;
import aque.desktop.errors.ErrorsView;
import aque.desktop.graph.GraphView;
import aque.desktop.inspect.InspectView;
import aque.desktop.inspect.SelectionSummary;
import aque.desktop.log.LogView;
import aque.desktop.submit.DropZone;
import aque.desktop.tasks.TasksView;
import aque.desktop.tasks.TreeLayout;
import aque.desktop.theme.Texts;
import aque.desktop.usage.UsageView;
import aque.desktop.workers.WorkersView;
import aque.task.TaskId;
import aque.task.TaskState;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import software.coley.bentofx.Bento;
import software.coley.bentofx.building.DockBuilding;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/// The one window: views on the left, docked panels in the middle and on the right, what matters most at the foot.
/// Composes the screens, which do not know each other. FX thread.
final class MainWindow extends StackPane {
    private final Session session;
    private final TasksView tasks;
    private final GraphView graph;
    private final LogView log;
    private final TopBar top;
    private final DropZone drop;
    private final Bento bento = new Bento();

    MainWindow(Session session) {
        this.session = session;
        tasks = new TasksView(session.model, session.tasks, session.selection, session.theme.palette(), session.menu);
        tasks.keepLayout(
                session.settings.get("tree", TreeLayout.class), layout -> session.settings.put("tree", layout));
        graph = new GraphView(session.graph, session.selection, session.theme.palette(), session.menu);
        log = new LogView(session.log, session.theme.palette());
        top = new TopBar(session);
        drop = new DropZone(session.submit, session.theme.palette());
        top.onSubmit(drop::choose);
        var frame = new BorderPane(docks());
        frame.setTop(top);
        frame.setLeft(new Sidebar(session.tasks, session.model));
        frame.setBottom(new StatusBar(session));
        getChildren().addAll(session.theme.palette(), frame, foot(), drop);
        session.actions.onShowLog(log::focus);
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
        session.menu.installKeys(scene);
        new WindowKeys(this, session).install(scene);
        drop.install(scene);
        tasks.focusWhenShown();
    }

    /// Opens a job as soon as it is known, unfolds it, and chooses its first running task.
    void openJob(TaskId job) {
        new JobOpener(session, tasks, job).open();
    }

    /// Chooses a task or a job and shows it, where it is known.
    private void goTo(TaskId task) {
        session.selection.only(task);
        tasks.reveal(task);
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

    private Node docks() {
        var build = bento.dockBuilding();
        var root = build.root("root");
        root.setOrientation(Orientation.HORIZONTAL);
        var centre = branch(build, "centre");
        var right = branch(build, "right");
        var jobs = leaf(build, "jobs", dock(build, "jobs", tasks));
        var below = leaf(
                build,
                "below",
                dock(build, "graph", graph),
                dock(build, "errors", new ErrorsView(session.errors, session.menu)),
                dock(build, "workers", new WorkersView(session.model, session.workerActions)),
                dock(build, "activity", new ActivityView(session.activity, this::goTo)));
        var chosen = leaf(build, "chosen", dock(build, "task", chosen()));
        var logs = leaf(build, "logs", dock(build, "log", log));
        centre.addContainers(jobs, below);
        right.addContainers(chosen, logs);
        root.addContainers(centre, right);
        DockContainerBranch.setResizableWithParent(right, false);
        DockContainerBranch.setResizableWithParent(below, false);
        DockContainerBranch.setResizableWithParent(chosen, false);
        root.setContainerSizePx(right, 392);
        centre.setContainerSizePx(below, 300);
        right.setContainerSizePx(chosen, 380);
        return root;
    }

    private Node chosen() {
        var usage = new UsageView(session.usage, session.theme.palette());
        return new VBox(
                new SelectionSummary(session.model, session.selection),
                new InspectView(session.inspect, session.selection),
                usage);
    }

    private static DockContainerBranch branch(DockBuilding build, String id) {
        var branch = build.branch(id);
        branch.setOrientation(Orientation.VERTICAL);
        return branch;
    }

    private static DockContainerLeaf leaf(DockBuilding build, String id, Dockable... docks) {
        var leaf = build.leaf(id);
        leaf.addDockables(docks);
        leaf.setPruneWhenEmpty(true);
        return leaf;
    }

    private static Dockable dock(DockBuilding build, String id, Node content) {
        var dock = build.dockable(id);
        dock.setTitle(Texts.of("dock." + id));
        dock.setTooltip(new Tooltip(Texts.of("dock." + id + ".hint")));
        dock.setNode(content);
        dock.setClosable(false);
        return dock;
    }
}
