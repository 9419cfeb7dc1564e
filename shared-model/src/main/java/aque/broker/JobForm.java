package aque.broker;

import aque.schedule.Needs;
import aque.submit.Source;
import aque.submit.Submission;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A submission as the server takes it.
sealed interface JobForm permits OneTask, SubmitRows {
    /// @throws aque.submit.SubmitException for a graph that cannot be
    static JobForm of(Submission submission, Optional<Source> source, LearntTimes times) {
        return OneTask.is(submission)
                ? new OneTask(submission, source, times)
                : SubmitRows.of(submission, source, times);
    }

    /// What its lanes ask of machines.
    List<Needs> needs();

    /// Whether [#write] is a single statement.
    boolean isOneCall();

    /// Where it is one call, with a transaction of its own and what is said after that.
    ///
    /// @param known the requirement class of each of the needs
    /// @param after a statement; empty for none, and the caller's transaction
    /// @return the job's id; negative when its key was known
    long write(Connection c, Map<Needs, Integer> known, String after) throws SQLException;

    /// @param call a query that answers the id
    static String statement(String call, String after) {
        return after.isEmpty() ? call : "BEGIN; " + call + "; COMMIT; " + after;
    }

    static long answer(PreparedStatement s) throws SQLException {
        if (!s.execute()) {
            s.getMoreResults();
        }
        try (var r = s.getResultSet()) {
            r.next();
            return r.getLong(1);
        }
    }
}
