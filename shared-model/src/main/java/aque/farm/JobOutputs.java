package aque.farm;

import aque.openjd.JobDocument;
import aque.submit.ExpectedFile;
import aque.submit.FolderNames;
import aque.submit.Outputs;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The files that a job says it leaves, and which are there, as this machine sees them (A110).
///
/// @param steps those that say something of it
public record JobOutputs(List<Step> steps) {
    public static final JobOutputs NONE = new JobOutputs(List.of());

    /// What became of a file.
    public enum State {
        FOUND,
        /// Its task has ended, but it is too small, too large or no whole picture.
        SHORT,
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

    /// Reads what is expected, and looks at the disk: for any thread that may wait.
    public static JobOutputs of(FarmStore store, TaskId job, JobDocument document) {
        var views = store.tasksOfJob(job).stream().collect(Collectors.toMap(TaskView::id, Function.identity()));
        var cwd = store.surroundings(job).cwd();
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
                for (var file : Outputs.of(document.around(i), step, task.parameters(), cwd)) {
                    files.add(new Entry(task.id(), file, state(file.look(names), ended)));
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
            case MISSING -> ended ? State.MISSING : State.LATE;
        };
    }
}
