package aque.benchmark;

import aque.db.Address;
import aque.db.Database;
import aque.db.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A throw-away PostgreSQL that may be killed. Any thread.
interface Server extends AutoCloseable {
    AtomicInteger DATABASES = new AtomicInteger();

    /// Of a database as its superuser.
    String url(String database);

    /// Ends it as a crash does, and waits for that.
    void kill() throws IOException;

    /// Starts it again after [#kill], on the same port.
    void restart() throws IOException;

    /// What it says.
    Path log();

    @Override
    void close();

    default int port() {
        return Integer.parseInt(url("").replaceAll(".*:([0-9]+)/.*", "$1"));
    }

    /// A new empty database.
    default String freshDatabase() {
        var name = "bench_" + DATABASES.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /// A new database with Aque's schema.
    default Address freshFarm() {
        var address = Address.parse(url(freshDatabase()));
        Migrations.toHead(address);
        return address;
    }

    /// Runs one statement outside everything.
    ///
    /// @throws aque.db.Unreachable while the server is away
    default void sql(String database, String statement) {
        try (var c = Database.connect(Address.parse(url(database)), "bench");
                var s = c.createStatement()) {
            s.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /// The first column of what a query answers.
    default List<String> rows(String database, String query) {
        try (var c = Database.connect(Address.parse(url(database)), "bench");
                var s = c.createStatement();
                var r = s.executeQuery(query)) {
            var out = new ArrayList<String>();
            while (r.next()) {
                out.add(r.getString(1));
            }
            return out;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    default String version() {
        return rows("postgres", "SHOW server_version").getFirst();
    }
}
