package aque.benchmark;

import aque.db.Address;
import aque.db.Database;
import aque.db.DbException;
import aque.db.Migrations;
import aque.db.Unreachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Migrations by an owner who is no superuser: four at once, one that is killed in its midst, and again; what comes
/// out is the same each time.
final class MigrationsAgain {
    /// What there is, in one line.
    private static final String MANIFEST = """
            SELECT md5(string_agg(x, E'\\n' ORDER BY x)) FROM (
              SELECT 'column ' || c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull x
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'aque'::regnamespace AND a.attnum > 0 AND c.relname NOT LIKE 'flyway%'
              UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'aque'::regnamespace
              UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'aque'::regnamespace
              UNION ALL SELECT 'function ' || oid::regprocedure || ' ' || md5(prosrc) || ' ' || coalesce(proconfig::text, '') FROM pg_proc WHERE pronamespace = 'aque'::regnamespace) q""";

    private static final int AT_ONCE = 4;

    private MigrationsAgain() {}

    static List<String> faults(Stage stage) throws Exception {
        var server = stage.server();
        server.sql("postgres", "DROP ROLE IF EXISTS plain");
        server.sql("postgres", "CREATE ROLE plain LOGIN PASSWORD 'plain'");
        var faults = new CopyOnWriteArrayList<String>();
        var right = manifest(server, server.freshFarm());
        var together = database(server);
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < AT_ONCE; i++) {
            threads.add(Thread.ofPlatform().start(() -> migrate(together, faults)));
        }
        for (var t : threads) {
            t.join();
        }
        look(server, together, right, faults);
        var killed = database(server);
        kill(server, killed);
        migrate(killed, faults);
        look(server, killed, right, faults);
        return faults;
    }

    private static void migrate(Address address, List<String> faults) {
        try {
            Migrations.toHead(address);
        } catch (RuntimeException e) {
            faults.add("a migration failed: " + e.getMessage());
        }
    }

    private static void look(Server server, Address address, String right, List<String> faults) {
        if (Migrations.toHead(address) != 0) {
            faults.add("a second run found something to do");
        }
        try (var database = Database.plain(address, "bench")) {
            if (!Migrations.present(database)) {
                faults.add("there is no schema");
            }
        }
        if (!manifest(server, address).equals(right)) {
            faults.add("the schema is another one than that of a superuser");
        }
    }

    private static String manifest(Server server, Address address) {
        return server.rows(address.database(), MANIFEST).getFirst();
    }

    private static Address database(Server server) {
        var name = server.freshDatabase();
        server.sql("postgres", "ALTER DATABASE " + name + " OWNER TO plain");
        return Address.parse(server.url(name).replaceFirst("://[^@]*@", "://plain:plain@"));
    }

    /// As soon as it has made something that nobody else sees yet.
    private static void kill(Server server, Address address) throws IOException, InterruptedException {
        var victim = Thread.ofPlatform().start(() -> {
            try {
                Migrations.toHead(address);
            } catch (DbException | Unreachable e) {
                // As it must.
            } catch (RuntimeException e) {
                System.err.println("  killed: " + e.getClass().getSimpleName());
            }
        });
        while (victim.isAlive()) {
            server.sql(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + address.database()
                            + "' AND backend_xid IS NOT NULL");
            Thread.sleep(1);
        }
    }
}
