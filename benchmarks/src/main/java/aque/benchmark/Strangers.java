package aque.benchmark;

import aque.db.Address;
import aque.db.Database;
import aque.db.SharedFarm;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/// A login that nobody has granted anything tries every table and every function of the farm: it must be refused by
/// all. On a shared farm an artist, a wrangler and a worker try every table, and the work of the others; nothing
/// there is for everybody, and no table of a caller's own stands in for the farm's.
final class Strangers {
    private static final String REFUSED = "42501";
    private static final String TABLES =
            "FROM pg_class WHERE relnamespace = 'aque'::regnamespace AND relkind IN ('r', 'p') AND relname NOT LIKE 'flyway%'";
    private static final String CALLS = """
            SELECT 'SELECT aque.' || quote_ident(proname) || '(' || coalesce((SELECT string_agg('NULL::' || CASE WHEN y.typnamespace = 'aque'::regnamespace THEN 'aque.' || quote_ident(y.typname) ELSE format_type(t, NULL) END, ', ') FROM unnest(proargtypes) t JOIN pg_type y ON y.oid = t), '') || ')'
              FROM pg_proc WHERE pronamespace = 'aque'::regnamespace AND prokind = 'f'""";
    private static final List<String> ARTISTS = List.of("submit", "steer", "retry_tasks", "stop_asked", "depend");
    private static final List<String> WRANGLERS =
            List.of("set_share", "set_limit", "steer_workers", "add_policy", "set_path_root", "set_retention");
    private static final List<String> WORKERS = List.of("acquire", "complete", "heartbeat", "reap", "worker_hello");
    private static final List<String> NOBODYS = List.of(
            "stop_tasks",
            "settle",
            "settle_kids",
            "lane_shift",
            "group_shift",
            "remove_jobs",
            "reap_leases",
            "apply_policy");

    private final Server server;
    private final Address farm;
    private final List<String> faults = new ArrayList<>();
    private int statements;

    private Strangers(Server server) {
        this.server = server;
        this.farm = server.freshFarm();
    }

    static List<String> faults(Stage stage) throws Exception {
        var alone = new Strangers(stage.server());
        alone.stranger();
        var shared = new Strangers(stage.server());
        shared.roles();
        stage.say("  %d statements", alone.statements + shared.statements);
        alone.faults.addAll(shared.faults);
        return alone.faults;
    }

    private void stranger() throws SQLException {
        try (var c = login("stranger", "")) {
            for (var statement : rows(
                    "SELECT 'SELECT 1 FROM aque.' || quote_ident(relname) FROM pg_class WHERE relnamespace = 'aque'::regnamespace AND relkind IN ('r', 'v', 'p', 'S')")) {
                refused(c, "a stranger", statement);
            }
            rows("SELECT 'DELETE FROM aque.' || quote_ident(relname) " + TABLES)
                    .forEach(s -> refused(c, "a stranger", s));
            rows(CALLS).forEach(s -> refused(c, "a stranger", s));
            refused(c, "a stranger", "CREATE TABLE aque.mine (x int)");
        }
    }

    private void roles() throws SQLException {
        SharedFarm.make(farm, List.of());
        var writes = rows("SELECT unnest(ARRAY['DELETE FROM aque.' || quote_ident(relname), 'INSERT INTO aque.'"
                + " || quote_ident(relname) || ' DEFAULT VALUES', 'TRUNCATE aque.' || quote_ident(relname)]) "
                + TABLES);
        var reads = rows("SELECT 'SELECT 1 FROM aque.' || quote_ident(relname) " + TABLES);
        try (var artist = login("bench_artist", "aque_artist");
                var wrangler = login("bench_wrangler", "aque_wrangler");
                var worker = login("bench_worker", "aque_worker")) {
            writes.forEach(s -> {
                refused(artist, "an artist", s);
                refused(wrangler, "a wrangler", s);
                refused(worker, "a worker", s);
            });
            reads.forEach(s -> refused(worker, "a worker", s));
            calls(WRANGLERS).forEach(s -> refused(artist, "an artist", s));
            calls(WORKERS).forEach(s -> refused(wrangler, "a wrangler", s));
            calls(ARTISTS).forEach(s -> refused(worker, "a worker", s));
            calls(NOBODYS).forEach(s -> {
                refused(wrangler, "a wrangler", s);
                refused(worker, "a worker", s);
            });
            hijack(artist);
        }
        server.rows(farm.database(), """
                SELECT p.oid::regprocedure || ' is for everybody, or runs as its owner with the path of its caller' FROM pg_proc p
                 WHERE p.pronamespace = 'aque'::regnamespace
                   AND (EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)
                     OR p.prosecdef AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%pg_temp'))""").forEach(faults::add);
    }

    /// A table of one's own by the name of the farm's.
    private void hijack(Connection artist) throws SQLException {
        try (var s = artist.createStatement()) {
            s.execute("CREATE TEMP TABLE farm_limit (name text, most int, per text, counted_at timestamptz)");
            s.execute("CREATE TEMP TABLE task (LIKE aque.task INCLUDING DEFAULTS)");
            s.execute("SET search_path = pg_temp, aque");
            s.execute(
                    "INSERT INTO task (task_id, job_id, sort_key, pending, kind, state) VALUES (1, 1, 0, 0, 'C', 'S')");
            s.execute("SELECT aque.retry_tasks('{1}', 'x')");
            try (var r = s.executeQuery("SELECT state FROM pg_temp.task")) {
                if (!r.next() || !r.getString(1).equals("S")) {
                    faults.add("a function of the farm wrote to a table of its caller");
                }
            }
        } catch (SQLException e) {
            if (!REFUSED.equals(e.getSQLState())
                    || !Objects.requireNonNullElse(e.getMessage(), "").contains("temporary")) {
                throw e;
            }
        }
    }

    private List<String> calls(List<String> functions) {
        var found = rows(CALLS + " AND proname = ANY ('{" + String.join(",", functions) + "}')");
        if (new HashSet<>(found).size() < functions.size()) {
            faults.add("not all of these are there: " + functions);
        }
        return found;
    }

    private List<String> rows(String query) {
        return server.rows(farm.database(), query);
    }

    private Connection login(String name, String group) {
        server.sql("postgres", "DROP ROLE IF EXISTS " + name);
        server.sql(
                "postgres",
                "CREATE ROLE " + name + " LOGIN PASSWORD 'p'" + (group.isEmpty() ? "" : " IN ROLE " + group));
        var url = server.url(farm.database()).replaceFirst("://[^@]*@", "://" + name + ":p@");
        return Database.connect(Address.parse(url), "bench");
    }

    private void refused(Connection c, String who, String statement) {
        statements++;
        try (var s = c.createStatement()) {
            s.execute(statement);
            faults.add(who + " may " + statement);
        } catch (SQLException e) {
            if (!REFUSED.equals(e.getSQLState())) {
                faults.add(who + " gets as far as " + e.getMessage() + " with " + statement);
            }
        }
    }
}
