package aque.task;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Where a task is in its life. The words are the ones printed by the command line and shown by the console
/// (`../shared/cli.md`; A5, A7).
///
/// ```
/// creating ─► waiting ─► pending ─► running ─► success | error
///                │          │          └─► stopping ─► killed | pending (requeue)
///                └──────────┴─► held | cancelled            running ⇄ suspended
/// ```
/// `error`, `killed`, `cancelled` and `success` go back to `waiting` or `pending` by retry; whatever a worker does not
/// hold
/// comes into `success` by mark done. The moves that a person may ask for are the methods below; the tables decide
/// again.
public enum TaskState {
    /// Being written; no scheduler looks at it.
    CREATING,
    /// Something must come first: a dependency, a child, a start time.
    WAITING,
    /// Starts as soon as a worker fits.
    PENDING,
    /// A worker holds its lease.
    RUNNING,
    /// A kill or a requeue was asked; not every process is dead yet.
    STOPPING,
    /// Its processes are stopped by SIGSTOP.
    SUSPENDED,
    /// Not started until somebody releases it.
    HELD,
    SUCCESS,
    ERROR,
    /// Ended by somebody's kill after it had started.
    KILLED,
    /// Ended by somebody before it had started.
    CANCELLED;

    /// States from which a task may yet start.
    public static final Set<TaskState> NOT_STARTED = EnumSet.of(CREATING, WAITING, PENDING, HELD);
    /// States in which a worker holds the task.
    public static final Set<TaskState> ACTIVE = EnumSet.of(RUNNING, STOPPING, SUSPENDED);
    /// States in which nothing more happens by itself.
    public static final Set<TaskState> ENDED = EnumSet.of(SUCCESS, ERROR, KILLED, CANCELLED);

    public boolean ended() {
        return ENDED.contains(this);
    }

    public boolean active() {
        return ACTIVE.contains(this);
    }

    /// May it be killed or cancelled?
    public boolean canStop() {
        return !ended() && this != STOPPING;
    }

    /// May it be retried?
    public boolean canRetry() {
        return ended();
    }

    /// May it be kept from starting, or from starting again?
    public boolean canHold() {
        return !ended() && this != HELD;
    }

    /// May it be let go?
    public boolean canRelease() {
        return this == HELD;
    }

    /// May it be taken back from its worker?
    public boolean canRequeue() {
        return this == RUNNING || this == SUSPENDED;
    }

    /// May it count as done? What runs must be stopped first.
    public boolean canMarkDone() {
        return this != SUCCESS && !active();
    }

    /// The word for people, JSON and SQL: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static TaskState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
