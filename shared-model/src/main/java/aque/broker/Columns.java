package aque.broker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/// The parameters of a statement, set one after the other. Arrays of one type go in binary: neither side parses them.
final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private int at;

    /// @param first the number of the first parameter that is set
    Columns(Connection connection, PreparedStatement statement, int first) {
        this.connection = connection;
        this.statement = statement;
        this.at = first;
    }

    Columns text(@Nullable String value) throws SQLException {
        statement.setString(at++, value);
        return this;
    }

    Columns flag(boolean value) throws SQLException {
        statement.setBoolean(at++, value);
        return this;
    }

    Columns number(@Nullable Integer value) throws SQLException {
        statement.setObject(at++, value, Types.INTEGER);
        return this;
    }

    Columns id(@Nullable Long value) throws SQLException {
        statement.setObject(at++, value, Types.BIGINT);
        return this;
    }

    Columns object(@Nullable Object value, int type) throws SQLException {
        statement.setObject(at++, value, type);
        return this;
    }

    Columns texts(@Nullable String[] values) throws SQLException {
        return array("text", values);
    }

    Columns ints(int[] values) throws SQLException {
        return array("int4", values);
    }

    /// With gaps.
    Columns numbers(@Nullable Integer[] values) throws SQLException {
        return array("int4", values);
    }

    Columns longs(long[] values) throws SQLException {
        return array("int8", values);
    }

    /// With gaps.
    Columns longsOrGaps(@Nullable Long[] values) throws SQLException {
        return array("int8", values);
    }

    /// With gaps.
    Columns floats(@Nullable Float[] values) throws SQLException {
        return array("float4", values);
    }

    Columns flags(boolean[] values) throws SQLException {
        return array("bool", values);
    }

    private Columns array(String type, Object values) throws SQLException {
        var c = connection.unwrap(org.postgresql.PGConnection.class);
        statement.setArray(at++, c.createArrayOf(type, values));
        return this;
    }
}
