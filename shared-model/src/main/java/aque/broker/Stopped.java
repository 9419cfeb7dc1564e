package aque.broker;

import aque.task.TaskId;
import java.util.List;

/// What a kill or a cancel did: ended without having started, and asked to stop.
public record Stopped(List<TaskId> cancelled, List<TaskId> stopping) {
    public boolean nothing() {
        return cancelled.isEmpty() && stopping.isEmpty();
    }
}
