package aque.desktop.action;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.farm.TaskDetails;
import aque.openjd.Frames;
import aque.task.Edge;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Does actions to what is selected: asks where something must be known or is taken from somebody, says at once that it
/// was asked, then asks the farm, off the FX thread. What comes of it arrives by the change feed. FX thread.
public final class Actions {
    /// How long a kill or cancel can be taken back before anybody chose otherwise.
    public static final Duration GRACE = Duration.ofSeconds(10);
    /// So many commands fit into a clipboard that somebody can use.
    private static final int MOST_COPIED = 500;
    private static final int MOST_LOOKED_AT = 1000;

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final Notices notices;
    private final Questions questions;
    private final UndoModel undo;
    private final ObjectProperty<Duration> grace = new SimpleObjectProperty<>(GRACE);
    private Runnable showLog = () -> {};
    private Consumer<String> openFolder = folder -> {};
    private Consumer<TaskId> resubmit = job -> {};

    public Actions(
            Farm farm,
            FarmModel model,
            Selection selection,
            Background background,
            Notices notices,
            Questions questions,
            UndoModel undo) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        this.notices = notices;
        this.questions = questions;
        this.undo = undo;
    }

    /// A line was drawn from one to another, which waits for it from now on; where it does already, no longer.
    public void wire(TaskId upstream, TaskId downstream) {
        background.run(
                "wire",
                () -> {
                    if (farm.store().upstream(downstream).contains(upstream)) {
                        farm.broker().dropDependencies(List.of(downstream), List.of(upstream));
                        return "action.unwired";
                    }
                    farm.broker().addDependencies(List.of(new Edge(upstream, downstream)));
                    return "action.wired";
                },
                said -> notices.done(Texts.of(said, downstream, upstream)));
    }

    /// What `Show log` does; the window knows where the log is.
    public void onShowLog(Runnable show) {
        showLog = show;
    }

    /// What `Open working folder` does with the folder.
    public void onOpenFolder(Consumer<String> open) {
        openFolder = open;
    }

    /// What `Resubmit with changes` does with the job.
    public void onResubmit(Consumer<TaskId> again) {
        resubmit = again;
    }

    /// How long a kill or cancel can be taken back; zero: it begins at once.
    public ObjectProperty<Duration> grace() {
        return grace;
    }

    /// Is there anything selected that it applies to?
    public boolean enabled(TaskAction action) {
        return selected().stream().anyMatch(row -> applies(action, row));
    }

    /// Of these, what applies to anything selected; all of them while so much is selected that looking takes long.
    public Set<TaskAction> enabled(Collection<TaskAction> of) {
        if (selection.ids().size() > MOST_LOOKED_AT) {
            return Set.copyOf(of);
        }
        var rows = selected();
        return of.stream()
                .filter(action -> rows.stream().anyMatch(row -> applies(action, row)))
                .collect(Collectors.toSet());
    }

    /// What is mostly wanted of what was selected last, as it stands now.
    List<TaskAction> likely() {
        return selection
                .lead()
                .get()
                .flatMap(model::row)
                .map(row -> TaskAction.likely(row.tone()))
                .orElse(List.of());
    }

    /// Does it to all of the selection that it applies to.
    public void run(TaskAction action) {
        var rows = selected().stream().filter(row -> applies(action, row)).toList();
        if (rows.isEmpty()) {
            return;
        }
        var tasks = rows.stream().map(Row::view).toList();
        switch (action) {
            case SHOW_LOG -> showLog.run();
            case COPY_ID ->
                copy(tasks.stream().map(task -> task.id().toString()).collect(Collectors.joining(" ")));
            case COPY_COMMAND -> copyCommands(tasks);
            case OPEN_FOLDER -> details(tasks.getFirst().id(), found -> openFolder.accept(found.cwd()));
            case FRAMES -> askFrames(rows);
            case RESUBMIT -> resubmit.accept(tasks.getFirst().job());
            default -> consider(action, tasks, name(rows));
        }
    }

    /// Does it to one task, be it selected and shown or not.
    public void run(TaskAction action, TaskId id) {
        background.run(
                "task",
                () -> farm.store().task(id),
                found -> found.ifPresent(task -> consider(action, List.of(task), task.name())));
    }

    /// Takes the last thing back that this person did here and that can be.
    public void undoLast() {
        undo.undoLast();
    }

    private void consider(TaskAction action, List<TaskView> tasks, String name) {
        var what = Texts.of("ask.what", tasks.size(), name);
        background.run(
                "impact",
                () -> new Asking(
                        action,
                        tasks,
                        what,
                        farm.user(),
                        farm.actions().impact(ids(action, tasks)),
                        needed(action, tasks)),
                asking -> {
                    if (asking.needless()) {
                        act(action, tasks, name, Map.of());
                    } else {
                        questions.ask(asking.question(values -> act(action, tasks, name, values)));
                    }
                });
    }

    /// What the action will meet: of a blocked task, what blocks it.
    private List<TaskId> ids(TaskAction action, List<TaskView> tasks) {
        var ids = tasks.stream().map(TaskView::id).toList();
        return action == TaskAction.RETRY_ROOT || action == TaskAction.MARK_ROOT_DONE
                ? farm.actions().roots(ids)
                : ids;
    }

    private Optional<TaskDetails> needed(TaskAction action, List<TaskView> tasks) {
        return action == TaskAction.NEEDS
                ? farm.store().details(tasks.getFirst().id())
                : Optional.empty();
    }

    private void act(TaskAction action, List<TaskView> tasks, String name, Map<String, String> values) {
        var deed = new Deed(action, tasks, values, grace.get());
        action.doing(tasks.size(), name).ifPresent(notices::doing);
        background.run(action.word(), () -> deed.done(farm), result -> {
            if (result.changed() == 0) {
                notices.nothing(action);
                return;
            }
            notices.dismissDoing();
            result.request().ifPresent(request -> undo.stopping(request, name));
            undo.steered(result.undo(), deed.ids(), deed.sentence(name), name);
        });
    }

    /// A group can be retried while it lives, when something in it failed; a group is blocked when all that is bad in
    /// it is.
    private static boolean applies(TaskAction action, Row row) {
        if (row.isGroup()) {
            boolean blocked = row.tally().of(Tone.BLOCKED) > 0;
            return switch (action) {
                case RETRY ->
                    Stream.of(Tone.ERROR, Tone.KILLED, Tone.CANCELLED)
                            .anyMatch(tone -> row.tally().of(tone) > 0);
                case RETRY_ROOT, MARK_ROOT_DONE -> blocked;
                case DROP_DEPENDENCY -> blocked || action.appliesTo(row.view());
                case MARK_DONE -> !row.view().state().ended() || action.appliesTo(row.view());
                default -> action.appliesTo(row.view());
            };
        }
        return action.appliesTo(row.view());
    }

    private List<Row> selected() {
        return selection.ids().stream().flatMap(id -> model.row(id).stream()).toList();
    }

    private String name(List<Row> rows) {
        if (rows.size() == 1) {
            return rows.getFirst().view().name();
        }
        var jobs = rows.stream().map(row -> row.view().job()).distinct().toList();
        return jobs.size() == 1
                ? model.row(jobs.getFirst()).map(job -> job.view().name()).orElse("")
                : Texts.of("action.jobs", jobs.size());
    }

    /// Of a task its whole group is meant: who has chosen one frame wants others of its step.
    private void askFrames(List<Row> rows) {
        var among = rows.stream()
                .map(row -> row.isGroup() ? row.id() : row.view().parent().orElse(row.id()))
                .distinct()
                .toList();
        questions.ask(new Question(
                TaskAction.FRAMES.title().replace("…", ""),
                Texts.of("frames.sentence", name(rows)),
                false,
                List.of(new Question.Field.Line("frames", Texts.of("frames.which"), "", true)),
                answers -> chooseFrames(among, answers.getOrDefault("frames", ""))));
    }

    private void chooseFrames(List<TaskId> among, String typed) {
        background.run(
                "frames",
                () -> farm.store().tasks(farm.frames().of(among, Frames.parse(typed.replace(" ", "")))),
                found -> {
                    if (found.isEmpty()) {
                        notices.failed(Texts.of("frames.none", typed));
                        return;
                    }
                    model.found(this, found);
                    selection.set(
                            found.stream().map(TaskView::id).toList(),
                            found.getFirst().id());
                });
    }

    private void copyCommands(List<TaskView> tasks) {
        background.run(
                "copy",
                () -> tasks.stream()
                        .limit(MOST_COPIED)
                        .flatMap(task -> farm.store().details(task.id()).stream())
                        .map(CommandText::whole)
                        .collect(Collectors.joining("\n")),
                Actions::copy);
    }

    private void details(TaskId id, Consumer<TaskDetails> then) {
        background.run("details", () -> farm.store().details(id), found -> found.ifPresent(then));
    }

    private static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
