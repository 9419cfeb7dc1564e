package aque.broker;

import aque.task.TaskId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lists as SQL arrays and back: what goes to the server goes as arrays, in one statement.
final class SqlArrays {
    private SqlArrays() {}

    static Array longs(Connection c, Collection<TaskId> ids) throws SQLException {
        return c.createArrayOf("int8", ids.stream().map(TaskId::value).toArray());
    }

    static <T> Array of(Connection c, String type, Collection<T> rows, Function<T, @Nullable Object> column)
            throws SQLException {
        return c.createArrayOf(type, rows.stream().map(column).toArray());
    }

    static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    static List<TaskId> ids(@Nullable Array array) throws SQLException {
        if (array == null) {
            return List.of();
        }
        return Arrays.stream((Long[]) array.getArray()).map(TaskId::new).toList();
    }
}
