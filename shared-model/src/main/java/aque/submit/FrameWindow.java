package aque.submit;

import aque.openjd.Frames;
import java.util.TreeSet;

/// Which frames another frame waits for: those around it.
///
/// @param from what is added to a frame for the first that it waits for; `to` for the last
public record FrameWindow(long from, long to) {
    private static final long WIDEST = 1000;

    public FrameWindow {
        if (from > to || to - from > 2 * WIDEST) {
            throw new SubmitException("a frame window holds at most " + WIDEST + " frames on either side");
        }
    }

    /// @param offset added to each frame
    /// @param window so many frames more on either side
    public static FrameWindow of(long offset, long window) {
        return new FrameWindow(offset - window, offset + window);
    }

    /// The frames that these frames wait for.
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
