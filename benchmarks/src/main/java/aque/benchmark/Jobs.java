package aque.benchmark;

import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.worker.InProcessWorker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Jobs of tasks that do nothing, in the shapes that are measured.
final class Jobs {
    static final String NO_OP = "noop";
    private static final int LAYERS = 10;

    private Jobs() {}

    /// So many tasks side by side.
    static Submission flat(int n) {
        var tasks = new ArrayList<NewTask>(n + 1);
        tasks.add(NewTask.group("flat", -1, List.of()));
        for (var i = 0; i < n; i++) {
            tasks.add(task(i, 0, List.of()));
        }
        return job("flat", tasks);
    }

    /// Ten layers; every task below the first waits for two neighbours of the layer above: 100,000 tasks, 180,000
    /// edges.
    static Submission dag(int n) {
        var tasks = new ArrayList<NewTask>(n + 1);
        tasks.add(NewTask.group("dag", -1, List.of()));
        var width = n / LAYERS;
        for (var i = 0; i < n; i++) {
            var above = 1 + i - width;
            var column = i % width;
            tasks.add(task(
                    i, 0, i < width ? List.of() : List.of(above, column + 1 < width ? above + 1 : above + 1 - width)));
        }
        return job("dag", tasks);
    }

    /// One half waits for the whole other half.
    static Submission gated(int n) {
        var tasks = new ArrayList<NewTask>(n + 3);
        tasks.add(NewTask.group("gated", -1, List.of()));
        tasks.add(NewTask.group("first", 0, List.of()));
        tasks.add(NewTask.group("second", 0, List.of(1)));
        for (var i = 0; i < n; i++) {
            tasks.add(task(i, i < n / 2 ? 1 : 2, List.of()));
        }
        return job("gated", tasks);
    }

    /// A single task.
    static Submission one(String name) {
        return job(name, List.of(named(name, -1, List.of())));
    }

    private static NewTask task(int number, int parent, List<Integer> upstream) {
        return named("task " + number, parent, upstream);
    }

    private static NewTask named(String name, int parent, List<Integer> upstream) {
        return new NewTask(
                name,
                new Work.Command(List.of(NO_OP)),
                parent,
                upstream,
                InProcessWorker.needs(NO_OP),
                0,
                TaskOptions.NONE);
    }

    static Submission job(String title, List<NewTask> tasks) {
        return Submission.of(title, "bench", Path.of("/"), tasks);
    }
}
