package aque.submit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/// Who belongs to whom and who waits for whom, in numbers: the tasks of a submission, looked at once. Pure.
public final class Wiring {
    private final List<NewTask> tasks;
    private final int[] parents;
    private final BitSet groups;
    private final Lists upstream;
    private final Lists downstream;
    private final Lists members;

    private Wiring(List<NewTask> tasks, int[] parents, BitSet groups, int[] ups, int[] downs) {
        this.tasks = tasks;
        this.parents = parents;
        this.groups = groups;
        this.upstream = Lists.of(parents.length, downs, ups);
        this.downstream = Lists.of(parents.length, ups, downs);
        var inner =
                IntStream.range(0, parents.length).filter(i -> parents[i] >= 0).toArray();
        this.members = Lists.of(
                parents.length, Arrays.stream(inner).map(i -> parents[i]).toArray(), inner);
    }

    /// @throws SubmitException for an unknown task, no or several roots, or a parent that is no group
    public static Wiring of(List<NewTask> tasks) {
        return of(tasks, (task, place) -> {});
    }

    /// As [#of(List)], and shows each task with its place to somebody else who wants to look at all.
    public static Wiring of(List<NewTask> tasks, ObjIntConsumer<NewTask> other) {
        var n = tasks.size();
        var parents = new int[n];
        var groups = new BitSet(n);
        var waits = new Edges();
        for (var i = 0; i < n; i++) {
            var t = tasks.get(i);
            parents[i] = t.parent();
            groups.set(i, t.isGroup());
            for (int u : t.upstream()) {
                if (u < 0 || u >= n) {
                    throw new SubmitException("task " + t.name() + ": depends on a task that is not there");
                }
                waits.add(u, i);
            }
            other.accept(t, i);
        }
        check(tasks, parents, groups);
        return new Wiring(tasks, parents, groups, waits.ups(), waits.downs());
    }

    private static void check(List<NewTask> tasks, int[] parents, BitSet groups) {
        var roots = 0;
        for (var i = 0; i < parents.length; i++) {
            if (parents[i] < 0) {
                roots++;
            } else if (parents[i] >= parents.length || !groups.get(parents[i])) {
                throw new SubmitException("task " + tasks.get(i).name() + ": its parent is no group of this job");
            }
        }
        if (roots != 1 && parents.length > 0) {
            throw new SubmitException("a job has one root, this has " + roots);
        }
    }

    public int size() {
        return parents.length;
    }

    /// Its group, -1 for the root.
    public int parent(int task) {
        return parents[task];
    }

    public boolean isGroup(int task) {
        return groups.get(task);
    }

    /// What it waits for, as it was given.
    public int[] upstream(int task) {
        return upstream.get(task);
    }

    /// What waits for it by name.
    public int[] downstream(int task) {
        return downstream.get(task);
    }

    int[] members(int group) {
        return members.get(group);
    }

    /// For people.
    String name(int task) {
        return tasks.get(task).name();
    }

    /// Pairs that grow.
    private static final class Edges {
        private int[] ups = new int[16];
        private int[] downs = new int[16];
        private int n;

        void add(int up, int down) {
            if (n == ups.length) {
                ups = Arrays.copyOf(ups, 2 * n);
                downs = Arrays.copyOf(downs, 2 * n);
            }
            ups[n] = up;
            downs[n++] = down;
        }

        int[] ups() {
            return Arrays.copyOf(ups, n);
        }

        int[] downs() {
            return Arrays.copyOf(downs, n);
        }
    }
}
