package aque.broker;

import aque.task.TaskId;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How one attempt ended, as its worker reports it.
///
/// @param reason a word where the end says it (`exit`, `signal`, `timeout`, `no_program` …), "" for success
/// @param peak most memory its processes had together, bytes
/// @param cpuMillis processor time it used
/// @param percent how far it was, -1 not known; `status` what it said last, "" nothing: no beat may have told of them
public record Outcome(
        TaskId task,
        int attempt,
        End end,
        String reason,
        OptionalInt exitCode,
        OptionalInt signal,
        OptionalLong peak,
        OptionalLong cpuMillis,
        double percent,
        String status) {

    /// What kind of end.
    public enum End {
        SUCCESS("S"),
        ERROR("E"),
        KILLED("K"),
        /// Not its fault: back to pending, no retry spent.
        GIVEN_BACK("Q");

        private final String code;

        End(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /// Of a task that said nothing of how far it is.
    public Outcome(
            TaskId task,
            int attempt,
            End end,
            String reason,
            OptionalInt exitCode,
            OptionalInt signal,
            OptionalLong peak,
            OptionalLong cpuMillis) {
        this(task, attempt, end, reason, exitCode, signal, peak, cpuMillis, -1, "");
    }

    public static Outcome success(TaskId task, int attempt) {
        return new Outcome(
                task,
                attempt,
                End.SUCCESS,
                "",
                OptionalInt.of(0),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    public static Outcome error(TaskId task, int attempt, String reason) {
        return without(task, attempt, End.ERROR, reason);
    }

    public static Outcome givenBack(TaskId task, int attempt, String reason) {
        return without(task, attempt, End.GIVEN_BACK, reason);
    }

    /// An end without a process that one could say more of.
    private static Outcome without(TaskId task, int attempt, End end, String reason) {
        var none = OptionalInt.empty();
        return new Outcome(task, attempt, end, reason, none, none, OptionalLong.empty(), OptionalLong.empty());
    }
}
