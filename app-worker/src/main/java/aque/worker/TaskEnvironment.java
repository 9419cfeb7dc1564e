package aque.worker;

import aque.broker.Claim;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The variables of a task's processes: a little of the worker's own, the job's over it, and who the task is on top.
final class TaskEnvironment {
    private static final Set<String> KEPT = Set.of(
            "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "AQUE_CLIENTS");

    /// Where a task's processes reach their worker, and the key that says which task they are.
    static final String CHANNEL = "AQUE_CHANNEL";

    private TaskEnvironment() {}

    /// @param broker where the queue is, without a password
    /// @param channel where the worker listens, with the task's key
    static Map<String, String> of(Claim claim, String worker, String broker, String channel) {
        var env = new HashMap<String, String>();
        System.getenv().forEach((name, value) -> {
            if (KEPT.contains(name)) {
                env.put(name, value);
            }
        });
        env.putAll(claim.environment());
        env.put("AQUE_TID", claim.task().toString());
        env.put("AQUE_JOB", claim.job().toString());
        env.put("AQUE_ATTEMPT", Integer.toString(claim.attempt()));
        env.put("AQUE_WORKER", worker);
        env.put("AQUE_CPUS", Integer.toString(Math.max(1, (claim.cpuMilli() + 999) / 1000)));
        env.put("AQUE_MEMORY", Long.toString(claim.memory()));
        env.put("AQUE_BROKER", broker);
        env.put(CHANNEL, channel);
        return env;
    }
}
