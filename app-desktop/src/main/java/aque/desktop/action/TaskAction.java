package aque.desktop.action;

import aque.desktop.theme.Texts;
import aque.task.TaskState;
import aque.task.TaskView;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.scene.input.KeyCombination;

/// What a person can do to tasks: its text, sign, key and the tasks it applies to, declared once. Menu bar, right-click
/// and keys are all made from it. First what is looked at, then what is changed, dangerous last.
public enum TaskAction {
    SHOW_LOG("mdal-article", "L", Part.LOOK, task -> task.attempt() > 0),
    COPY_ID("mdal-content_copy", "Shortcut+C", Part.LOOK, task -> true),
    PRIORITY_UP(
            "mdal-arrow_upward",
            "Close Bracket",
            Part.STEER,
            task -> !task.state().ended()),
    PRIORITY_DOWN(
            "mdal-arrow_downward",
            "Open Bracket",
            Part.STEER,
            task -> !task.state().ended()),
    HOLD("mdmz-pause", "H", Part.STEER, task -> !task.state().ended() && task.state() != TaskState.HELD),
    RELEASE("mdmz-play_arrow", "Shift+H", Part.STEER, task -> task.state() == TaskState.HELD),
    RETRY("mdmz-replay", "R", Part.STEER, task -> task.state().canRetry()),
    CANCEL("mdal-cancel", "Shift+K", Part.STOP, task -> TaskState.NOT_STARTED.contains(task.state())),
    KILL("mdmz-stop", "K", Part.STOP, task -> task.state().canStop());

    private final String sign;
    private final String key;
    private final Part part;
    private final Predicate<TaskView> applies;

    /// Parts of a menu, with a line between them.
    public enum Part {
        LOOK,
        STEER,
        STOP
    }

    TaskAction(String sign, String key, Part part, Predicate<TaskView> applies) {
        this.sign = sign;
        this.key = key;
        this.part = part;
        this.applies = applies;
    }

    /// Can it be done to this task in the state it is in?
    public boolean appliesTo(TaskView task) {
        return applies.test(task);
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

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
