package aque.farm;

import aque.db.Database;
import java.util.ArrayList;
import java.util.List;

/// The farm's table of folders that each platform names otherwise. Any thread.
public final class PathRootStore {
    private final Database database;

    public PathRootStore(Database database) {
        this.database = database;
    }

    public List<PathRoot> roots() {
        return database.read(c -> {
            try (var s = c.prepareStatement("SELECT name, linux, windows, macos FROM path_roots()");
                    var r = s.executeQuery()) {
                var out = new ArrayList<PathRoot>();
                while (r.next()) {
                    out.add(new PathRoot(r.getString(1), r.getString(2), r.getString(3), r.getString(4)));
                }
                return out;
            }
        });
    }

    /// From now on it is so.
    ///
    /// @param actor who says so, for the history
    public void set(PathRoot root, String actor) {
        database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT set_path_root(?, ?, ?, ?, ?)")) {
                s.setString(1, root.name());
                s.setString(2, root.linux());
                s.setString(3, root.windows());
                s.setString(4, root.macos());
                s.setString(5, actor);
                return s.execute();
            }
        });
    }

    /// @return whether it was there
    public boolean remove(String name, String actor) {
        return database.inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT drop_path_root(?, ?)")) {
                s.setString(1, name);
                s.setString(2, actor);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getBoolean(1);
                }
            }
        });
    }
}
