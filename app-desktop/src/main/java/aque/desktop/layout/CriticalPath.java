package aque.desktop.layout;

import aque.task.Edge;
import aque.task.TaskId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The chain of tasks that decides when a job ends, had it all the workers it wants: the longest way through what must
/// come before what. What has not ended counts as long as its siblings took in the mean. Pure.
public final class CriticalPath {
    private static final Duration UNKNOWN = Duration.ofMinutes(1);

    private final List<Knot> tasks;
    private final Map<TaskId, Integer> places = new HashMap<>();
    private final List<int[]> steps = new ArrayList<>();

    private CriticalPath(Graph graph) {
        this.tasks = graph.tasks();
        for (int i = 0; i < tasks.size(); i++) {
            places.put(tasks.get(i).id(), i);
        }
        for (int i = 0; i < tasks.size(); i++) {
            hang(i);
        }
        graph.edges().forEach(this::edge);
    }

    /// The chain in its order, groups left out. Empty for a job without any order.
    public static List<TaskId> of(Graph graph) {
        return new CriticalPath(graph).longest();
    }

    // A task has two nodes: its start and its end. Between those of a group lie its members.

    private static int start(int task) {
        return 2 * task;
    }

    private static int end(int task) {
        return 2 * task + 1;
    }

    private void hang(int child) {
        tasks.get(child).parent().map(places::get).ifPresent(parent -> {
            if (tasks.get(parent).group()) {
                steps.add(new int[] {start(parent), start(child)});
                steps.add(new int[] {end(child), end(parent)});
            } else {
                steps.add(new int[] {end(child), start(parent)});
            }
        });
    }

    private void edge(Edge edge) {
        var up = places.get(edge.upstream());
        var down = places.get(edge.downstream());
        if (up != null && down != null) {
            steps.add(new int[] {end(up), start(down)});
        }
    }

    private List<TaskId> longest() {
        int nodes = 2 * tasks.size();
        for (int i = 0; i < tasks.size(); i++) {
            steps.add(new int[] {start(i), end(i)});
        }
        var seconds = durations();
        var after = new int[nodes][];
        var missing = new int[nodes];
        var counts = new int[nodes];
        steps.forEach(step -> counts[step[0]]++);
        Arrays.setAll(after, i -> new int[counts[i]]);
        for (var step : steps) {
            after[step[0]][--counts[step[0]]] = step[1];
            missing[step[1]]++;
        }
        var length = new double[nodes];
        var from = new int[nodes];
        Arrays.fill(from, -1);
        var ready = new ArrayDeque<Integer>();
        for (int i = 0; i < nodes; i++) {
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        int last = -1;
        while (!ready.isEmpty()) {
            int node = ready.remove();
            if (last < 0 || length[node] > length[last]) {
                last = node;
            }
            for (int next : after[node]) {
                double now = length[node] + (next == node + 1 && node % 2 == 0 ? seconds[node / 2] : 0);
                if (from[next] < 0 || now > length[next]) {
                    length[next] = now;
                    from[next] = node;
                }
                if (--missing[next] == 0) {
                    ready.add(next);
                }
            }
        }
        return chain(last, from);
    }

    private List<TaskId> chain(int last, int[] from) {
        var chain = new ArrayList<TaskId>();
        for (int node = last; node >= 0; node = from[node]) {
            var task = tasks.get(node / 2);
            if (node % 2 == 1 && !task.group()) {
                chain.add(task.id());
            }
        }
        Collections.reverse(chain);
        return chain.size() < 2 ? List.of() : List.copyOf(chain);
    }

    private double[] durations() {
        var sums = new HashMap<Optional<TaskId>, double[]>();
        for (var task : tasks) {
            task.took().ifPresent(took -> {
                var sum = sums.computeIfAbsent(task.parent(), p -> new double[2]);
                sum[0] += took.toMillis() / 1000.0;
                sum[1]++;
            });
        }
        var seconds = new double[tasks.size()];
        for (int i = 0; i < seconds.length; i++) {
            var task = tasks.get(i);
            var sum = sums.get(task.parent());
            double usual = sum == null ? UNKNOWN.toSeconds() : sum[0] / sum[1];
            seconds[i] = task.group()
                    ? 0
                    : task.took().map(t -> t.toMillis() / 1000.0).orElse(usual);
        }
        return seconds;
    }
}
