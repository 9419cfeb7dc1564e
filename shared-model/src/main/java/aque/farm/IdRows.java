package aque.farm;

import aque.task.TaskId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Ids as an SQL array and back.
final class IdRows {
    private IdRows() {}

    static Array array(Connection c, Collection<TaskId> ids) throws SQLException {
        return c.createArrayOf("int8", ids.stream().map(TaskId::value).toArray());
    }

    static List<TaskId> list(Array array) throws SQLException {
        return Arrays.stream((Long[]) array.getArray()).map(TaskId::new).toList();
    }
}
