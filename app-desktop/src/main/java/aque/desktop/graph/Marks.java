package aque.desktop.graph;

import aque.desktop.feed.Selection;
import aque.task.TaskId;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/// What stands out in the graph of one job.
///
/// @param chosen boxes with something selected in them
/// @param lead the box of what the other views show
/// @param task that task or group itself
/// @param found boxes with something that was searched for
record Marks(BitSet chosen, Optional<Integer> lead, Optional<TaskId> task, BitSet found, boolean critical) {

    static Marks of(JobPicture picture, Selection selection, Set<TaskId> found, boolean critical) {
        var lead = selection.lead().get();
        return new Marks(
                boxes(picture, selection.ids()), lead.flatMap(picture::box), lead, boxes(picture, found), critical);
    }

    /// Nothing stands out: for a picture to keep.
    static Marks none(boolean critical) {
        return new Marks(new BitSet(), Optional.empty(), Optional.empty(), new BitSet(), critical);
    }

    private static BitSet boxes(JobPicture picture, Set<TaskId> tasks) {
        var boxes = new BitSet();
        tasks.forEach(task -> picture.box(task).ifPresent(boxes::set));
        return boxes;
    }
}
