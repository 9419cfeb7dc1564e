package aque.worker;

import aque.broker.Outcome;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How a task's work ended, and what that means when somebody wanted it to. Immutable.
///
/// @param code exit code, -1 when there is none
/// @param reason a word when it never ran or broke off, else ""
/// @param lost its keeper died: nobody knows
record Verdict(int code, OptionalInt signal, String reason, boolean lost) {
    /// Why a task is being stopped; the first that is asked decides, but a lost lease beats all.
    enum Stop {
        KILL,
        REQUEUE,
        TIMEOUT,
        STALL,
        MEMORY,
        FENCED,
        LOST
    }

    /// A licence was short: it is tried again later, no retry spent.
    static final String NO_LICENCE = "no_licence";

    /// A disk was full, stale or away: the same.
    static final String NO_VOLUME = "no_volume";

    /// This machine does not see its folder: others may.
    static final String NO_FOLDER = "no_folder";

    private static final Set<String> DELAYS = Set.of(NO_LICENCE, NO_VOLUME, NO_FOLDER);

    /// It did what it had to.
    static final Verdict GOOD = new Verdict(0, OptionalInt.empty(), "", false);

    /// It never ran, or broke off.
    static Verdict of(String reason) {
        return new Verdict(-1, OptionalInt.empty(), reason, false);
    }

    boolean good() {
        return code == 0 && reason.isEmpty();
    }

    /// The same, for another reason.
    Verdict because(String word) {
        return new Verdict(code, signal, word, lost);
    }

    /// What the broker is told.
    Outcome.End end(Optional<Stop> stop) {
        if (good() && ownReason(stop).isEmpty()) {
            return Outcome.End.SUCCESS;
        }
        var unwanted = stop.isEmpty()
                ? lost || DELAYS.contains(reason)
                : stop.get() == Stop.REQUEUE || stop.get() == Stop.FENCED;
        if (unwanted) {
            return Outcome.End.GIVEN_BACK;
        }
        return stop.filter(Stop.KILL::equals).isPresent() ? Outcome.End.KILLED : Outcome.End.ERROR;
    }

    /// The word for it.
    ///
    /// @param complained the task itself said that it failed
    String word(Optional<Stop> stop, boolean complained) {
        var end = end(stop);
        if (end == Outcome.End.SUCCESS) {
            return "";
        }
        if (!ownReason(stop).isEmpty()) {
            return ownReason(stop);
        }
        if (!reason.isEmpty()) {
            return reason;
        }
        if (complained && end == Outcome.End.ERROR) {
            return "task_failed";
        }
        return signal.isPresent() ? "signal" : "exit";
    }

    /// Of those stops that are failures.
    private static String ownReason(Optional<Stop> stop) {
        return switch (stop.orElse(Stop.KILL)) {
            case TIMEOUT -> "timeout";
            case STALL -> "stalled";
            case MEMORY -> "over_memory";
            case KILL, REQUEUE, FENCED, LOST -> "";
        };
    }
}
