package aque.log;

import aque.task.TaskId;
import java.time.Instant;

/// Bytes that a task wrote to one channel, in one piece. `offset` counts bytes from the start of the attempt's
/// channel,
/// never characters (A100, trap 9).
public record LogChunk(TaskId task, int attempt, Channel channel, long offset, Instant at, byte[] data) {

    public long end() {
        return offset + data.length;
    }
}
