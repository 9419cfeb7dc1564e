package aque.broker;

import aque.submit.Wiring;

/// How many steps wait behind each task of a submission, one after the other: what others depend on goes first (A16).
/// Linear in tasks and edges. Pure.
final class CriticalPath {
    private CriticalPath() {}

    /// The longest chain behind each task, in tasks; 0 for what nothing waits for.
    ///
    /// @param order in which members come before their group and upstream before downstream
    static int[] steps(Wiring wiring, int[] order) {
        var steps = new int[order.length];
        var top = new int[order.length]; // of a group: the longest chain of a member
        for (var at = order.length - 1; at >= 0; at--) {
            var i = order[at];
            var group = wiring.parent(i);
            if (group >= 0) {
                steps[i] = Math.max(steps[i], steps[group]);
            }
            // All members of a group that waits for this one stand behind it: their chains are known.
            for (var d : wiring.downstream(i)) {
                if (wiring.isGroup(d)) {
                    steps[i] = Math.max(steps[i], top[d] + 1);
                }
            }
            if (!wiring.isGroup(i)) {
                passUp(group, steps[i], wiring, top);
                for (var u : wiring.upstream(i)) {
                    steps[u] = Math.max(steps[u], steps[i] + 1);
                }
            }
        }
        return steps;
    }

    private static void passUp(int group, int steps, Wiring wiring, int[] top) {
        for (var g = group; g >= 0; g = wiring.parent(g)) {
            top[g] = Math.max(top[g], steps);
        }
    }
}
