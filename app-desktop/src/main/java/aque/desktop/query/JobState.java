package aque.desktop.query;

import aque.desktop.feed.Row;
import aque.desktop.theme.Tone;
import aque.task.TaskState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The words after `state:`. A job is in a state when something in it is: a job that runs and has a failed task is
/// found by both words.
enum JobState {
    ACTIVE(
            Set.of(
                    TaskState.RUNNING,
                    TaskState.STOPPING,
                    TaskState.SUSPENDED,
                    TaskState.PENDING,
                    TaskState.WAITING,
                    TaskState.HELD),
            row -> !row.view().state().ended()),
    ENDED(TaskState.ENDED, row -> row.view().state().ended()),
    RUNNING(TaskState.ACTIVE, row -> row.tally().active() > 0),
    WAITING(
            Set.of(TaskState.WAITING),
            row -> !row.view().state().ended() && row.tally().active() == 0),
    NEXT(Set.of(TaskState.PENDING), row -> row.tally().of(Tone.PENDING) > 0),
    HELD(Set.of(TaskState.HELD), row -> row.tally().of(Tone.HELD) > 0 || row.tone() == Tone.HELD),
    BLOCKED(Set.of(TaskState.ERROR), row -> row.tally().of(Tone.BLOCKED) > 0),
    ERROR(Set.of(TaskState.ERROR), row -> row.tally().of(Tone.ERROR) > 0),
    SUCCESS(Set.of(TaskState.SUCCESS), row -> row.tone() == Tone.SUCCESS),
    KILLED(Set.of(TaskState.KILLED), row -> row.tally().of(Tone.KILLED) > 0),
    CANCELLED(Set.of(TaskState.CANCELLED), row -> row.tone() == Tone.CANCELLED),
    SUSPENDED(Set.of(TaskState.SUSPENDED), row -> row.tally().of(Tone.SUSPENDED) > 0),
    STOPPING(Set.of(TaskState.STOPPING), row -> row.tally().of(Tone.STOPPING) > 0);

    private final Set<TaskState> tasks;
    private final Predicate<Row> job;

    JobState(Set<TaskState> tasks, Predicate<Row> job) {
        this.tasks = tasks;
        this.job = job;
    }

    /// The states of tasks that it means.
    Set<TaskState> tasks() {
        return tasks;
    }

    boolean test(Row row) {
        return job.test(row);
    }

    static Optional<JobState> ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "done" -> Optional.of(SUCCESS);
            case "failed" -> Optional.of(ERROR);
            case "pending" -> Optional.of(NEXT);
            case "hold" -> Optional.of(HELD);
            default ->
                Arrays.stream(values())
                        .filter(s -> s.word().startsWith(word.toLowerCase(Locale.ROOT)))
                        .findFirst();
        };
    }

    static String words() {
        return Arrays.stream(values()).map(JobState::word).collect(Collectors.joining(", "));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
