package aque.db;

import java.sql.SQLException;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;

/// Brings the schema to head (A39). Numbered scripts `aque/db/V001__….sql`, run by Flyway under its own lock, so that
/// any number of programs may call this at once. Costs 150–250 ms: commands that people type call it only when the
/// schema is not there.
public final class Migrations {
    public static final String SCHEMA = "aque";

    private Migrations() {}

    /// Applies what is missing. On a shared farm as its owner, who is no superuser.
    ///
    /// @return how many scripts were run; 0 means up to date
    public static int toHead(Address address) {
        try (var c = Database.connect(address, "aque-init")) {
            var shared = SharedFarm.isOwned(c);
            var run = migrate(address, shared ? new Callback[] {new BecomeOwner()} : new Callback[0]);
            if (shared) {
                SharedFarm.rules(c);
            }
            return run;
        } catch (SQLException e) {
            throw new DbException("bring the schema to head", e);
        }
    }

    private static int migrate(Address address, Callback... callbacks) {
        var secret = address.properties("aque-init").getProperty("password", "");
        return Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), secret)
                .callbacks(callbacks)
                .locations("classpath:aque/db")
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .sqlMigrationPrefix("V")
                .loggers("slf4j")
                .validateMigrationNaming(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /// Is there a schema that this program can work with? One row, for programs in a hurry.
    public static boolean present(Database database) {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
                s.setString(1, SCHEMA.toLowerCase(Locale.ROOT) + ".task_view");
                try (var r = s.executeQuery()) {
                    return r.next() && r.getBoolean(1);
                }
            }
        });
    }
}
