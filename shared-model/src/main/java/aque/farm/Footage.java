package aque.farm;

import aque.openjd.Frames;
import aque.openjd.JobDocument;
import aque.openjd.JobParameter;
import aque.openjd.TaskParameters;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A job as footage: which frames its steps are of, of which shot and sequence, at how many frames a second (A108).
/// Shot
/// and sequence are what its labels, its parameters or its variables of these names say, in this order.
///
/// @param steps by name, in their order; commands are put together by their group
public record Footage(
        TaskId job,
        String title,
        Optional<String> sequence,
        Optional<String> shot,
        FrameRate rate,
        Map<String, Roll> steps) {
    private static final List<String> RATES = List.of("fps", "framerate", "rate");

    /// Reads it; for any thread that may wait.
    public static Footage of(FarmStore store, TaskId job, Optional<JobDocument> document) {
        var views = store.tasksOfJob(job);
        var parameters = document.map(JobDocument::parameters).orElse(List.of());
        var labels = store.jobs(List.of(job)).stream()
                .findFirst()
                .map(JobSummary::labels)
                .orElse(Map.of());
        var around = store.surroundings(job).environment();
        Function<String, Optional<String>> said = name -> Optional.ofNullable(labels.get(name))
                .or(() -> value(parameters, name))
                .or(() -> Optional.ofNullable(around.get(name.toUpperCase(Locale.ROOT))))
                .filter(v -> !v.isBlank());
        return new Footage(
                job,
                store.task(job).map(TaskView::name).orElse(""),
                said.apply("sequence"),
                said.apply("shot"),
                RATES.stream()
                        .flatMap(name -> value(parameters, name).stream())
                        .flatMap(v -> FrameRate.of(v).stream())
                        .findFirst()
                        .orElse(FrameRate.USUAL),
                steps(store, job, document, views));
    }

    /// All steps together.
    public Roll whole() {
        return steps.values().stream().reduce(Roll.EMPTY, Roll::with);
    }

    private static Optional<String> value(List<JobParameter> parameters, String name) {
        return parameters.stream()
                .filter(p -> p.name().equalsIgnoreCase(name))
                .map(JobParameter::value)
                .findFirst();
    }

    private static Map<String, Roll> steps(
            FarmStore store, TaskId job, Optional<JobDocument> document, List<TaskView> tasks) {
        var views = tasks.stream().collect(Collectors.toMap(TaskView::id, Function.identity()));
        var parts = new LinkedHashMap<String, List<Roll.Part>>();
        var steps = document.map(JobDocument::steps).orElse(List.of());
        for (var i = 0; i < steps.size(); i++) {
            var mine = parts.computeIfAbsent(steps.get(i).name(), s -> new ArrayList<>());
            for (var task : store.tasksOfStep(job, i)) {
                Optional.ofNullable(views.get(task.id())).ifPresent(v -> mine.add(part(v, task.parameters())));
            }
        }
        for (var view : tasks) {
            if (view.kind() == TaskKind.COMMAND) {
                var group = view.parent().map(views::get).map(TaskView::name).orElse("");
                parts.computeIfAbsent(group, s -> new ArrayList<>())
                        .add(new Roll.Part(view, frames(view.name()), group));
            }
        }
        var out = new LinkedHashMap<String, Roll>();
        parts.forEach((name, all) -> out.put(name, new Roll(all)));
        return out;
    }

    /// A task of `--range` is called by its frames.
    private static Frames frames(String name) {
        try {
            return Frames.parse(name);
        } catch (IllegalArgumentException e) {
            return Frames.NONE;
        }
    }

    private static Roll.Part part(TaskView view, TaskParameters parameters) {
        return new Roll.Part(view, parameters.frames(), view.parent() + " " + parameters.withoutFrames());
    }
}
