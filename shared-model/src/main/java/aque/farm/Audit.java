package aque.farm;

import aque.db.Database;
import java.util.ArrayList;
import java.util.List;

/// What must be true of the queue's tables after every commit, whatever was done: each counter says what the rows
/// say. For tests and for whoever doubts. Reads only; any thread.
public final class Audit {
    /// Each row that one of these answers is a fault: its kind and the id that it is about.
    private static final List<String> RULES =
            List.of("""
            SELECT 'pending' what, t.task_id FROM task t WHERE t.pending <> (SELECT count(*) FROM dep d JOIN task u ON u.task_id = d.upstream
              WHERE d.downstream = t.task_id AND u.state <> 'S' AND NOT (d.soft AND is_bad(u)))""", """
            SELECT 'bad', t.task_id FROM task t WHERE t.bad <> (SELECT count(*) FROM dep d JOIN task u ON u.task_id = d.upstream
              WHERE d.downstream = t.task_id AND is_bad(u) AND NOT d.soft)""", """
            SELECT 'gate', l.lane_id FROM lane l WHERE (l.gate - (l.cut IS NOT NULL)::int, l.bad - (l.cut IS NOT NULL)::int) <> (SELECT count(*) FILTER (WHERE u.state <> 'S' AND NOT (g.soft AND is_bad(u))), count(*) FILTER (WHERE is_bad(u) AND NOT g.soft)
              FROM gate g JOIN task u ON u.task_id = g.upstream WHERE g.lane_id = l.lane_id)""", """
            SELECT 'lane', l.lane_id FROM lane l WHERE (l.total, l.todo, l.failed, l.blocked, l.stopped) <> (SELECT count(*), count(*) FILTER (WHERE state <> 'S'),
              count(*) FILTER (WHERE state IN ('E', 'K', 'X')), count(*) FILTER (WHERE state = 'E' AND reason = 'dep_failed'), count(*) FILTER (WHERE state IN ('K', 'X'))
              FROM task t WHERE t.job_id = l.job_id AND t.lane_id = l.lane_id)""", """
            SELECT 'group', g.task_id FROM task g WHERE g.kind = 'G' AND (g.n_open, g.n_bad) <> (SELECT coalesce(sum(o), 0), coalesce(sum(b), 0) FROM (
              SELECT (l.todo > l.failed AND l.bad = 0)::int o, (l.failed > 0 OR l.bad > 0 AND l.todo > 0)::int b FROM lane l WHERE l.group_id = g.task_id
              UNION ALL SELECT (c.state = 'B')::int, is_bad(c)::int FROM task c WHERE c.parent_id = g.task_id AND c.kind = 'G') q)""", """
            SELECT 'ready', coalesce(t.task_id, r.task_id) FROM (SELECT t.* FROM task t WHERE t.state = 'R' AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id)) t
              FULL JOIN ready r ON r.task_id = t.task_id AND r.lane_id = t.lane_id WHERE t.task_id IS NULL OR r.task_id IS NULL""", """
            SELECT 'state', t.task_id FROM task t WHERE t.kind <> 'G' AND (t.state = 'B' AND t.pending = 0 OR t.state = 'R' AND t.pending > 0
              AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id) OR t.state = 'B' AND t.bad > 0)""", """
            SELECT 'stop', l.lane_id FROM lane l WHERE (coalesce(l.stop_at, 'infinity'), coalesce(l.kill_at, 'infinity')) <> (SELECT coalesce(min(not_before), 'infinity'), coalesce(min(not_before) FILTER (WHERE kill), 'infinity')
              FROM lane_before b JOIN stop_request q USING (action_id) WHERE b.lane_id = l.lane_id)""", """
            SELECT 'started in its grace', e.task_id FROM lease e JOIN lane_before b USING (lane_id) JOIN stop_request q USING (action_id) JOIN action a USING (action_id)
              WHERE e.acquired_at > a.at""", """
            SELECT 'split of nothing', l.lane_id FROM lane l WHERE l.of_lane IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lane o WHERE o.lane_id = l.of_lane)""", """
            SELECT 'edge left behind', downstream FROM dep WHERE upstream < 0 UNION ALL SELECT 'gate left behind', lane_id FROM gate WHERE upstream < 0""", """
            SELECT 'blocked by nothing', t.task_id FROM task t LEFT JOIN lane l USING (lane_id) WHERE t.kind <> 'G' AND (t.state = 'E' AND t.reason = 'dep_failed' OR t.state IN ('B', 'R') AND l.bad > 0 AND l.cut IS NULL)
              AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id) AND roots(ARRAY[t.task_id]) = '{}'""", """
            SELECT 'most', l.job_id FROM lane l WHERE l.most < (SELECT count(*) FROM lease e WHERE e.job_id = l.job_id)""", """
            SELECT 'limit', 0 FROM farm_limit f WHERE f.per = 'task' AND f.most < (SELECT sum(e.takes[array_position(e.limits, f.name)]) FROM lease e WHERE f.name = ANY (e.limits))""", """
            SELECT 'too many', j.job_id FROM job j WHERE j.held_for IS DISTINCT FROM 'too_many_errors' AND most_errors(j) > 0 AND most_errors(j) <= (SELECT sum(failed - blocked - stopped) FROM lane l WHERE l.job_id = j.job_id) - j.forgiven""", """
            SELECT 'ended', g.task_id FROM task g WHERE g.kind = 'G' AND (g.state <> 'B') <> (g.n_open = 0 AND (g.pending = 0 OR g.bad > 0))""");

    private Audit() {}

    /// Every fault as `kind of id`, all in one snapshot; empty when all is as it must be.
    public static List<String> faults(Database database) {
        return database.snapshot(c -> {
            var out = new ArrayList<String>();
            try (var s = c.createStatement()) {
                for (var rule : RULES) {
                    try (var r = s.executeQuery(rule)) {
                        while (r.next()) {
                            out.add(r.getString(1) + " of " + r.getLong(2));
                        }
                    }
                }
            }
            return out;
        });
    }
}
