package aque.farm;

import aque.db.Rows;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Tasks as their readers see them, from `task_view` or what has its columns.
final class ViewRows {
    /// Of a source that is called `v`.
    static final String COLUMNS =
            "v.task_id, v.job_id, v.parent_id, v.kind, v.name, v.state, v.reason, v.exit_code, v.signal, v.attempt,"
                    + " v.worker, v.progress, v.status, v.prio, v.owner, date_part('epoch', v.created_at),"
                    + " date_part('epoch', v.started_at), date_part('epoch', v.ended_at), v.cause, date_part('epoch',"
                    + " v.stops_at)";
    static final int COLUMN_COUNT = 20;

    private ViewRows() {}

    /// In id order.
    ///
    /// @param from a source `v`, and what of it
    static List<TaskView> read(Connection c, String from, Rows.Bind bind) throws SQLException {
        return CauseRows.named(
                c, Rows.list(c, "SELECT " + COLUMNS + " FROM " + from + " ORDER BY task_id", bind, ViewRows::view));
    }

    static TaskView view(ResultSet r) throws SQLException {
        var worker = r.getString(11);
        return new TaskView(
                IdRows.id(r, 1),
                IdRows.id(r, 2),
                IdRows.ifAny(r, 3),
                switch (r.getString(4)) {
                    case "C" -> TaskKind.COMMAND;
                    case "O" -> TaskKind.OPENJD;
                    default -> TaskKind.GROUP;
                },
                r.getString(5),
                TaskState.ofWord(r.getString(6)),
                r.getString(7),
                Rows.number(r, 8),
                Rows.number(r, 9),
                r.getInt(10),
                worker == null ? "" : worker,
                r.getDouble(12),
                r.getString(13),
                r.getInt(14),
                r.getString(15),
                Rows.moment(r, 16).orElseThrow(),
                Rows.moment(r, 17),
                Rows.moment(r, 18),
                IdRows.ifAny(r, 19),
                "",
                Rows.moment(r, 20));
    }
}
