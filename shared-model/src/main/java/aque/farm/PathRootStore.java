package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import java.util.List;

/// The farm's table of folders that each platform names otherwise. Any thread.
public final class PathRootStore {
    private final Database database;

    public PathRootStore(Database database) {
        this.database = database;
    }

    public List<PathRoot> roots() {
        return database.list(
                "SELECT name, linux, windows, macos FROM path_roots()",
                Rows.ALL,
                r -> new PathRoot(r.getString(1), r.getString(2), r.getString(3), r.getString(4)));
    }

    /// From now on it is so.
    ///
    /// @param actor who says so, for the history
    public void set(PathRoot root, String actor) {
        database.call("SELECT set_path_root(?, ?, ?, ?, ?)", s -> {
            s.setString(1, root.name());
            s.setString(2, root.linux());
            s.setString(3, root.windows());
            s.setString(4, root.macos());
            s.setString(5, actor);
        });
    }

    /// @return whether it was there
    public boolean remove(String name, String actor) {
        return database.call(
                "SELECT drop_path_root(?, ?)",
                s -> {
                    s.setString(1, name);
                    s.setString(2, actor);
                },
                r -> r.getBoolean(1));
    }
}
