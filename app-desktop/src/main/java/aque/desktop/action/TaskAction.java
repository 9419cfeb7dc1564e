package aque.desktop.action;

import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.scene.input.KeyCombination;

/// What a person can do to tasks: its text, sign, key and the tasks it applies to, declared once. Menu bar,
/// right-click,
/// buttons, keys and palette are all made from it. First what is looked at, then what is changed, dangerous last.
public enum TaskAction {
    SHOW_LOG("mdal-article", "L", Part.LOOK, task -> task.attempt() > 0),
    COPY_ID("mdal-content_copy", "Shortcut+C", Part.LOOK, task -> true),
    COPY_COMMAND("mdal-code", "Shortcut+Shift+C", Part.LOOK, task -> task.kind() != TaskKind.GROUP),
    OPEN_FOLDER("mdal-folder_open", "O", Part.LOOK, task -> true),
    FRAMES("mdal-filter_frames", "Shift+F", Part.LOOK, task -> true),
    NOTE("mdal-comment", "Shift+N", Part.LOOK, task -> true),
    PRIORITY("mdmz-tune", "P", Part.STEER, TaskAction::lives),
    PRIORITY_UP("mdal-arrow_upward", "Close Bracket", Part.STEER, TaskAction::lives),
    PRIORITY_DOWN("mdal-arrow_downward", "Open Bracket", Part.STEER, TaskAction::lives),
    HOLD("mdmz-pause", "H", Part.STEER, task -> task.state().canHold()),
    RELEASE("mdmz-play_arrow", "Shift+H", Part.STEER, task -> task.state().canRelease()),
    SUSPEND("mdmz-pause_circle_filled", "Z", Part.STEER, task -> task.state() == TaskState.RUNNING && !stops(task)),
    RESUME("mdmz-play_circle_outline", "Shift+Z", Part.STEER, task -> task.state() == TaskState.SUSPENDED),
    NEEDS("mdmz-memory", "E", Part.STEER, task -> task.state() != TaskState.SUCCESS),
    RETRY("mdmz-replay", "R", Part.MEND, task -> task.state().canRetry() && !task.blocked()),
    RETRY_ROOT("mdmz-replay", "Shift+R", Part.MEND, TaskView::blocked),
    MARK_DONE("mdal-done_all", "D", Part.MEND, task -> task.state().canMarkDone()),
    MARK_ROOT_DONE("mdal-done_all", "Shift+D", Part.MEND, TaskView::blocked),
    DROP_DEPENDENCY(
            "mdal-link_off",
            "Shift+X",
            Part.MEND,
            task -> task.blocked() || task.state() == TaskState.WAITING || task.state() == TaskState.HELD),
    RESUBMIT("mdmz-refresh", "Shortcut+R", Part.MEND, task -> true),
    REQUEUE("mdal-low_priority", "Q", Part.STOP, task -> task.state().canRequeue()),
    HOLD_REQUEUE(
            "mdmz-pause_circle_outline",
            "Shift+Q",
            Part.STOP,
            task -> task.state().canRequeue()),
    SIGNAL("mdal-flash_on", "S", Part.STOP, task -> task.state().active()),
    CANCEL("mdal-cancel", "Shift+K", Part.STOP, task -> TaskState.NOT_STARTED.contains(task.state()) && !stops(task)),
    KILL("mdmz-stop", "K", Part.STOP, task -> task.state().canStop() && !stops(task)),
    REMOVE(
            "mdal-delete_outline",
            "Delete",
            Part.STOP,
            task -> task.isJob() && task.state().ended());

    /// What people do all day, in the order of their buttons.
    public static final List<TaskAction> EVERY_DAY = List.of(RETRY, HOLD, RELEASE, NOTE, KILL);

    private final String sign;
    private final String key;
    private final Part part;
    private final Predicate<TaskView> applies;

    /// Parts of a menu, with a line between them.
    public enum Part {
        /// Changes nothing that runs.
        LOOK,
        /// When and where it runs.
        STEER,
        /// What ended otherwise than it should.
        MEND,
        /// Takes something from somebody: asked first, told how many it meets.
        STOP
    }

    TaskAction(String sign, String key, Part part, Predicate<TaskView> applies) {
        this.sign = sign;
        this.key = key;
        this.part = part;
        this.applies = applies;
    }

    private static boolean lives(TaskView task) {
        return !task.state().ended();
    }

    /// Somebody has asked to stop it already.
    private static boolean stops(TaskView task) {
        return task.stopsAt().isPresent();
    }

    /// Can it be done to this task in the state it is in?
    public boolean appliesTo(TaskView task) {
        return applies.test(task);
    }

    /// What is mostly wanted of something that stands so; nothing dangerous.
    static List<TaskAction> likely(Tone tone) {
        return switch (tone) {
            case ERROR -> List.of(RETRY, SHOW_LOG, RESUBMIT);
            case BLOCKED -> List.of(RETRY_ROOT, MARK_ROOT_DONE, DROP_DEPENDENCY);
            case CREATING, WAITING, PENDING -> List.of(HOLD, PRIORITY_UP);
            case RUNNING, STOPPING -> List.of(SHOW_LOG, PRIORITY_UP);
            case HELD -> List.of(RELEASE);
            case SUSPENDED -> List.of(RESUME);
            case KILLED, CANCELLED -> List.of(RETRY, RESUBMIT);
            case SUCCESS -> List.of(SHOW_LOG, OPEN_FOLDER);
        };
    }

    /// The Ikonli literal of its sign.
    public String sign() {
        return sign;
    }

    public KeyCombination key() {
        return KeyCombination.valueOf(key);
    }

    public Part part() {
        return part;
    }

    public String title() {
        return Texts.of("action." + word());
    }

    /// The sentence while it is being done; empty where it is done at once.
    public Optional<String> doing(int count, String what) {
        return part == Part.LOOK ? Optional.empty() : Optional.of(Texts.of("action." + word() + ".doing", count, what));
    }

    /// Must a person say yes, or say what exactly, before it is done?
    boolean asks() {
        return switch (this) {
            case PRIORITY, NEEDS, NOTE, MARK_DONE, MARK_ROOT_DONE, DROP_DEPENDENCY -> true;
            default -> part == Part.STOP;
        };
    }

    /// Is it exactly taken back by Undo?
    boolean undoable() {
        return switch (this) {
            case PRIORITY, PRIORITY_UP, PRIORITY_DOWN, HOLD, RELEASE, NEEDS -> true;
            default -> false;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
