package aque.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// Puts the tasks of a submission into an order in which every task comes after what it waits for and every group
/// after
/// its members, and refuses what cannot be put so (A10, A11). Pure; linear but for the heap.
public final class TaskOrder {
    private TaskOrder() {}

    /// The places of the tasks in submission order, the root last.
    ///
    /// @throws SubmitException for a cycle (named along its tasks), an unknown task, several roots or a parent that
    /// is no group
    public static int[] of(List<NewTask> tasks) {
        var n = tasks.size();
        check(tasks);
        // A wait on or by a group holds for all its members: enough for the order is group → each direct member's
        // turn,
        // so a gate node per group stands before its members and the group itself after them.
        var counts = new int[2 * n];
        var next = new ArrayList<List<Integer>>(2 * n);
        for (var i = 0; i < 2 * n; i++) {
            next.add(new ArrayList<>(2));
        }
        for (var i = 0; i < n; i++) {
            var t = tasks.get(i);
            edge(next, counts, n + i, i);
            for (var u : t.upstream()) {
                edge(next, counts, u, n + i);
            }
            if (t.parent() >= 0) {
                edge(next, counts, n + t.parent(), n + i);
                edge(next, counts, i, t.parent());
            }
        }
        var queue = new PriorityQueue<Integer>((a, b) -> Integer.compare(rank(a, n), rank(b, n)));
        for (var i = 0; i < 2 * n; i++) {
            if (counts[i] == 0) {
                queue.add(i);
            }
        }
        var order = new int[n];
        var at = 0;
        var seen = 0;
        while (!queue.isEmpty()) {
            int i = queue.remove();
            seen++;
            if (i < n) {
                order[at++] = i;
            }
            for (var d : next.get(i)) {
                if (--counts[d] == 0) {
                    queue.add(d);
                }
            }
        }
        if (seen < 2 * n) {
            throw new SubmitException("dependency cycle: " + cycle(tasks, next, counts));
        }
        return order;
    }

    private static int rank(int node, int n) {
        return node >= n ? node - n : node;
    }

    private static void edge(List<List<Integer>> next, int[] counts, int from, int to) {
        next.get(from).add(to);
        counts[to]++;
    }

    private static void check(List<NewTask> tasks) {
        var n = tasks.size();
        var roots = 0;
        for (var t : tasks) {
            if (t.parent() < 0) {
                roots++;
            } else if (t.parent() >= n || !tasks.get(t.parent()).isGroup()) {
                throw new SubmitException("task " + t.name() + ": its parent is no group of this job");
            }
            for (var u : t.upstream()) {
                if (u < 0 || u >= n) {
                    throw new SubmitException("task " + t.name() + ": depends on a task that is not there");
                }
            }
        }
        if (roots != 1 && n > 0) {
            throw new SubmitException("a job has one root, this has " + roots);
        }
    }

    private static String cycle(List<NewTask> tasks, List<List<Integer>> next, int[] counts) {
        var n = tasks.size();
        var node = 0;
        while (counts[node] == 0) {
            node++;
        }
        // Every node left has a predecessor left: walking backwards must come round.
        var previous = new int[2 * n];
        for (var i = 0; i < 2 * n; i++) {
            if (counts[i] > 0) {
                for (var d : next.get(i)) {
                    previous[d] = i;
                }
            }
        }
        var visited = new boolean[2 * n];
        while (!visited[node]) {
            visited[node] = true;
            node = previous[node];
        }
        var names = new ArrayList<String>();
        var start = node;
        do {
            var name = tasks.get(rank(node, n)).name();
            if (names.isEmpty() || !names.getLast().equals(name)) {
                names.add(name);
            }
            node = previous[node];
        } while (node != start && names.size() < 12);
        names.add(names.getFirst());
        return String.join(" ← ", names);
    }
}
