package aque.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// Where a server listens and how to get in. `url` is `postgresql://USER@HOST:PORT/DATABASE`, without the password.
public record LocalServer(int port, String user, String password, String database) {
    private static final int CONNECT_SECONDS = 5;

    /// The broker URL to show; it holds no secret.
    public String url() {
        return "postgresql://" + user + "@127.0.0.1:" + port + "/" + database;
    }

    /// The same for pgjdbc; user and password go beside it.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /// One plain connection, named so in `pg_stat_activity`.
    public Connection connect(String applicationName) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    LocalServer in(String otherDatabase) {
        return new LocalServer(port, user, password, otherDatabase);
    }

    @Override
    public String toString() {
        return url();
    }
}
