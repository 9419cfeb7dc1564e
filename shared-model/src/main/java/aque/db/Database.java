package aque.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/// Connections to one broker and the shape of a transaction. Two ways to open it: [#pooled] for programs that stay
/// (worker, console), [#plain] for commands that people type, which need one connection and no pool's start-up.
/// Safe for any thread; a plain one lets one thread in at a time.
public final class Database implements AutoCloseable {
    private static final int TRIES = 12;
    /// A serialization failure, a deadlock, and a lock that was not to be had in the time that the site allows.
    private static final Set<String> AGAIN = Set.of("40001", "40P01", "55P03");

    /// Lost connections, no more connections or no more room, and a server that ends or starts.
    private static final List<String> AWAY = List.of("08", "53", "57P");
    private static final String ANSWER_SECONDS = "5";

    private final Address address;
    private final @Nullable HikariDataSource pool;
    private final @Nullable Connection single;

    private Database(Address address, @Nullable HikariDataSource pool, @Nullable Connection single) {
        this.address = address;
        this.pool = pool;
        this.single = single;
    }

    /// Work inside one transaction.
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T in(Connection connection) throws SQLException, X;
    }

    /// One connection, opened now.
    ///
    /// @throws Unreachable within about 10 s, also when the server accepts and never answers
    public static Database plain(Address address, String applicationName) {
        var c = connect(address, applicationName);
        try {
            c.setNetworkTimeout(Runnable::run, 60_000);
        } catch (SQLException e) {
            throw new DbException("set the time-out", e);
        }
        return new Database(address, null, c);
    }

    /// A pool that reconnects by itself. The first connection is tried now.
    ///
    /// @throws Unreachable when there is no server at start
    public static Database pooled(Address address, String applicationName, int size) {
        return pooled(address, applicationName, size, Duration.ZERO);
    }

    /// The same for one whose statements are all short.
    ///
    /// @param answer a server that does not answer a statement for so long is away; zero waits for ever
    /// @throws Unreachable when there is no server at start
    public static Database pooled(Address address, String applicationName, int size, Duration answer) {
        try (var first = connect(address, applicationName)) {
            first.isValid(5);
        } catch (SQLException e) {
            throw new DbException("try the first connection", e);
        }
        var config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setDataSourceProperties(address.properties(applicationName));
        config.addDataSourceProperty("loginTimeout", ANSWER_SECONDS);
        config.addDataSourceProperty("socketTimeout", Long.toString(answer.toSeconds()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.setIdleTimeout(60_000);
        config.setPoolName(applicationName);
        config.setInitializationFailTimeout(-1);
        // Else a first connection that breaks while it is looked at leaves a pool that never makes another one.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new Database(address, new HikariDataSource(config), null);
    }

    /// A connection of the caller's own. The caller closes it.
    ///
    /// @throws Unreachable when the server does not answer
    public static Connection connect(Address address, String applicationName) {
        return connect(address, address.properties(applicationName));
    }

    /// As [#connect], for the one thread that listens: a notification is told as soon as it is here.
    ///
    /// @throws Unreachable when the server does not answer
    public static Connection listening(Address address, String applicationName) {
        var properties = address.properties(applicationName);
        properties.setProperty("socketFactory", PromptSockets.class.getName());
        return connect(address, properties);
    }

    private static Connection connect(Address address, Properties wanted) {
        try {
            // Neither through DriverManager nor Driver.connect: they open every jar of the class path to look for
            // other drivers and for default settings. The time-out is as loginTimeout, without the thread that it
            // starts.
            var url = address.jdbcUrl();
            var properties = Objects.requireNonNull(Driver.parseURL(url, wanted));
            properties.setProperty("socketTimeout", ANSWER_SECONDS);
            var server =
                    new HostSpec(properties.getProperty("PGHOST"), Integer.parseInt(properties.getProperty("PGPORT")));
            var c = new PgConnection(new HostSpec[] {server}, properties, url);
            c.setNetworkTimeout(Runnable::run, 0);
            return c;
        } catch (SQLException e) {
            throw new Unreachable("cannot reach the broker " + address + ": " + why(e), e);
        }
    }

    private static String why(SQLException e) {
        return e.getCause() instanceof SocketTimeoutException
                ? "something takes the connection there, or drops it, and never answers"
                : Optional.ofNullable(e.getMessage())
                        .flatMap(m -> m.lines().findFirst())
                        .orElse("no answer");
    }

    /// Over a connection of somebody else's, who closes it; one thread at a time is let in.
    public static Database over(Address address, Connection connection) {
        return new Database(address, null, connection);
    }

    public Address address() {
        return address;
    }

    /// Whether the server takes a connection: sooner known than from a pool, which goes on trying for a while.
    public boolean answers() {
        try (var c = connect(address, "aque")) {
            return c.isValid(1);
        } catch (SQLException | Unreachable e) {
            return false;
        }
    }

    /// Runs the work in one transaction and commits; a serialization failure, a deadlock or a lock that came too late
    /// runs it again.
    ///
    /// @throws DbException when the server refuses, [Unreachable] when it is gone
    public <T, X extends Exception> T inTransaction(Work<T, X> work) throws X {
        return this.<T, X>insist(() -> once(work));
    }

    /// Runs work that is one statement, which commits itself: a round trip less than [#inTransaction], else the same.
    public <T, X extends Exception> T atOnce(Work<T, X> work) throws X {
        return this.<T, X>insist(() -> this.<T, X>with(c -> {
            c.setAutoCommit(true);
            return work.in(c);
        }));
    }

    /// As [#atOnce] for a text of several statements that begins and commits by itself, and says more after that.
    public <T, X extends Exception> T inOneRound(Work<T, X> work) throws X {
        return this.<T, X>insist(() -> this.<T, X>with(c -> {
            c.setAutoCommit(true);
            try {
                return work.in(c);
            } catch (SQLException e) {
                end(c, e);
                throw e;
            }
        }));
    }

    /// Else the connection would go back with a transaction that has failed.
    private static void end(Connection c, SQLException why) {
        try (var s = c.createStatement()) {
            s.execute("ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    @FunctionalInterface
    private interface Attempt<T, X extends Exception> {
        T make() throws SQLException, X;
    }

    private <T, X extends Exception> T insist(Attempt<T, X> attempt) throws X {
        for (var tried = 1; ; tried++) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (!worthAnotherTry(e) || tried == TRIES) {
                    throw translate(e);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << Math.min(tried, 6)));
            }
        }
    }

    /// Reads without writing: one statement or several, each with its own snapshot.
    public <T, X extends Exception> T read(Work<T, X> work) throws X {
        try {
            return with(c -> {
                c.setAutoCommit(true);
                return work.in(c);
            });
        } catch (SQLException e) {
            throw translate(e);
        }
    }

    /// Calls a function that writes, in a transaction of its own.
    public void call(String sql, Rows.Bind bind) {
        this.<Boolean, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement(sql)) {
                bind.to(s);
                return s.execute();
            }
        });
    }

    /// Calls a function that writes and answers one row, in a transaction of its own.
    public <T> T call(String sql, Rows.Bind bind, Rows.Row<T> row) {
        return this.<T, RuntimeException>inTransaction(
                c -> Rows.first(c, sql, bind, row).orElseThrow());
    }

    /// What one query answers, a value for each row.
    public <T> List<T> list(String sql, Rows.Bind bind, Rows.Row<T> row) {
        return this.<List<T>, RuntimeException>read(c -> Rows.list(c, sql, bind, row));
    }

    /// What one query answers first; empty when it answers nothing.
    public <T> Optional<T> first(String sql, Rows.Bind bind, Rows.Row<T> row) {
        return this.<Optional<T>, RuntimeException>read(c -> Rows.first(c, sql, bind, row));
    }

    /// Reads with one snapshot over several statements.
    public <T, X extends Exception> T snapshot(Work<T, X> work) throws X {
        return inTransaction(c -> {
            try (var s = c.createStatement()) {
                s.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            }
            return work.in(c);
        });
    }

    private <T, X extends Exception> T once(Work<T, X> work) throws SQLException, X {
        return with(c -> {
            c.setAutoCommit(false);
            var done = false;
            try {
                var result = work.in(c);
                c.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollback(c);
                }
                restore(c);
            }
        });
    }

    private <T, X extends Exception> T with(Work<T, X> work) throws SQLException, X {
        if (single != null) {
            synchronized (single) {
                return work.in(single);
            }
        }
        try (var c = Objects.requireNonNull(pool).getConnection()) {
            return work.in(c);
        }
    }

    private static void rollback(Connection c) {
        try {
            c.rollback();
        } catch (SQLException ignored) {
            // The connection is gone, and with it the transaction; the first failure is the one to tell.
        }
    }

    private static void restore(Connection c) {
        try {
            c.setAutoCommit(true);
        } catch (SQLException ignored) {
            // As above: a broken connection leaves the pool by itself.
        }
    }

    private static boolean worthAnotherTry(SQLException e) {
        return AGAIN.contains(String.valueOf(e.getSQLState()));
    }

    private RuntimeException translate(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        if (e instanceof SQLTransientConnectionException || AWAY.stream().anyMatch(state::startsWith)) {
            return new Unreachable("lost the broker " + address + ": " + e.getMessage(), e);
        }
        if (state.equals("3F000") || state.equals("42P01") || state.equals("42883")) {
            return new DbException("the database has no (or an old) Aque schema, run `aque init`", e);
        }
        if (state.equals(DbException.NOT_ALLOWED)) {
            return new DbException("not allowed", e);
        }
        return new DbException("the broker refused", e);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
        if (single != null) {
            try {
                single.close();
            } catch (SQLException ignored) {
                // Nothing is owed to a connection that we leave.
            }
        }
    }
}
