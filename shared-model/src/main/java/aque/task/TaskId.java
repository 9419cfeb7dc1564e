package aque.task;

/// The number of a task. Jobs and tasks share one id space, ids are never reused, and a job is its root task
/// (`../shared/cli.md`, P4).
public record TaskId(long value) implements Comparable<TaskId> {

    public TaskId {
        if (value <= 0) {
            throw new IllegalArgumentException("not a task id: " + value);
        }
    }

    /// Reads what a person typed; empty when it is no id.
    public static java.util.Optional<TaskId> parse(String text) {
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) == 0) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(new TaskId(Long.parseLong(text)));
    }

    @Override
    public int compareTo(TaskId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
