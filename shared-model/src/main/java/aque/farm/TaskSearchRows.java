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
                .forEach(any -> and(
                        "(v.name ILIKE ANY (?) OR EXISTS (SELECT 1 FROM job n WHERE n.job_id = v.job_id AND n.title ILIKE ANY (?)))",
                        pieces(any),
                        pieces(any)));
        search.names().forEach(any -> and("v.name ILIKE ANY (?)", pieces(any)));
        if (!search.owners().isEmpty()) {
            and("lower(v.owner) = ANY (?)", texts(search.owners()));
        }
        search.except().forEach(this::without);
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
        ended(search);
        if (alsoRunning(search)) {
            where.append(" UNION ALL SELECT e.task_id FROM lease e JOIN worker w USING (worker_id) WHERE true");
            running(search);
        }
        where.append(")");
    }

    /// An exception of many attempts: looked for task by task, for a list of them may not fit into memory.
    private void without(TaskSearch search) {
        if (search.ofAttempts()) {
            where.append(" AND NOT EXISTS (SELECT 1 FROM attempt a JOIN worker w USING (worker_id)"
                    + " WHERE a.task_id = v.task_id");
            ended(search);
            where.append(")");
            if (alsoRunning(search)) {
                where.append(" AND NOT EXISTS (SELECT 1 FROM lease e JOIN worker w USING (worker_id)"
                        + " WHERE e.task_id = v.task_id");
                running(search);
                where.append(")");
            }
        }
        if (!search.states().isEmpty()) {
            and(
                    "v.state <> ALL (?)",
                    texts(search.states().stream().map(TaskState::word).toList()));
        }
        search.names().forEach(any -> and("NOT v.name ILIKE ANY (?)", pieces(any)));
    }

    private void ended(TaskSearch search) {
        worker(search);
        span("a.started_at", search.began());
        span("a.ended_at", search.ended());
        if (!search.exitCodes().isEmpty()) {
            and("a.exit_code = ANY (?)", (s, at) -> Rows.setArray(s, at, "int4", search.exitCodes().stream()));
        }
        if (!search.states().isEmpty()) {
            and("a.state::text = ANY (?)", texts(codes(search)));
        }
    }

    private void running(TaskSearch search) {
        worker(search);
        span("e.acquired_at", search.began());
    }

    private void worker(TaskSearch search) {
        if (!search.workers().isEmpty()) {
            and("w.name ILIKE ANY (?)", pieces(search.workers()));
        }
    }

    private void span(String column, TaskSearch.Span span) {
        span.from().ifPresent(from -> and(column + " >= ?", (s, at) -> s.setTimestamp(at, Timestamp.from(from))));
        span.to().ifPresent(to -> and(column + " < ?", (s, at) -> s.setTimestamp(at, Timestamp.from(to))));
    }

    private static boolean alsoRunning(TaskSearch search) {
        return search.exitCodes().isEmpty()
                && search.ended().always()
                && (search.states().isEmpty() || search.states().stream().anyMatch(TaskState::active));
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

    private static Argument texts(List<String> texts) {
        return (s, at) -> Rows.setArray(s, at, "text", texts.stream());
    }

    private static Argument pieces(List<String> pieces) {
        return texts(pieces.stream().map(TaskSearchRows::like).toList());
    }

    private static String like(String piece) {
        return "%" + piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
