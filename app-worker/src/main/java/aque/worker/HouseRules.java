package aque.worker;

/// What a worker lets its tasks do; its operator says so, and may change it while they run.
///
/// @param logBytes of a task's output so much is kept, head and tail
/// @param overMemory what becomes of a task that uses more memory than it has reserved
/// @param policy which programs may be started here
/// @param runAs who its tasks' processes are
public record HouseRules(long logBytes, OverMemory overMemory, Policy policy, RunAs runAs) {
    /// 2 GiB of output a task, a word about memory, every program.
    public static final HouseRules USUAL = new HouseRules(2L << 30, OverMemory.WARN, Policy.EVERYTHING);

    /// With tasks that are who the worker is.
    public HouseRules(long logBytes, OverMemory overMemory, Policy policy) {
        this(logBytes, overMemory, policy, RunAs.WORKER);
    }

    /// Who a task's processes are.
    public enum RunAs {
        /// Who the worker is: a farm of one domain of trust.
        WORKER,
        /// Who has submitted it: a shared farm.
        SUBMITTER
    }

    /// What becomes of a task that uses more than it has reserved.
    public enum OverMemory {
        /// Nothing.
        ALLOW,
        /// Its log says so.
        WARN,
        /// It fails with the reason `over_memory`.
        KILL
    }
}
