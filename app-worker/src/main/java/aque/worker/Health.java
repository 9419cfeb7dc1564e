package aque.worker;

import aque.broker.Claim;
import aque.broker.Outcome;
import aque.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Watches for a worker that is ill itself: tasks of several jobs fail on it one after the other. Whether they succeed
/// elsewhere, and whether the farm can do without it, is for the broker to say. Any thread.
final class Health {
    private static final int JOBS = 3;

    /// Asking costs the broker something.
    private static final Duration APART = Duration.ofMinutes(1);

    private final Map<TaskId, Last> failed = new LinkedHashMap<>();
    private Instant doubted = Instant.EPOCH;

    /// The last failure of a job here.
    private record Last(TaskId task, String how) {}

    /// What has failed here in a row.
    ///
    /// @param jobs of different owners or not; `tasks` one of each; `how` they failed, each way once
    record Doubt(List<TaskId> jobs, List<TaskId> tasks, String how) {}

    /// An attempt has ended. Empty while there is no reason for doubt, and for a minute after one; a
    /// success ends the row.
    synchronized Optional<Doubt> ended(Claim claim, Outcome outcome) {
        switch (outcome.end()) {
            case SUCCESS -> failed.clear();
            case ERROR -> failed.put(claim.job(), new Last(claim.task(), how(outcome)));
            case KILLED, GIVEN_BACK -> {}
        }
        var now = Instant.now();
        if (outcome.end() != Outcome.End.ERROR || failed.size() < JOBS || now.isBefore(doubted.plus(APART))) {
            return Optional.empty();
        }
        doubted = now;
        var tasks = failed.values().stream().map(Last::task).toList();
        var ways = failed.values().stream().map(Last::how).distinct().collect(Collectors.joining(", "));
        return Optional.of(new Doubt(List.copyOf(failed.keySet()), tasks, ways));
    }

    private static String how(Outcome outcome) {
        return outcome.exitCode().isPresent()
                ? outcome.reason() + " " + outcome.exitCode().getAsInt()
                : outcome.reason();
    }
}
