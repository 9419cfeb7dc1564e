package aque.farm;

import aque.db.Database;
import aque.task.TaskId;

/// How many tasks go before one that is ready: those of higher priorities, and of its own priority those that wait
/// longer or that more waits for. What machines they fit and what shares have is not looked at: any of them may be
/// passed over (P45). Any thread.
final class QueuePlace {
    /// More are not counted: nobody waits for so many.
    private static final int MOST = 1000;

    private final Database database;

    QueuePlace(Database database) {
        this.database = database;
    }

    /// In words for people.
    Reason of(TaskId task) {
        int before = before(task);
        return Reason.of(
                switch (before) {
                    case 0 -> "no task goes before it";
                    case 1 -> "1 task goes before it";
                    default -> (before > MOST ? "more than " + MOST : before) + " tasks go before it";
                });
    }

    private int before(TaskId task) {
        return database.first(
                        """
                        WITH me AS (SELECT l.prio, t.sort_key - (l.urgency::bigint << 31) k, t.task_id FROM task t JOIN lane l USING (lane_id) WHERE t.task_id = ?)
                        SELECT count(*) FROM (SELECT 1 FROM me, lane l JOIN ready r USING (lane_id)
                                               WHERE l.pickable AND l.prio >= me.prio AND r.not_before <= clock_timestamp() AND (l.not_before IS NULL OR l.not_before <= clock_timestamp())
                                                 AND (l.prio > me.prio OR (r.sort_key - (l.urgency::bigint << 31), r.task_id) < (me.k, me.task_id)) LIMIT ?) q""",
                        s -> {
                            s.setLong(1, task.value());
                            s.setInt(2, MOST + 1);
                        },
                        r -> r.getInt(1))
                .orElse(0);
    }
}
