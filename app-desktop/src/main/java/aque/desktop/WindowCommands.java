package aque.desktop;

import aque.desktop.action.TaskAction;
import aque.desktop.command.Command;
import aque.desktop.dock.Perspective;
import aque.desktop.feed.Row;
import aque.desktop.theme.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a window can be told to do: the actions on tasks as `TaskAction` declares them, and what is the window's own.
final class WindowCommands {
    private static final int JOBS = 400;

    private final MainWindow window;
    private final Session session;
    private final OwnCommands own;

    WindowCommands(MainWindow window, Session session) {
        this.window = window;
        this.session = session;
        this.own = new OwnCommands(session);
    }

    /// All of them, in the order of the page of keys.
    List<Command> all() {
        return Stream.of(go(), look(), tasks(), layout(), own.commands())
                .flatMap(List::stream)
                .toList();
    }

    /// What is there only now: views, and jobs by their name.
    Stream<Command> ofTheFarm() {
        var views = session.tasks.views().views().stream()
                .map(view -> Command.always(
                        "view:" + view.title(),
                        word("view"),
                        view.title(),
                        "mdal-filter_list",
                        "",
                        () -> session.tasks.view().set(view)));
        var jobs = session.model.jobs().stream().limit(JOBS).map(this::job);
        return Stream.concat(views, jobs);
    }

    private Command job(Row job) {
        return Command.always(
                "job:" + job.id(), word("job"), job.view().name() + " · " + job.id(), "mdal-folder_open", "", () -> {
                    session.selection.only(job.id());
                    window.tasks().reveal(job.id());
                });
    }

    private List<Command> go() {
        return List.of(
                own("go", "palette", "mdmz-search", "Shortcut+K", window::showPalette),
                // With Ctrl F, too: what has no search of its own would leave the keyboard where letters are actions.
                new Command(
                        "go.search",
                        word("go"),
                        Texts.of("command.search"),
                        "mdmz-search",
                        List.of("Slash", "Shortcut+F"),
                        () -> true,
                        () -> window.top().focusSearch()),
                own("go", "tree", "mdal-list", "J", () -> window.focus("jobs")),
                own("go", "inspect", "mdal-info", "Space", () -> window.focus("task")),
                own("go", "graph", "mdal-account_tree", "G", () -> window.focus("graph")),
                own("go", "triage", "mdal-bug_report", "T", () -> window.focus("triage")),
                own("go", "workers", "mdal-computer", "W", () -> window.focus("workers")),
                own("go", "load", "mdmz-show_chart", "Shift+W", () -> window.focus("load")),
                own("go", "limits", "mdmz-tune", "I", () -> window.focus("limits")),
                own("go", "errors", "mdal-error_outline", "X", () -> window.focus("errors")),
                own("go", "outputs", "mdal-insert_photo", "Shift+O", () -> window.focus("outputs")),
                own("go", "library", "mdal-list_alt", "Shift+L", () -> window.focus("library")),
                own("go", "activity", "mdal-history", "Y", () -> window.focus("activity")),
                own(
                        "go",
                        "next_error",
                        "mdal-error_outline",
                        "N",
                        () -> new NextError(session, window.tasks()).choose()),
                own(
                        "go",
                        "submit",
                        "mdal-add_box",
                        "Shortcut+O",
                        () -> window.drop().choose()),
                own("go", "keys", "mdal-keyboard", "Shift+Slash", window::showKeys),
                new Command(
                        "go.first",
                        word("go"),
                        Texts.of("command.first"),
                        "mdal-info",
                        List.of(),
                        () -> session.model.jobs().isEmpty(),
                        window::showFirst));
    }

    private List<Command> look() {
        return List.of(
                own(
                        "log",
                        "follow",
                        "mdal-arrow_downward",
                        "F",
                        () -> session.log
                                .following()
                                .set(!session.log.following().get())),
                own("log", "first_error", "mdal-error_outline", "Shift+E", () -> session.log.firstError()));
    }

    private List<Command> tasks() {
        var bell = new Command(
                "task.bell",
                word("task"),
                Texts.of("command.bell"),
                "mdmz-notifications",
                List.of("B"),
                session.bell::applies,
                () -> session.notices.done(session.bell.toggle()));
        var forget = new Command(
                "task.own_forget",
                word("task"),
                Texts.of("command.own_forget"),
                "mdal-delete_outline",
                List.of(),
                () -> !own.isEmpty(),
                own::forget);
        return Stream.concat(
                        Arrays.stream(TaskAction.values()).map(this::task),
                        Stream.of(
                                bell,
                                own("task", "own", "mdal-code", "", own::make),
                                forget,
                                own("task", "undo", "mdmz-undo", "Shortcut+Z", session.actions::undoLast),
                                own("task", "grace", "mdmz-timer", "", () -> new GraceSetting(session).ask())))
                .toList();
    }

    private Command task(TaskAction action) {
        return new Command(
                "task." + action.name().toLowerCase(Locale.ROOT),
                word("task"),
                action.title(),
                action.sign(),
                List.of(action.key().getName()),
                () -> session.actions.enabled(action),
                () -> session.actions.run(action));
    }

    private List<Command> layout() {
        var perspectives = Arrays.stream(Perspective.values())
                .map(each -> Command.always(
                        "perspective." + each.name().toLowerCase(Locale.ROOT),
                        word("window"),
                        Texts.of("command.perspective", each.word()),
                        "mdal-dashboard",
                        "Shortcut+" + (each.ordinal() + 1),
                        () -> window.show(each)));
        return Stream.concat(
                        perspectives,
                        Stream.of(
                                own("window", "enlarge", "mdal-fullscreen", "M", window::enlarge),
                                own("window", "density", "mdal-format_line_spacing", "", window::changeDensity),
                                own("window", "usual_layout", "mdmz-refresh", "", window::showUsual),
                                own("window", "new_window", "mdmz-open_in_new", "Shortcut+N", window::openAnother),
                                own("window", "theme", "mdmz-nights_stay", "Shortcut+Shift+T", session.theme::toggle),
                                machine(),
                                own("window", "dismiss", "mdal-close", "Esc", session.notices::dismiss)))
                .toList();
    }

    private Command machine() {
        return new Command(
                "window.machine",
                word("window"),
                Texts.of("command.machine"),
                "mdal-computer",
                List.of(),
                session.machine::applies,
                session.machine::toggle);
    }

    private static Command own(String group, String name, String sign, String key, Runnable run) {
        return Command.always(group + "." + name, word(group), Texts.of("command." + name), sign, key, run);
    }

    private static String word(String group) {
        return Texts.of("command.group." + group);
    }
}
