package aque.submit;

import aque.openjd.Frames;
import aque.task.TaskId;

/// Tasks wait frame by frame: one of the frames 1 to 10 starts after exactly those upstream tasks that hold them,
/// however differently both are cut into chunks. A task of no frames waits for all of `upstream`.
///
/// @param upstream a task, or a job, step or group whose members are looked at
public record ByFrame(TaskId upstream, FrameWindow window) {

    /// @param offset added to each frame
    /// @param window so many frames more on either side
    public static ByFrame of(TaskId upstream, long offset, long window) {
        return new ByFrame(upstream, FrameWindow.of(offset, window));
    }

    /// The upstream frames that a task of these frames waits for.
    public Frames needs(Frames mine) {
        return window.needs(mine);
    }
}
