package aque.farm;

import aque.db.Database;
import aque.openjd.Frames;
import aque.submit.TaskFrames;
import aque.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Tasks by the frames that they are of. Reads only; any thread.
public final class FrameStore {
    private static final Pattern LAST_NUMBER = Pattern.compile("([0-9]{1,9})[^0-9]*$");

    private final Database database;

    public FrameStore(Database database) {
        this.database = database;
    }

    /// Of these tasks and of those in these groups: which are of any of the frames, in id order. A task that says of no
    /// frame is of the last number in its name.
    public List<TaskId> of(Collection<TaskId> tasks, Frames wanted) {
        return database
                .list(
                        "SELECT task_id, name, params, opts::jsonb -> 'env' ->> ? FROM task_spec"
                                + " WHERE task_id = ANY (members(?)) ORDER BY task_id",
                        s -> {
                            s.setString(1, TaskFrames.VARIABLE);
                            IdRows.set(s, 2, tasks);
                        },
                        r -> Map.entry(IdRows.id(r, 1), frames(r)))
                .stream()
                .filter(task -> !task.getValue().and(wanted).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Frames frames(ResultSet r) throws SQLException {
        var told = TaskFrames.of(r.getString(3), r.getString(4));
        return told.isEmpty() ? named(r.getString(2)) : told;
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
