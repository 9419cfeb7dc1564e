package aque.broker;

import aque.submit.NewTask;
import aque.submit.Work;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.OptionalInt;

/// Tasks for a group that is there, as the arrays that the SQL function `append_tasks` takes.
final class AppendRows {
    private AppendRows() {}

    /// @param rclass what they need, empty for what the group's other tasks need
    /// @return the first of their ids, the others follow
    static long write(
            Connection c, TaskId group, List<NewTask> tasks, OptionalInt rclass, List<TaskId> after, String actor)
            throws SQLException {
        try (var s = c.prepareStatement("SELECT append_tasks(?,?,?,?,?,?,?,?,?,?)")) {
            s.setLong(1, group.value());
            s.setObject(2, rclass.isPresent() ? rclass.getAsInt() : null, Types.INTEGER);
            s.setArray(3, SqlArrays.of(c, "text", tasks, t -> SubmitRows.kind(t.work())));
            s.setArray(4, SqlArrays.of(c, "text", tasks, NewTask::name));
            s.setArray(
                    5,
                    SqlArrays.of(
                            c,
                            "text",
                            tasks,
                            t -> t.work() instanceof Work.Command w ? JsonText.list(w.argv()) : null));
            s.setArray(6, SqlArrays.of(c, "int4", tasks, t -> t.work() instanceof Work.OpenJd w ? w.step() : null));
            s.setArray(
                    7, SqlArrays.of(c, "text", tasks, t -> t.work() instanceof Work.OpenJd w ? w.parameters() : null));
            s.setArray(
                    8, SqlArrays.of(c, "text", tasks, t -> t.options().toJson().orElse(null)));
            s.setArray(9, SqlArrays.longs(c, after));
            s.setString(10, actor);
            try (var r = s.executeQuery()) {
                r.next();
                return r.getLong(1);
            }
        }
    }
}
