package aque.farm;

import aque.db.Database;
import aque.openjd.Frames;
import aque.submit.TaskFrames;
import aque.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT task_id, name, params, opts::jsonb -> 'env' ->> ? FROM task_spec
                     WHERE task_id = ANY (members(?)) ORDER BY task_id""")) {
                s.setString(1, TaskFrames.VARIABLE);
                s.setArray(2, IdRows.array(c, tasks));
                var out = new ArrayList<TaskId>();
                try (var r = s.executeQuery()) {
                    while (r.next()) {
                        if (!frames(r).and(wanted).isEmpty()) {
                            out.add(new TaskId(r.getLong(1)));
                        }
                    }
                }
                return out;
            }
        });
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
