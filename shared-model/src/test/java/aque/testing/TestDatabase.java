package aque.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// One empty database on the test server: for pgjdbc (`jdbcUrl`, `user`, `password`), or all in one for a command.
public record TestDatabase(String host, int port, String name, String user, String password) {
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /// `postgresql://user:password@host:port/name`, as `--broker` takes it.
    public String brokerUrl() {
        return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + name;
    }

    /// A new plain connection; the caller closes it.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }
}
