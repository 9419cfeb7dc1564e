package aque.openjd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;

/// What a worker needs to run any task of a job, as one JSON text: parameters, environments, scripts, path mapping. The
/// tasks themselves are `TaskParameters`.
///
/// @param environments of the job, in the order in which they are entered
/// @param watched files that the job reads where they are
public record JobDocument(
        String name,
        Set<Extension> extensions,
        List<JobParameter> parameters,
        List<Environment> environments,
        List<StepDocument> steps,
        PathMapping pathMapping,
        List<Watched> watched) {

    /// What a worker needs of one step.
    ///
    /// @param outputs what its tasks must leave
    /// @param progress what its tools print about how far they are, as lines of a file of patterns
    /// @param own what it has in place of the job's: it was added to the job later, from another template
    public record StepDocument(
            String name,
            List<Environment> environments,
            Script script,
            List<OutputRule> outputs,
            List<String> progress,
            Optional<Surroundings> own) {
        public StepDocument {
            environments = List.copyOf(environments);
            outputs = outputs == null ? List.of() : List.copyOf(outputs);
            progress = progress == null ? List.of() : List.copyOf(progress);
            own = own == null ? Optional.empty() : own;
        }

        private StepDocument of(String otherName, Surroundings around) {
            return new StepDocument(
                    otherName, environments, script, outputs, progress, Optional.of(own.orElse(around)));
        }
    }

    /// What stands around a step.
    public record Surroundings(
            List<JobParameter> parameters,
            List<Environment> environments,
            PathMapping pathMapping,
            List<Watched> watched) {
        public Surroundings {
            parameters = List.copyOf(parameters);
            environments = List.copyOf(environments);
            watched = List.copyOf(watched);
        }
    }

    public JobDocument {
        extensions = new TreeSet<>(extensions);
        parameters = List.copyOf(parameters);
        environments = List.copyOf(environments);
        steps = List.copyOf(steps);
        watched = watched == null ? List.of() : List.copyOf(watched);
    }

    public static JobDocument of(Job job) {
        return of(job, PathMapping.NONE);
    }

    public static JobDocument of(Job job, PathMapping mapping) {
        return of(job, mapping, Map.of(), List.of(), List.of());
    }

    /// @param outputs what the tasks of a step must leave, by its name
    /// @param progress what the tools of all its steps print
    public static JobDocument of(
            Job job,
            PathMapping mapping,
            Map<String, List<OutputRule>> outputs,
            List<String> progress,
            List<Watched> watched) {
        var steps = job.steps().stream()
                .map(step -> new StepDocument(
                        step.name(),
                        step.environments(),
                        step.script(),
                        outputs.getOrDefault(step.name(), List.of()),
                        progress,
                        Optional.empty()))
                .toList();
        return new JobDocument(
                job.name(), job.extensions(), job.parameters(), job.environments(), steps, mapping, watched);
    }

    /// The job as one of its steps sees it.
    public JobDocument around(int step) {
        return steps.get(step)
                .own()
                .map(o -> new JobDocument(
                        name, extensions, o.parameters(), o.environments(), steps, o.pathMapping(), o.watched()))
                .orElse(this);
    }

    /// With the farm's own rules for paths after the job's.
    public JobDocument on(PathMapping farm) {
        return farm.rules().isEmpty()
                ? this
                : new JobDocument(name, extensions, parameters, environments, steps, pathMapping.or(farm), watched);
    }

    /// With the steps of another job behind its own; each keeps its parameters and environments.
    public JobDocument with(JobDocument more) {
        var around = new Surroundings(more.parameters, more.environments, more.pathMapping, more.watched);
        var names = new TreeSet<String>();
        var all = new ArrayList<>(steps);
        steps.forEach(step -> names.add(step.name()));
        for (var step : more.steps) {
            var free = step.name();
            for (var n = 2; !names.add(free); n++) {
                free = step.name() + " " + n;
            }
            all.add(step.of(free, around));
        }
        var both = new TreeSet<>(extensions);
        both.addAll(more.extensions);
        return new JobDocument(name, both, parameters, environments, all, pathMapping, watched);
    }

    public Optional<StepDocument> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    public String toJson() {
        return Json.MAPPER.writeValueAsString(this);
    }

    /// @throws IllegalArgumentException when the text is not what `toJson` writes
    public static JobDocument fromJson(String json) {
        try {
            return Json.MAPPER.readValue(json, JobDocument.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this is no job document: " + e.getOriginalMessage(), e);
        }
    }
}
