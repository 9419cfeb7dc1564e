package aque.farm;

import aque.openjd.JobDocument;
import aque.submit.ExpectedFile;
import aque.submit.FolderNames;
import aque.submit.Outputs;
import aque.task.TaskId;
import aque.task.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The files that a job says it leaves, and which are there, as this machine sees them (A110).
///
/// @param steps those that say something of it
public record JobOutputs(List<Step> steps) {
    public static final JobOutputs NONE = new JobOutputs(List.of());
    /// The clocks of a file server and of the database may differ by so much.
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    /// What became of a file.
    public enum State {
        FOUND,
        /// Its task has ended, but it is too small, too large or no whole picture.
        SHORT,
        /// Its task has ended, and it is older than the job: somebody else's result, or one that was skipped.
        OLD,
        /// Its task has ended without it.
        MISSING,
        /// Its task has not ended yet.
        LATE
    }

    /// One file of one task.
    public record Entry(TaskId task, ExpectedFile file, State state) {}

    /// Of one step.
    public record Step(String name, List<Entry> files) {
        public Step {
            files = List.copyOf(files);
        }

        public List<Entry> of(State state) {
            return files.stream().filter(f -> f.state == state).toList();
        }
    }

    public JobOutputs {
        steps = List.copyOf(steps);
    }

    /// Reads what is expected, and looks at the disk where this machine finds it: for any thread that may wait.
    public static JobOutputs of(FarmStore store, TaskId job, JobDocument document) {
        var views = store.tasksOfJob(job).stream().collect(Collectors.toMap(TaskView::id, Function.identity()));
        var roots = store.pathRoots();
        UnaryOperator<String> here = path -> roots.path(path, PlatformName.here());
        var cwd = Path.of(here.apply(store.surroundings(job).cwd().toString()));
        var since = Optional.ofNullable(views.get(job))
                .map(root -> root.created().minus(CLOCKS))
                .orElse(Instant.MIN);
        var names = new FolderNames();
        var out = new ArrayList<Step>();
        for (var i = 0; i < document.steps().size(); i++) {
            var step = document.steps().get(i);
            if (step.outputs().isEmpty()) {
                continue;
            }
            var files = new ArrayList<Entry>();
            for (var task : store.tasksOfStep(job, i)) {
                var view = views.get(task.id());
                var ended = view != null && view.state().ended();
                for (var file : Outputs.of(document.around(i), step, task.parameters(), cwd, here)) {
                    files.add(new Entry(task.id(), file, state(file.look(names, since), ended)));
                }
            }
            if (!files.isEmpty()) {
                out.add(new Step(step.name(), files));
            }
        }
        return new JobOutputs(out);
    }

    private static State state(ExpectedFile.Look look, boolean ended) {
        return switch (look) {
            case FOUND -> State.FOUND;
            case SHORT -> ended ? State.SHORT : State.LATE;
            case OLD -> ended ? State.OLD : State.LATE;
            case MISSING -> ended ? State.MISSING : State.LATE;
        };
    }
}
