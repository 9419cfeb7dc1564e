package aque.benchmark;

import aque.db.Address;
import aque.db.Database;
import java.io.IOException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Where a benchmark plays: what was asked, a server when it wants one, and a voice. `--profile` tells afterwards where
/// the server spent its time; the figures of such a run do not count.
final class Stage implements AutoCloseable {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private static final String PROFILING = "-c shared_preload_libraries=pg_stat_statements"
            + " -c pg_stat_statements.track=all -c pg_stat_statements.track_planning=on";

    private final Options options;
    private @Nullable Server server;

    Stage(Options options) {
        this.options = options;
    }

    /// On a server that is there; the stage closes it.
    Stage(Options options, Server server) {
        this.options = options;
        this.server = server;
    }

    Options options() {
        return options;
    }

    /// The throw-away server, started by the first who asks.
    Server server() throws IOException {
        var s = server;
        if (s == null) {
            s = PostgresServer.start(options.has("profile") ? PROFILING : "");
            if (options.has("profile")) {
                s.sql("postgres", "CREATE EXTENSION pg_stat_statements SCHEMA public");
            }
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

    /// With `--profile`: the statements on which the server spent its time, those inside functions too.
    private void profile(Server from) {
        from.rows("postgres", """
                SELECT round(total_exec_time) || ' ms, planned ' || round(total_plan_time) || ' ms, ' || calls || ' x ' || round((total_exec_time + total_plan_time)::numeric / calls, 3)
                       || ' ms, ' || rows || ' rows, ' || pg_size_pretty(wal_bytes) || ' WAL: ' || left(regexp_replace(query, '\\s+', ' ', 'g'), 150)
                  FROM public.pg_stat_statements ORDER BY total_exec_time + total_plan_time DESC LIMIT 40""").forEach(System.err::println);
    }

    @Override
    public void close() {
        if (server != null && options.has("profile")) {
            profile(server);
        }
        if (server != null) {
            server.close();
        }
    }
}
