package aque.desktop.theme;

import aque.task.TaskState;
import aque.task.TaskView;
import java.util.Locale;

/// How a state is shown: one glyph, one word, one colour. In order of what needs a person least to most, so that the
/// worst of many is the greatest. A blocked task is a tone of its own: it waits, it did not fail.
public enum Tone {
    SUCCESS,
    CANCELLED,
    CREATING,
    WAITING,
    BLOCKED,
    PENDING,
    RUNNING,
    HELD,
    SUSPENDED,
    KILLED,
    STOPPING,
    ERROR;

    /// The tone of one task.
    public static Tone of(TaskView task) {
        return task.blocked() ? BLOCKED : of(task.state());
    }

    /// The tone of a state by itself.
    public static Tone of(TaskState state) {
        return switch (state) {
            case CREATING -> CREATING;
            case WAITING -> WAITING;
            case PENDING -> PENDING;
            case RUNNING -> RUNNING;
            case STOPPING -> STOPPING;
            case SUSPENDED -> SUSPENDED;
            case HELD -> HELD;
            case SUCCESS -> SUCCESS;
            case ERROR -> ERROR;
            case KILLED -> KILLED;
            case CANCELLED -> CANCELLED;
        };
    }

    /// The one that needs a person more.
    public Tone worse(Tone other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// The name of its glyph, its style class and its colour.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The word that people read.
    public String word() {
        return Texts.of("tone." + key());
    }
}
