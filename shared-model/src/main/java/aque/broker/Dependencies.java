package aque.broker;

import aque.db.Database;
import aque.db.DbException;
import aque.event.Hint;
import aque.submit.ByFrame;
import aque.task.Edge;
import aque.task.TaskId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Edges between tasks that are there, and files that jobs wait for.
final class Dependencies {
    private final Desk desk;

    Dependencies(Desk desk) {
        this.desk = desk;
    }

    List<TaskId> add(List<Edge> edges) {
        return adding(c -> write(c, edges));
    }

    List<TaskId> add(ByFrame wait, List<TaskId> downstream) {
        return adding(c -> write(c, FrameEdges.between(c, wait, downstream)));
    }

    List<TaskId> continueAs(TaskId task, TaskId next) {
        return adding(c -> {
            try (var s = c.prepareStatement("SELECT continue_as(?, ?, ?)")) {
                s.setLong(1, task.value());
                s.setLong(2, next.value());
                s.setString(3, desk.actor());
                return Desk.answer(s);
            }
        });
    }

    private List<TaskId> adding(Database.Work<List<TaskId>, RuntimeException> work) {
        try {
            return desk.withFeed(work);
        } catch (DbException e) {
            throw Desk.refused(e, said -> said);
        }
    }

    private List<TaskId> write(Connection c, List<Edge> edges) throws SQLException {
        try (var s = c.prepareStatement("SELECT depend(?, ?, ?)")) {
            s.setArray(1, SqlArrays.of(c, "int8", edges, e -> e.upstream().value()));
            s.setArray(2, SqlArrays.of(c, "int8", edges, e -> e.downstream().value()));
            s.setString(3, desk.actor());
            return Desk.answer(s);
        }
    }

    List<TaskId> drop(Collection<TaskId> downstream) {
        var done = desk.withFeed(c -> {
            var all = new LinkedHashSet<TaskId>();
            try (var s = c.prepareStatement("SELECT drop_dependencies(?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, downstream));
                s.setString(2, desk.actor());
                all.addAll(Desk.answer(s));
            }
            all.addAll(dropFile(c, null, downstream));
            return List.copyOf(all);
        });
        desk.hint(Hint.wake());
        return done;
    }

    List<TaskId> drop(Collection<TaskId> downstream, Collection<TaskId> upstream) {
        var done = desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT drop_dependencies(?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, downstream));
                s.setString(2, desk.actor());
                s.setArray(3, SqlArrays.longs(c, upstream));
                return Desk.answer(s);
            }
        });
        desk.hint(Hint.wake());
        return done;
    }

    List<TaskId> drop(Path file, Collection<TaskId> jobs) {
        var done = desk.withFeed(c -> dropFile(c, file.toString(), jobs));
        desk.hint(Hint.wake());
        return done;
    }

    private List<TaskId> dropFile(Connection c, @Nullable String file, Collection<TaskId> jobs) throws SQLException {
        try (var s = c.prepareStatement("SELECT drop_file(?, ?, ?)")) {
            s.setArray(1, SqlArrays.longs(c, jobs));
            s.setString(2, file);
            s.setString(3, desk.actor());
            return Desk.answer(s);
        }
    }

    List<TaskId> volumeAway(WorkerSession worker, Path volume, String why) {
        return desk.withFeed(c -> {
            try (var s = c.prepareStatement("SELECT volume_away(?, ?, ?)")) {
                s.setInt(1, worker.id());
                s.setString(2, volume.toString());
                s.setString(3, why);
                return Desk.answer(s);
            }
        });
    }

    boolean folderAway(WorkerSession worker, TaskId task, Path folder) {
        var waits = desk.database().<Boolean, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT folder_away(?, ?, ?)")) {
                s.setInt(1, worker.id());
                s.setLong(2, task.value());
                s.setString(3, folder.toString());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getBoolean(1);
                }
            }
        });
        if (waits) {
            desk.hint(Hint.feed());
        }
        return waits;
    }

    List<Path> filesToSee(Collection<Integer> classes) {
        return desk.database().inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT files_to_see(?)")) {
                s.setArray(1, c.createArrayOf("int4", classes.toArray()));
                try (var r = s.executeQuery()) {
                    r.next();
                    return SqlArrays.texts(r.getArray(1)).stream().map(Path::of).toList();
                }
            }
        });
    }

    List<TaskId> filesSeen(Map<Path, String> looks) {
        var paths = List.copyOf(looks.keySet());
        var free = desk.database().<List<TaskId>, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT files_seen(?, ?)")) {
                s.setArray(1, SqlArrays.of(c, "text", paths, Path::toString));
                s.setArray(
                        2,
                        SqlArrays.of(
                                c, "text", paths, p -> looks.getOrDefault(p, "").isEmpty() ? null : looks.get(p)));
                return Desk.answer(s);
            }
        });
        if (!free.isEmpty()) {
            desk.hint(Hint.wake(), Hint.feed());
        }
        return free;
    }
}
