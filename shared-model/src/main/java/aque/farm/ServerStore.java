package aque.farm;

import aque.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a broker's server is like, for those who look after it.
public final class ServerStore {
    private final Database database;

    public ServerStore(Database database) {
        this.database = database;
    }

    /// The server now.
    ///
    /// @param version as `server_version_num`, such as 150018
    /// @param durable whether a commit is on disk when it returns
    /// @param ahead how much its clock is ahead of this machine's
    /// @param trip how long a question and its answer take
    /// @param connections in use, of `most`
    public record Server(int version, boolean durable, Duration ahead, Duration trip, int connections, int most) {}

    /// Asks it.
    public Server look() {
        return database.read(c -> {
            try (var s = c.prepareStatement("""
                    SELECT current_setting('server_version_num')::int,
                           current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off',
                           clock_timestamp(), (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
                           current_setting('max_connections')::int""")) {
                s.executeQuery().close();
                var asked = Instant.now();
                try (var r = s.executeQuery()) {
                    var answered = Instant.now();
                    r.next();
                    var trip = Duration.between(asked, answered);
                    var then = r.getTimestamp(3).toInstant();
                    return new Server(
                            r.getInt(1),
                            r.getBoolean(2),
                            Duration.between(asked.plus(trip.dividedBy(2)), then),
                            trip,
                            r.getInt(4),
                            r.getInt(5));
                }
            }
        });
    }

    /// What of the schema is missing; empty when it is there.
    public Optional<String> missing() {
        return database.read(c -> {
            try (var s = c.prepareStatement(
                            "SELECT string_agg(n, ' ') FROM unnest(ARRAY['task', 'lease', 'log_chunk', 'retention']) n WHERE to_regclass('aque.' || n) IS NULL");
                    var r = s.executeQuery()) {
                r.next();
                return Optional.ofNullable(r.getString(1));
            }
        });
    }
}
