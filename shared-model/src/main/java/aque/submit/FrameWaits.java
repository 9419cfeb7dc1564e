package aque.submit;

import aque.openjd.Frames;
import aque.openjd.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the tasks of a step wait for frame by frame. The frames of the steps before it are listed once, when the first
/// task asks: a job that is only described costs nothing. Any thread.
final class FrameWaits {
    private final FrameWindow window;
    private final Map<Integer, Step> upstream;
    private volatile Map<Long, List<Integer>> places = Map.of();

    /// @param upstream steps by the place of their group, or of their only task
    FrameWaits(FrameWindow window, Map<Integer, Step> upstream) {
        this.window = window;
        this.upstream = upstream;
    }

    /// The places of the tasks that hold what these frames wait for; a task of no frames waits for all.
    List<Integer> of(Frames mine) {
        if (mine.isEmpty()) {
            return upstream.keySet().stream().sorted().toList();
        }
        var known = places();
        var out = new TreeSet<Integer>();
        window.needs(mine).numbers().forEach(frame -> out.addAll(known.getOrDefault(frame, List.of())));
        return List.copyOf(out);
    }

    private Map<Long, List<Integer>> places() {
        if (places.isEmpty()) {
            var found = new TreeMap<Long, List<Integer>>();
            upstream.forEach((place, step) -> list(place, step, found));
            places = found;
        }
        return places;
    }

    private static void list(int place, Step step, Map<Long, List<Integer>> found) {
        var space = step.parameterSpace();
        for (var i = 0L; i < space.size(); i++) {
            var at = space.size() == 1 ? place : place + 1 + (int) i;
            space.get(i)
                    .frames()
                    .numbers()
                    .forEach(frame ->
                            found.computeIfAbsent(frame, f -> new ArrayList<>()).add(at));
        }
    }
}
