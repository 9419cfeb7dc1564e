package aque.benchmark;

import aque.db.Address;
import aque.db.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A login that nobody has granted anything tries every table and every function of the farm: it must be refused by
/// all.
final class Strangers {
    private static final String REFUSED = "42501";

    private Strangers() {}

    static List<String> faults(Stage stage) throws Exception {
        var server = stage.server();
        var farm = server.freshFarm();
        server.sql("postgres", "DROP ROLE IF EXISTS stranger");
        server.sql("postgres", "CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
        var all = new ArrayList<>(server.rows(farm.database(), """
                SELECT 'SELECT 1 FROM aque.' || quote_ident(relname) FROM pg_class WHERE relnamespace = 'aque'::regnamespace AND relkind IN ('r', 'v', 'p', 'S')
                UNION ALL SELECT 'DELETE FROM aque.' || quote_ident(relname) FROM pg_class WHERE relnamespace = 'aque'::regnamespace AND relkind IN ('r', 'p')
                UNION ALL SELECT 'SELECT aque.' || quote_ident(proname) || '(' || coalesce((SELECT string_agg('NULL::' || CASE WHEN y.typnamespace = 'aque'::regnamespace THEN 'aque.' || quote_ident(y.typname) ELSE format_type(t, NULL) END, ', ') FROM unnest(proargtypes) t JOIN pg_type y ON y.oid = t), '') || ')'
                  FROM pg_proc WHERE pronamespace = 'aque'::regnamespace AND prokind = 'f'"""));
        all.add("CREATE TABLE aque.mine (x int)");
        var address = Address.parse(server.url(farm.database()).replaceFirst("://[^@]*@", "://stranger:stranger@"));
        var faults = new ArrayList<String>();
        try (var c = Database.connect(address, "bench")) {
            for (var statement : all) {
                try (var s = c.createStatement()) {
                    s.execute(statement);
                    faults.add("a stranger may " + statement);
                } catch (SQLException e) {
                    if (!REFUSED.equals(e.getSQLState())) {
                        faults.add("a stranger gets as far as " + e.getMessage() + " with " + statement);
                    }
                }
            }
        }
        stage.say("  %d statements", all.size());
        return faults;
    }
}
