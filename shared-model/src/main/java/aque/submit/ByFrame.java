package aque.submit;

import aque.openjd.Frames;
import aque.task.TaskId;
import java.util.TreeSet;

/// Tasks wait frame by frame: one of the frames 1 to 10 starts after exactly those upstream tasks that hold them,
/// however differently both are cut into chunks. A task of no frames waits for all of `upstream`.
///
/// @param upstream a task, or a job, step or group whose members are looked at
/// @param from what is added to each frame of the waiting task for the first frame that it waits for; `to` for the last
public record ByFrame(TaskId upstream, long from, long to) {
    private static final long WIDEST = 1000;

    public ByFrame {
        if (from > to || to - from > 2 * WIDEST) {
            throw new SubmitException("a frame window holds at most " + WIDEST + " frames on either side");
        }
    }

    /// @param offset added to each frame
    /// @param window so many frames more on either side
    public static ByFrame of(TaskId upstream, long offset, long window) {
        return new ByFrame(upstream, offset - window, offset + window);
    }

    /// The upstream frames that a task of these frames waits for.
    public Frames needs(Frames mine) {
        var out = new TreeSet<Long>();
        for (var frame : mine.numbers()) {
            for (var shift = from; shift <= to; shift++) {
                out.add(frame + shift);
            }
        }
        return new Frames(out);
    }
}
