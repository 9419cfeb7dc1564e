package aque.farm;

import aque.db.Rows;
import aque.task.TaskId;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Ids as they stand in the database: a number, an array.
final class IdRows {
    private IdRows() {}

    static TaskId id(ResultSet r, int column) throws SQLException {
        return new TaskId(r.getLong(column));
    }

    /// An id that may be NULL.
    static Optional<TaskId> ifAny(ResultSet r, int column) throws SQLException {
        var v = r.getLong(column);
        return r.wasNull() ? Optional.empty() : Optional.of(new TaskId(v));
    }

    static void set(PreparedStatement s, int place, Collection<TaskId> ids) throws SQLException {
        Rows.setArray(s, place, "int8", ids.stream().map(TaskId::value));
    }

    static List<TaskId> list(Array array) throws SQLException {
        return Arrays.stream((Long[]) array.getArray()).map(TaskId::new).toList();
    }
}
