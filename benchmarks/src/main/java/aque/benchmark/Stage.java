package aque.benchmark;

import aque.db.Address;
import aque.db.Database;
import java.io.IOException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Where a benchmark plays: what was asked, a server when it wants one, and a voice.
final class Stage implements AutoCloseable {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Options options;
    private @Nullable PostgresServer server;

    Stage(Options options) {
        this.options = options;
    }

    Options options() {
        return options;
    }

    /// The throw-away server, started by the first who asks.
    PostgresServer server() throws IOException {
        var s = server;
        if (s == null) {
            s = PostgresServer.start("");
            server = s;
        }
        return s;
    }

    boolean hasServer() {
        return server != null;
    }

    /// A new farm and a pool of connections to it. The caller closes the pool.
    Database farm(int connections) throws IOException {
        return open(server().freshFarm(), connections);
    }

    Database open(Address address, int connections) {
        return Database.pooled(address, "aque-bench", connections);
    }

    /// Rest for a fair start: statistics are fresh, nothing is owed to the disk.
    void settle(Database farm) throws IOException {
        server().sql(farm.address().database(), "VACUUM ANALYZE");
        server().sql(farm.address().database(), "CHECKPOINT");
    }

    /// Runs one statement, for what a benchmark must do behind the broker's back.
    void sql(Database farm, String statement) {
        try {
            server().sql(farm.address().database(), statement);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The one number that a query answers.
    long number(Database farm, String query) {
        return farm.<Long, RuntimeException>read(c -> {
            try (var s = c.createStatement();
                    var r = s.executeQuery(query)) {
                r.next();
                return r.getLong(1);
            }
        });
    }

    @SuppressWarnings("AnnotateFormatMethod")
    void say(String format, Object... values) {
        System.err.println(
                "[" + CLOCK.format(LocalTime.now(java.time.ZoneId.systemDefault())) + "] " + format.formatted(values));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
