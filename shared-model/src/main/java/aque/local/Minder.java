package aque.local;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Looks every few seconds whether the local server has clients; restarts it when it crashed, ends it when nobody
/// has used it for a while. One thread. The worker's connections count as a client's: it ends by itself when idle.
final class Minder {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(5);
    private static final int PATIENCE = 10;

    private final LocalPostgres local;
    private final Duration idle;
    private Instant busy = Instant.now();
    private @Nullable Connection connection;

    Minder(LocalPostgres local, Duration idle) {
        this.local = local;
        this.idle = idle;
    }

    /// Until the server was ended, its folder is gone, or it cannot be started again.
    void run() throws InterruptedException {
        say("minding the server, idle after " + idle.toSeconds() + " s");
        for (int failures = 0; failures < PATIENCE && Files.isDirectory(local.home()); ) {
            try {
                if (turn()) {
                    say("ended the server: no client for " + idle.toSeconds() + " s");
                    return;
                }
                failures = 0;
            } catch (IOException | SQLException | LocalPostgresException e) {
                failures++;
                say("turn failed: " + e.getMessage());
            }
            Thread.sleep(pause());
        }
    }

    /// True when the server was ended.
    private boolean turn() throws IOException, SQLException {
        if (local.cluster().process().isEmpty()) {
            restart();
        }
        if (hasClients()) {
            busy = Instant.now();
        }
        var joined = local.lastJoined();
        var last = joined.isAfter(busy) ? joined : busy;
        return last.plus(idle).isBefore(Instant.now()) && end();
    }

    private boolean end() throws IOException, SQLException {
        forget();
        return local.endUnlessJoined(idle);
    }

    private void restart() throws IOException, SQLException {
        forget();
        try (var lock = local.lock()) {
            local.startServer(text -> say("the server was gone: " + text));
        }
    }

    private boolean hasClients() throws SQLException {
        try (var statement = connected().createStatement();
                var rows = statement.executeQuery("""
                        SELECT FROM pg_stat_activity
                        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1""")) {
            return rows.next();
        } catch (SQLException e) {
            forget();
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        var current = connection;
        if (current == null) {
            var server = local.cluster().server();
            if (server.isEmpty()) {
                throw new SQLException("the server takes no connections");
            }
            current = server.get().connect("aque-local");
            connection = current;
        }
        return current;
    }

    private void forget() throws SQLException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private Duration pause() {
        var fraction = idle.dividedBy(10).plusMillis(100);
        return fraction.compareTo(LONGEST_TURN) < 0 ? fraction : LONGEST_TURN;
    }

    private static void say(String text) {
        System.err.println(Instant.now() + " " + text);
    }
}
