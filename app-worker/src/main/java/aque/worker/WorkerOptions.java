package aque.worker;

import aque.farm.HostName;
import aque.schedule.WorkerSetting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a worker is to work.
///
/// @param cpuMilli what it gives, thousandths of a core; `memory` in bytes
/// @param mode until when
/// @param idleExit ends after so long without a task
/// @param rules what its tasks may do
/// @param habits when it works
/// @param local the broker is the user's own embedded server: tasks find it without being told
public record WorkerOptions(
        String name,
        int cpuMilli,
        long memory,
        Map<String, Double> amounts,
        Map<String, Set<String>> attributes,
        Mode mode,
        Optional<Duration> idleExit,
        boolean local,
        HouseRules rules,
        Habits habits) {

    /// Always there.
    public WorkerOptions(
            String name,
            int cpuMilli,
            long memory,
            Map<String, Double> amounts,
            Map<String, Set<String>> attributes,
            Mode mode,
            Optional<Duration> idleExit,
            boolean local,
            HouseRules rules) {
        this(name, cpuMilli, memory, amounts, attributes, mode, idleExit, local, rules, Habits.NONE);
    }

    /// What the farm says of this worker over what its own file says, and never more than that gives.
    WorkerOptions with(WorkerSetting setting) {
        return new WorkerOptions(
                name,
                Math.min(cpuMilli, setting.cpus().orElse(cpuMilli)),
                Math.min(memory, setting.memory().orElse(memory)),
                amounts,
                setting.over(attributes),
                mode,
                idleExit,
                local,
                rules,
                habits.with(setting));
    }

    /// With the usual rules.
    public WorkerOptions(
            String name,
            int cpuMilli,
            long memory,
            Map<String, Double> amounts,
            Map<String, Set<String>> attributes,
            Mode mode,
            Optional<Duration> idleExit,
            boolean local) {
        this(name, cpuMilli, memory, amounts, attributes, mode, idleExit, local, HouseRules.USUAL);
    }

    /// When a worker ends by itself (A62).
    public enum Mode {
        FOREVER,
        /// After one task.
        ONE,
        /// When nothing is left that it could start.
        TO_END
    }

    /// The whole of this machine, until told.
    public static WorkerOptions ofThisMachine() {
        return new WorkerOptions(
                HostName.here(),
                Machine.cpus() * 1000,
                Machine.memory(),
                Map.of(),
                Map.of(),
                Mode.FOREVER,
                Optional.empty(),
                false);
    }
}
