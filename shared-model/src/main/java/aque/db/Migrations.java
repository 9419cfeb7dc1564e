package aque.db;

import java.util.Locale;
import org.flywaydb.core.Flyway;

/// Brings the schema to head (A39). Numbered scripts `aque/db/V001__….sql`, run by Flyway under its own lock, so that
/// any number of programs may call this at once. Costs 150–250 ms: commands that people type call it only when the
/// schema is not there.
public final class Migrations {
    public static final String SCHEMA = "aque";

    private Migrations() {}

    /// Applies what is missing.
    ///
    /// @return how many scripts were run; 0 means up to date
    public static int toHead(Address address) {
        var p = address.properties("aque-init");
        try (var c = Database.connect(address, "aque-init")) {
            c.getMetaData();
        } catch (java.sql.SQLException e) {
            throw new DbException("look at the server", e);
        }
        return Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), p.getProperty("password", ""))
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
