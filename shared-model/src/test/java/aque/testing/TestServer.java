package aque.testing;

import aque.local.PostgresCluster;
import aque.local.UserFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one server of this JVM's tests, as the database that its others are made from.
final class TestServer {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("shared_buffers", "64MB"),
            Map.entry("max_connections", "300"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("client_connection_check_interval", "2s"));

    private TestServer() {}

    static TestDatabase shared() {
        return Holder.SERVER;
    }

    /// Started by the first who asks.
    private static final class Holder {
        private static final TestDatabase SERVER = ordinary().orElseGet(TestServer::throwAway);
    }

    private static Optional<TestDatabase> ordinary() {
        return Optional.ofNullable(System.getenv("AQUE_TEST_DSN"))
                .filter(dsn -> !dsn.isBlank())
                .map(TestServer::parse)
                .map(TestServer::droppedAtTheEnd);
    }

    private static TestDatabase parse(String dsn) {
        var uri = URI.create(dsn.replaceFirst("^jdbc:", ""));
        var user = Optional.ofNullable(uri.getUserInfo()).orElse("postgres:").split(":", 2);
        return new TestDatabase(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                uri.getPath().substring(1),
                user[0],
                user.length > 1 ? user[1] : "");
    }

    private static TestDatabase droppedAtTheEnd(TestDatabase server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dropAll(server), "drop-test-databases"));
        return server;
    }

    private static void dropAll(TestDatabase server) {
        var prefix = "aque_test_" + ProcessHandle.current().pid() + "_";
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            var names = new ArrayList<String>();
            var rows = statement.executeQuery(
                    "SELECT datname FROM pg_database WHERE starts_with(datname, '" + prefix + "')");
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            for (var name : names) {
                statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
            }
        } catch (SQLException e) {
            System.err.println("test databases are left on " + server.jdbcUrl() + ": " + e.getMessage());
        }
    }

    private static TestDatabase throwAway() {
        try {
            var folder = Files.createTempDirectory("aque-test-");
            var cluster =
                    new PostgresCluster(folder, UserFolders.ofEnvironment().cache());
            var server = cluster.start(SETTINGS, text -> {});
            endWithThisProcess(folder, cluster);
            return new TestDatabase("127.0.0.1", server.port(), server.database(), server.user(), server.password());
        } catch (IOException e) {
            throw new UncheckedIOException("no throw-away PostgreSQL", e);
        }
    }

    /// A shell that waits for the end of a pipe which only this process can write: it ends the server even when this
    /// JVM is killed, and a shutdown hook is not needed.
    private static void endWithThisProcess(Path folder, PostgresCluster cluster) throws IOException {
        var command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "trap '' INT TERM HUP; cat; folder=$1; shift; \"$@\"; rm -rf \"$folder\"",
                "aque-test-end"));
        command.add(folder.toString());
        command.add(cluster.dataFolder().toString());
        command.addAll(cluster.stopCommand());
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
