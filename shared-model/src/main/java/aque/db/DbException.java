package aque.db;

import java.sql.SQLException;

/// A statement that could not be done: what was tried and what the server said.
public final class DbException extends RuntimeException {
    static final String NOT_ALLOWED = "42501";

    private final String sqlState;
    private final String said;

    public DbException(String tried, SQLException cause) {
        super(tried + ": " + firstLine(cause), cause);
        this.said = firstLine(cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    private static String firstLine(SQLException e) {
        var text = e.getMessage() == null ? e.toString() : e.getMessage();
        return text.lines().findFirst().orElse(text).replaceFirst("^ERROR: ", "");
    }

    /// Whether the one who asked may not do that.
    public boolean notAllowed() {
        return sqlState.equals(NOT_ALLOWED);
    }

    /// The server's own first line.
    public String said() {
        return said;
    }

    /// The five-letter SQLSTATE, "" when there is none.
    public String sqlState() {
        return sqlState;
    }

    /// Did the connection break, rather than the statement?
    public boolean connectionLost() {
        return sqlState.startsWith("08") || sqlState.startsWith("57P");
    }
}
