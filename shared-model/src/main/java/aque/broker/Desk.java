package aque.broker;

import aque.db.Database;
import aque.db.DbException;
import aque.event.Hint;
import aque.event.Hints;
import aque.submit.SubmitException;
import aque.task.TaskId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/// Where the parts of the broker write, whom they tell, and for whom and why they act.
record Desk(Database database, Hints hints, String actor, String why) {
    private static final String NOT_THERE = "AQ001";

    void hint(Hint... all) {
        hints.send(all);
    }

    /// One transaction of somebody's: the history gets why.
    <T> T act(Database.Work<T, RuntimeException> work) {
        return database.<T, RuntimeException>inTransaction(c -> {
            if (!why.isEmpty()) {
                try (var s = c.prepareStatement("SELECT set_config('aque.why', ?, true)")) {
                    s.setString(1, why);
                    s.execute();
                }
            }
            return work.in(c);
        });
    }

    List<TaskId> verb(String sql, Collection<TaskId> ids) {
        return withFeed(c -> {
            try (var s = c.prepareStatement(sql)) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setString(2, actor);
                return answer(s);
            }
        });
    }

    List<TaskId> withFeed(Database.Work<List<TaskId>, RuntimeException> work) {
        var done = act(work);
        hint(Hint.feed());
        return done;
    }

    /// What names something that is not there, or would wait for itself, was asked wrongly; all else is the server's.
    ///
    /// @param sentence what the asker is told, from what the server said
    static RuntimeException refused(DbException e, UnaryOperator<String> sentence) {
        return e.sqlState().equals(NOT_THERE) ? new SubmitException(sentence.apply(e.said())) : e;
    }

    static List<TaskId> answer(PreparedStatement s) throws SQLException {
        try (var r = s.executeQuery()) {
            r.next();
            return SqlArrays.ids(r.getArray(1));
        }
    }
}
