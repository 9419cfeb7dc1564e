package aque.worker;

import aque.broker.Claim;
import aque.farm.LogBudgetStore;
import aque.farm.LogBudgetStore.Look;
import aque.task.TaskId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Counts what is written, and keeps less of it where it is too much: of a job that has written its share, and of all
/// when the farm's budget is used up, head and tail only; then all of it stays on the worker. Logs never stop the farm.
/// One thread; [#limit] from any.
final class LogBudgetWatch {
    private static final LogLimit LITTLE = LogLimit.of(4L << 20);

    private final LogBudgetStore store;
    private volatile Look look = new Look(Set.of(), false);

    LogBudgetWatch(LogBudgetStore store) {
        this.store = store;
    }

    /// @param grown by how much the logs of tasks have grown
    /// @param running what runs here
    /// @return whether older logs must go
    boolean watch(Map<TaskId, Long> grown, Collection<Claim> running) {
        if (!grown.isEmpty()) {
            store.add(grown);
        }
        if (!grown.isEmpty() || look.full()) {
            look = store.look(running.stream().map(Claim::job).collect(Collectors.toSet()));
        }
        return look.full();
    }

    /// How much of each stream of a task of this job is kept.
    LogLimit limit(TaskId job, long usual) {
        if (look.full()) {
            return LITTLE.andElsewhere();
        }
        return look.crowded().contains(job) ? LITTLE : LogLimit.of(usual);
    }
}
