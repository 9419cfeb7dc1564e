package aque.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a query answers, as values: the loop over a result that every store would write again. Columns are read by
/// their places, from 1: finding them by name doubles the time of a large job.
public final class Rows {
    /// For a query that asks for nothing in particular.
    public static final Bind ALL = s -> {};

    /// Sets the parameters of a query.
    @FunctionalInterface
    public interface Bind {
        void to(PreparedStatement s) throws SQLException;
    }

    /// Makes a value of the row that the result stands on.
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet r) throws SQLException;
    }

    private Rows() {}

    public static <T> List<T> list(Connection c, String sql, Bind bind, Row<T> row) throws SQLException {
        try (var s = c.prepareStatement(sql)) {
            bind.to(s);
            try (var r = s.executeQuery()) {
                var out = new ArrayList<T>();
                while (r.next()) {
                    out.add(row.of(r));
                }
                return out;
            }
        }
    }

    public static <T> Optional<T> first(Connection c, String sql, Bind bind, Row<T> row) throws SQLException {
        try (var s = c.prepareStatement(sql)) {
            bind.to(s);
            try (var r = s.executeQuery()) {
                return r.next() ? Optional.of(row.of(r)) : Optional.empty();
            }
        }
    }

    /// Sets an array of this type of the server's.
    public static void setArray(PreparedStatement s, int place, String type, Stream<?> values) throws SQLException {
        s.setArray(place, s.getConnection().createArrayOf(type, values.toArray()));
    }

    /// A number that may be NULL.
    public static OptionalInt number(ResultSet r, int column) throws SQLException {
        var v = r.getInt(column);
        return r.wasNull() ? OptionalInt.empty() : OptionalInt.of(v);
    }

    /// A large number that may be NULL.
    public static OptionalLong big(ResultSet r, int column) throws SQLException {
        var v = r.getLong(column);
        return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(v);
    }

    /// A moment that is told in seconds since 1970 and may be NULL.
    public static Optional<Instant> moment(ResultSet r, int column) throws SQLException {
        var epoch = r.getDouble(column);
        return r.wasNull()
                ? Optional.empty()
                : Optional.of(Instant.EPOCH.plus(Math.round(epoch * 1e6), ChronoUnit.MICROS));
    }
}
