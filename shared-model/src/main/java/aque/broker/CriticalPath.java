package aque.broker;

import aque.submit.NewTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// How many steps wait behind each task of a submission, one after the other: what others depend on goes first (A16).
/// Linear in tasks and edges. Pure.
final class CriticalPath {
    private CriticalPath() {}

    /// The longest chain behind each task, in tasks; 0 for what nothing waits for.
    ///
    /// @param tasks in an order in which members come before their group and upstream before downstream
    /// @param parent the place of a task's group, -1 for the root
    /// @param upstream the places of what a task waits for
    static int[] steps(List<NewTask> tasks, ToIntFunction<NewTask> parent, Function<NewTask, int[]> upstream) {
        var n = tasks.size();
        var steps = new int[n];
        var top = new int[n]; // of a group: the longest chain of a member
        var waitingGroups = waitingGroups(tasks, upstream);
        for (var i = n - 1; i >= 0; i--) {
            var t = tasks.get(i);
            var group = parent.applyAsInt(t);
            if (group >= 0) {
                steps[i] = Math.max(steps[i], steps[group]);
            }
            // All members of a group that waits for this one stand behind it: their chains are known.
            for (var g : waitingGroups.getOrDefault(i, List.of())) {
                steps[i] = Math.max(steps[i], top[g] + 1);
            }
            if (!t.isGroup()) {
                passUp(i, steps[i], tasks, parent, top);
                for (var u : upstream.apply(t)) {
                    steps[u] = Math.max(steps[u], steps[i] + 1);
                }
            }
        }
        return steps;
    }

    private static Map<Integer, List<Integer>> waitingGroups(List<NewTask> tasks, Function<NewTask, int[]> upstream) {
        var out = new HashMap<Integer, List<Integer>>();
        for (var g = 0; g < tasks.size(); g++) {
            if (tasks.get(g).isGroup()) {
                for (var u : upstream.apply(tasks.get(g))) {
                    out.computeIfAbsent(u, k -> new ArrayList<>()).add(g);
                }
            }
        }
        return out;
    }

    private static void passUp(int task, int steps, List<NewTask> tasks, ToIntFunction<NewTask> parent, int[] top) {
        for (var g = parent.applyAsInt(tasks.get(task)); g >= 0; g = parent.applyAsInt(tasks.get(g))) {
            top[g] = Math.max(top[g], steps);
        }
    }
}
