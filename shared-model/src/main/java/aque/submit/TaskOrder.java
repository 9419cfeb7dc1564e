package aque.submit;

import java.util.ArrayList;
import java.util.BitSet;

/// Puts the tasks of a submission into an order in which every task comes after what it waits for and every group after
/// its members, and refuses what cannot be put so (A10, A11). Of those that could come next the first given comes
/// first.
/// Pure; linear in tasks and edges.
public final class TaskOrder {
    private final Wiring wiring;
    /// Of each task: its own door, and for a group its members, that have still to come.
    private final int[] before;
    /// Of each task's door: what it waits for, and the door of its group. A wait on or by a group holds for all its
    /// members: enough for the order is that the members of a group stand behind its door and the group after them.
    private final int[] closed;
    private final BitSet next;
    private int cursor;

    private TaskOrder(Wiring wiring) {
        this.wiring = wiring;
        var n = wiring.size();
        before = new int[n];
        closed = new int[n];
        next = new BitSet(n);
        for (var i = 0; i < n; i++) {
            before[i] = 1 + wiring.members(i).length;
            closed[i] = wiring.upstream(i).length + (wiring.parent(i) < 0 ? 0 : 1);
        }
    }

    /// The places of the tasks in submission order, the root last.
    ///
    /// @throws SubmitException for a cycle, named along its tasks
    public static int[] of(Wiring wiring) {
        return new TaskOrder(wiring).order();
    }

    private int[] order() {
        var n = wiring.size();
        for (var i = 0; i < n; i++) {
            if (wiring.parent(i) < 0 && wiring.upstream(i).length == 0) {
                open(i);
            }
        }
        var order = new int[n];
        var at = 0;
        for (int i; (i = next.nextSetBit(cursor)) >= 0; ) {
            next.clear(i);
            cursor = i;
            order[at++] = i;
            ended(i);
        }
        if (at < n) {
            throw new SubmitException("dependency cycle: " + cycle());
        }
        return order;
    }

    private void ended(int task) {
        for (var d : wiring.downstream(task)) {
            unlock(d);
        }
        if (wiring.parent(task) >= 0) {
            came(wiring.parent(task));
        }
    }

    private void unlock(int door) {
        if (--closed[door] == 0) {
            open(door);
        }
    }

    private void open(int door) {
        came(door);
        for (var m : wiring.members(door)) {
            unlock(m);
        }
    }

    private void came(int task) {
        if (--before[task] == 0) {
            next.set(task);
            cursor = Math.min(cursor, task);
        }
    }

    /// Every task or door that is left has one left before it: walking backwards must come round.
    private String cycle() {
        var n = wiring.size();
        var node = 0;
        while (before[node] <= 0) {
            node++;
        }
        var visited = new BitSet(2 * n);
        while (!visited.get(node)) {
            visited.set(node);
            node = previous(node);
        }
        var names = new ArrayList<String>();
        var start = node;
        do {
            var name = wiring.name(node % n);
            if (names.isEmpty() || !names.getLast().equals(name)) {
                names.add(name);
            }
            node = previous(node);
        } while (node != start && names.size() < 12);
        names.add(names.getFirst());
        return String.join(" ← ", names);
    }

    /// What a task (below n) or a door (its task's place and n) that is left still waits for.
    private int previous(int node) {
        var n = wiring.size();
        if (node < n) {
            if (closed[node] > 0) {
                return n + node;
            }
            for (var m : wiring.members(node)) {
                if (before[m] > 0) {
                    return m;
                }
            }
        } else {
            for (var u : wiring.upstream(node - n)) {
                if (before[u] > 0) {
                    return u;
                }
            }
            var group = wiring.parent(node - n);
            if (group >= 0) {
                return n + group;
            }
        }
        throw new IllegalStateException("nothing is left before " + wiring.name(node % n));
    }
}
