package aque.farm;

import aque.task.TaskId;
import java.time.Duration;
import java.util.List;

/// A kill or a cancel that can still be taken back: `Broker.undo`, or cut short: `Broker.carryOut`.
///
/// @param action its number in the history
/// @param kill what runs too; else only what has not started
/// @param ids as they were named; groups stand for their members
/// @param tasks how many tasks it will stop
/// @param left of its grace, on the server's clock
public record StopRequest(long action, boolean kill, List<TaskId> ids, int tasks, Duration left, String actor) {}
