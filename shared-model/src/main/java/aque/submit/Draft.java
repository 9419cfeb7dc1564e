package aque.submit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Tasks as a file tells of them one by one; what comes before what may be told later. One thread.
final class Draft {
    private final List<NewTask> tasks = new ArrayList<>();
    private final Map<Integer, TreeSet<Integer>> upstream = new HashMap<>();

    /// Its place.
    int add(NewTask task) {
        tasks.add(task);
        return tasks.size() - 1;
    }

    /// One comes after another; nothing comes after itself.
    void after(int task, int first) {
        if (task != first) {
            upstream.computeIfAbsent(task, t -> new TreeSet<>()).add(first);
        }
    }

    List<NewTask> made() {
        return IntStream.range(0, tasks.size()).mapToObj(this::made).toList();
    }

    private NewTask made(int place) {
        var before = upstream.get(place);
        return before == null ? tasks.get(place) : tasks.get(place).withUpstream(List.copyOf(before));
    }
}
