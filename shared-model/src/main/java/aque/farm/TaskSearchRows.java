package aque.farm;

import aque.db.Rows;
import aque.task.TaskState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A search as SQL: the condition on `task_view v`, and its arguments in order.
final class TaskSearchRows {
    private final StringBuilder where = new StringBuilder("v.kind <> 'G'");
    private final List<Argument> arguments = new ArrayList<>();

    @FunctionalInterface
    private interface Argument {
        void set(PreparedStatement s, int at) throws SQLException;
    }

    TaskSearchRows(TaskSearch search) {
        if (search.ofAttempts()) {
            attempts(search);
        } else if (!search.states().isEmpty()) {
            and(
                    "v.state = ANY (?)",
                    texts(search.states().stream().map(TaskState::word).toList()));
        }
        search.words()
                .forEach(word -> and(
                        "(v.name ILIKE ? OR EXISTS (SELECT 1 FROM job n WHERE n.job_id = v.job_id AND n.title ILIKE ?))",
                        text(like(word)),
                        text(like(word))));
        if (!search.owners().isEmpty()) {
            and("lower(v.owner) = ANY (?)", texts(search.owners()));
        }
    }

    String where() {
        return where.toString();
    }

    /// Sets the arguments; answers the number of the next one.
    int set(PreparedStatement s) throws SQLException {
        int at = 1;
        for (var argument : arguments) {
            argument.set(s, at++);
        }
        return at;
    }

    /// Ended attempts, and the running ones where nothing asks for an end.
    private void attempts(TaskSearch search) {
        where.append(" AND v.task_id IN (SELECT a.task_id FROM attempt a JOIN worker w USING (worker_id) WHERE true");
        worker(search);
        span("a.started_at", search.began());
        span("a.ended_at", search.ended());
        if (!search.exitCodes().isEmpty()) {
            and("a.exit_code = ANY (?)", (s, at) -> Rows.setArray(s, at, "int4", search.exitCodes().stream()));
        }
        if (!search.states().isEmpty()) {
            and("a.state::text = ANY (?)", texts(codes(search)));
        }
        if (search.exitCodes().isEmpty() && search.ended().always() && running(search)) {
            where.append(" UNION ALL SELECT e.task_id FROM lease e JOIN worker w USING (worker_id) WHERE true");
            worker(search);
            span("e.acquired_at", search.began());
        }
        where.append(")");
    }

    private void worker(TaskSearch search) {
        if (!search.workers().isEmpty()) {
            and(
                    "w.name ILIKE ANY (?)",
                    texts(search.workers().stream().map(TaskSearchRows::like).toList()));
        }
    }

    private void span(String column, TaskSearch.Span span) {
        span.from().ifPresent(from -> and(column + " >= ?", (s, at) -> s.setTimestamp(at, Timestamp.from(from))));
        span.to().ifPresent(to -> and(column + " < ?", (s, at) -> s.setTimestamp(at, Timestamp.from(to))));
    }

    private static boolean running(TaskSearch search) {
        return search.states().isEmpty() || search.states().stream().anyMatch(TaskState::active);
    }

    private static List<String> codes(TaskSearch search) {
        return search.states().stream()
                .map(state -> switch (state) {
                    case SUCCESS -> "S";
                    case ERROR -> "E";
                    case KILLED -> "K";
                    default -> "-";
                })
                .collect(Collectors.toList());
    }

    private void and(String condition, Argument... these) {
        where.append(" AND ").append(condition);
        arguments.addAll(List.of(these));
    }

    private static Argument text(String text) {
        return (s, at) -> s.setString(at, text);
    }

    private static Argument texts(List<String> texts) {
        return (s, at) -> Rows.setArray(s, at, "text", texts.stream());
    }

    private static String like(String piece) {
        return "%" + piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
