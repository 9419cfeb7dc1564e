package aque.broker;

import aque.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The broker's answer to a heartbeat.
///
/// @param fenced this worker was given up; its attempts are no longer its own
/// @param stops what somebody wants stopped, and whether as a kill or as a requeue
/// @param lost attempts that the worker named and does not hold any more
/// @param signals signals to send once, in order
/// @param draining take no more work
/// @param leaving give back what runs, and end
/// @param nextStop until the grace of the next kill or cancel is over, so that somebody beats then
/// @param files some job waits for files, see [Broker#filesToSee]
/// @param reload read the configuration again
/// @param setting what the farm says of this worker, see [aque.schedule.WorkerSetting]; "" nothing
public record Beat(
        boolean fenced,
        Map<TaskId, Stop> stops,
        Set<TaskId> lost,
        List<Signal> signals,
        boolean draining,
        boolean leaving,
        Optional<Duration> nextStop,
        boolean files,
        boolean reload,
        String setting) {

    /// Why a running task is to be stopped.
    public enum Stop {
        KILL,
        REQUEUE
    }

    /// One signal for one task's processes.
    public record Signal(TaskId task, int attempt, int number) {}
}
