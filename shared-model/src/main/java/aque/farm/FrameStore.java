package aque.farm;

import aque.db.Database;
import aque.openjd.Frames;
import aque.submit.TaskFrames;
import aque.task.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Tasks by the frames that they are of. Reads only; any thread.
public final class FrameStore {
    private static final Pattern LAST_NUMBER = Pattern.compile("([0-9]{1,9})[^0-9]*$");

    private final Database database;

    public FrameStore(Database database) {
        this.database = database;
    }

    private record Told(TaskId task, String name, Frames frames) {
        Frames orOfName() {
            return frames.isEmpty() ? named(name) : frames;
        }
    }

    /// Of these tasks and of those in these groups: which are of any of the frames, in id order. A task that says of no
    /// frame is of the last number in its name.
    public List<TaskId> of(Collection<TaskId> tasks, Frames wanted) {
        return told(tasks).stream()
                .filter(task -> !task.orOfName().and(wanted).isEmpty())
                .map(Told::task)
                .toList();
    }

    /// Of the same tasks those that say themselves that they are of any of the frames, each with all that it is of, in
    /// id order.
    public SortedMap<TaskId, Frames> chunks(Collection<TaskId> tasks, Frames wanted) {
        var out = new TreeMap<TaskId, Frames>();
        told(tasks).stream()
                .filter(task -> !task.frames.and(wanted).isEmpty())
                .forEach(task -> out.put(task.task, task.frames));
        return out;
    }

    private List<Told> told(Collection<TaskId> tasks) {
        return database.list(
                "SELECT task_id, name, params, opts::jsonb -> 'env' ->> ? FROM task_spec"
                        + " WHERE task_id = ANY (members(?)) ORDER BY task_id",
                s -> {
                    s.setString(1, TaskFrames.VARIABLE);
                    IdRows.set(s, 2, tasks);
                },
                r -> new Told(IdRows.id(r, 1), r.getString(2), TaskFrames.of(r.getString(3), r.getString(4))));
    }

    private static Frames named(String name) {
        var numbers = new TreeSet<Long>();
        var matcher = LAST_NUMBER.matcher(name);
        if (matcher.find()) {
            numbers.add(Long.parseLong(matcher.group(1)));
        }
        return new Frames(numbers);
    }
}
