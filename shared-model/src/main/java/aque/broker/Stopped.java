package aque.broker;

import aque.task.TaskId;
import java.util.List;

/// What a kill or a cancel did: ended without having started, and asked to stop.
///
/// @param cancelled where much was cancelled at once, a group stands for its tasks
/// @param tasks how many tasks that is together
public record Stopped(List<TaskId> cancelled, List<TaskId> stopping, int tasks) {
    public boolean nothing() {
        return tasks == 0;
    }
}
