package aque.desktop.graph;

import aque.desktop.layout.CriticalPath;
import aque.desktop.layout.Fold;
import aque.desktop.layout.Folded;
import aque.desktop.layout.Folded.Link;
import aque.desktop.layout.Graph;
import aque.desktop.layout.GraphLayout;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.layout.Unfold;
import aque.task.TaskId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A job folded and laid out, with its critical path. Made in the background; pure.
///
/// @param boxOf the box that holds a task or stands for a group
/// @param critical the tasks of the critical path
/// @param criticalBoxes the boxes that hold them
/// @param criticalLinks the lines on which it goes from box to box
record JobPlan(
        Folded folded,
        GraphLayout layout,
        Map<TaskId, Integer> boxOf,
        Set<TaskId> critical,
        BitSet criticalBoxes,
        BitSet criticalLinks) {

    static JobPlan of(Graph graph, Unfold unfold, Map<TaskId, Spot> former) {
        var folded = Fold.of(graph, unfold);
        var layout = GraphLayout.of(folded, former);
        var boxOf = new HashMap<TaskId, Integer>();
        for (int i = 0; i < folded.boxes().size(); i++) {
            var box = folded.boxes().get(i);
            int place = i;
            boxOf.put(box.group(), place);
            box.tasks().forEach(task -> boxOf.put(task, place));
        }
        return new JobPlan(folded, layout, boxOf, Set.of(), new BitSet(), new BitSet()).withCritical(graph);
    }

    /// The same with the critical path as it is now.
    JobPlan withCritical(Graph graph) {
        var path = CriticalPath.of(graph);
        var boxes = new BitSet();
        var steps = new HashSet<Long>();
        int last = -1;
        for (var task : path) {
            int box = boxOf.getOrDefault(task, -1);
            if (box >= 0) {
                boxes.set(box);
                if (last >= 0 && last != box) {
                    steps.add(step(last, box));
                }
                last = box;
            }
        }
        var links = new BitSet();
        for (int i = 0; i < folded.links().size(); i++) {
            links.set(i, steps.contains(step(folded.links().get(i))));
        }
        return new JobPlan(folded, layout, boxOf, Set.copyOf(path), boxes, links);
    }

    Optional<Integer> box(TaskId task) {
        return Optional.ofNullable(boxOf.get(task));
    }

    private static long step(Link link) {
        return step(link.from(), link.to());
    }

    private static long step(int from, int to) {
        return (long) from << 32 | to;
    }
}
