package aque.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/// A farm whose people and workers have logins of their own: the schema is `aque_owner`'s, which is no superuser;
/// logins are in the groups `aque_artist`, `aque_wrangler`, `aque_worker` and `aque_lead_G` for the lead of a
/// group G. Who may do what is decided in the database (`aque/roles`). Stateless; any thread.
public final class SharedFarm {
    static final String OWNER = "aque_owner";

    private SharedFarm() {}

    /// Makes the groups and gives the schema to its owner, after it was brought to head; may be called again.
    ///
    /// @param address of somebody who may create roles and owns the schema, or is superuser
    /// @param groups each gets a lead of its own
    /// @throws DbException when he may not
    public static void make(Address address, List<String> groups) {
        Migrations.toHead(address);
        try (var c = Database.connect(address, "aque-init")) {
            c.setAutoCommit(false);
            try (var s = c.prepareStatement("SELECT set_config('aque.groups', ?, true)")) {
                s.setString(1, String.join(",", groups));
                s.execute();
            }
            run(c, "make.sql");
            rules(c);
            c.commit();
        } catch (SQLException e) {
            throw new DbException("make the farm a shared one", e);
        }
    }

    /// Is this farm a shared one?
    public static boolean is(Database database) {
        return database.read(SharedFarm::isOwned);
    }

    /// Is the schema the owner's, so that only who may become him may change it?
    static boolean isOwned(Connection c) throws SQLException {
        try (var s = c.prepareStatement(
                "SELECT EXISTS (SELECT 1 FROM pg_namespace n WHERE n.nspname = ? AND pg_get_userbyid(n.nspowner) = ?)")) {
            s.setString(1, Migrations.SCHEMA);
            s.setString(2, OWNER);
            try (var r = s.executeQuery()) {
                r.next();
                return r.getBoolean(1);
            }
        }
    }

    /// Says anew who may do what: functions that a migration made are nobody's until then.
    static void rules(Connection c) throws SQLException {
        try (var s = c.createStatement()) {
            s.execute("SET ROLE " + OWNER);
        }
        run(c, "rules.sql");
        try (var s = c.createStatement()) {
            s.execute("RESET ROLE");
        }
    }

    private static void run(Connection c, String script) throws SQLException {
        try (var in = Objects.requireNonNull(SharedFarm.class.getResourceAsStream("/aque/roles/" + script));
                var s = c.createStatement()) {
            s.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
