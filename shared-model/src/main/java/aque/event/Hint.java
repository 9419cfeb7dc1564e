package aque.event;

import aque.task.TaskId;
import java.util.Optional;

/// A nudge to look at the tables, sent after the commit that changed them. It carries small ids at most and may be
/// lost; everybody who waits for one also looks by themselves now and then (A32, A34).
public record Hint(Topic topic, String detail) {
    private static final String WATCH = "watch ";

    /// The four channels of a farm.
    public enum Topic {
        /// There may be work.
        WAKE("aque_wake"),
        /// The change feed has something.
        FEED("aque_feed"),
        /// Somebody asked for a running task to stop, or a worker to drain.
        CONTROL("aque_ctl"),
        /// A watched log grew; the detail is the task's id.
        LOG("aque_log");

        private final String channel;

        Topic(String channel) {
            this.channel = channel;
        }

        public String channel() {
            return channel;
        }
    }

    public static Hint wake() {
        return new Hint(Topic.WAKE, "");
    }

    /// As [#wake()], for work of this requirement class, which may be new to the worker.
    public static Hint wake(int requirementClass) {
        return new Hint(Topic.WAKE, Integer.toString(requirementClass));
    }

    /// Whether it speaks of a requirement class above this one.
    public boolean isBeyond(int requirementClass) {
        return topic == Topic.WAKE && !detail.isEmpty() && Integer.parseInt(detail) > requirementClass;
    }

    public static Hint feed() {
        return new Hint(Topic.FEED, "");
    }

    /// Somebody looks at the log of a task, for half a minute: who runs it says when it grows.
    public static Hint watch(TaskId task) {
        return new Hint(Topic.CONTROL, WATCH + task);
    }

    /// The log of a watched task grew.
    public static Hint log(TaskId task) {
        return new Hint(Topic.LOG, task.toString());
    }

    /// The task whose log is to be watched, when this asks for it.
    public Optional<TaskId> watched() {
        return topic == Topic.CONTROL && detail.startsWith(WATCH)
                ? TaskId.parse(detail.substring(WATCH.length()))
                : Optional.empty();
    }

    public static Hint control() {
        return new Hint(Topic.CONTROL, "");
    }
}
