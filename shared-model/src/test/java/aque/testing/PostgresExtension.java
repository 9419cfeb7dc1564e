package aque.testing;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Real PostgreSQL for tests: a throw-away server per JVM, started at first use from the binaries that Aque brings, as
/// root too; or the ordinary server that `AQUE_TEST_DSN` names (`postgresql://user:password@host:port/database`).
///
/// Either as an extension, whose tests take a [TestDatabase] of their own as a parameter, or by [#freshDatabase].
public final class PostgresExtension implements ParameterResolver {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String RUN = "aque_test_" + ProcessHandle.current().pid() + "_";

    /// A new empty database, made in some 20 ms; it goes with the server. Any thread.
    public static TestDatabase freshDatabase() {
        return copyOf("template1");
    }

    /// A new database with what `template` holds; nobody may be connected to that one meanwhile.
    public static TestDatabase copyOf(TestDatabase template) {
        return copyOf(template.name());
    }

    private static TestDatabase copyOf(String template) {
        var server = TestServer.shared();
        var name = RUN + COUNT.incrementAndGet();
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException("no test database on " + server.jdbcUrl(), e);
        }
        return new TestDatabase(server.host(), server.port(), name, server.user(), server.password());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return freshDatabase();
    }
}
