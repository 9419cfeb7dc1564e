package aque.farm;

import aque.db.Database;
import aque.db.Rows;
import aque.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The site's policy: which rules there are, and what they gave a job. The database applies them when a job is
/// submitted, by
/// whichever program. Any thread.
public final class PolicyStore {
    private final Database database;

    public PolicyStore(Database database) {
        this.database = database;
    }

    /// All rules, the weakest first.
    public List<PolicyRule> rules() {
        return database.list(
                "SELECT rule, layer, whom, kind::text, gives::text FROM policy"
                        + " ORDER BY array_position(ARRAY['site', 'show', 'queue', 'user'], layer), rule",
                Rows.ALL,
                PolicyStore::rule);
    }

    private static PolicyRule rule(ResultSet r) throws SQLException {
        return new PolicyRule(
                r.getInt(1),
                PolicyRule.Layer.valueOf(r.getString(2).toUpperCase(Locale.ROOT)),
                r.getString(3),
                JsonRows.texts(r, 4),
                JsonRows.texts(r, 5));
    }

    /// Jobs that are submitted from now on get this.
    ///
    /// @param actor who says so, for the history
    /// @return the rule's number
    public int add(PolicyRule rule, String actor) {
        return database.call(
                "SELECT add_policy(?, ?, ?, ?, ?)",
                s -> {
                    s.setString(1, rule.layer().word());
                    s.setString(2, rule.whom());
                    s.setString(3, JsonMapper.shared().writeValueAsString(rule.kind()));
                    s.setString(4, JsonMapper.shared().writeValueAsString(rule.gives()));
                    s.setString(5, actor);
                },
                r -> r.getInt(1));
    }

    /// No job gets this any more; those that have it keep it.
    ///
    /// @return false when there is no such rule
    public boolean drop(int number, String actor) {
        return database.call(
                "SELECT drop_policy(?, ?)",
                s -> {
                    s.setInt(1, number);
                    s.setString(2, actor);
                },
                r -> r.getBoolean(1));
    }

    /// What rules gave this job, a line each: `priority 500 by rule 1 of the site, 2000 was asked for`.
    public List<String> given(TaskId job) {
        return database.list("""
                SELECT g ->> 'name', g ->> 'value', g ->> 'was', (g ->> 'rule')::int, g ->> 'layer'
                  FROM job j, jsonb_array_elements(j.policy) g WHERE j.job_id = (SELECT job_id FROM task WHERE task_id = ?)""", s -> s.setLong(1, job.value()), PolicyStore::line);
    }

    private static String line(ResultSet r) throws SQLException {
        var asked = Optional.ofNullable(r.getString(3)).filter(w -> !w.isEmpty());
        return r.getString(1) + " " + r.getString(2) + " by rule " + r.getInt(4) + " of the " + r.getString(5)
                + asked.map(w -> ", " + w + " was asked for").orElse("");
    }
}
