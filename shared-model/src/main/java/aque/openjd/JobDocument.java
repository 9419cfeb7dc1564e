package aque.openjd;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;

/// What a worker needs to run any task of a job, as one JSON text: parameters, environments, scripts, path mapping. The
/// tasks themselves are `TaskParameters`.
///
/// @param environments of the job, in the order in which they are entered
public record JobDocument(
        String name,
        Set<Extension> extensions,
        List<JobParameter> parameters,
        List<Environment> environments,
        List<StepDocument> steps,
        PathMapping pathMapping) {

    /// What a worker needs of one step.
    public record StepDocument(String name, List<Environment> environments, Script script) {
        public StepDocument {
            environments = List.copyOf(environments);
        }
    }

    public JobDocument {
        extensions = new TreeSet<>(extensions);
        parameters = List.copyOf(parameters);
        environments = List.copyOf(environments);
        steps = List.copyOf(steps);
    }

    public static JobDocument of(Job job) {
        return of(job, PathMapping.NONE);
    }

    public static JobDocument of(Job job, PathMapping mapping) {
        var steps = job.steps().stream()
                .map(step -> new StepDocument(step.name(), step.environments(), step.script()))
                .toList();
        return new JobDocument(job.name(), job.extensions(), job.parameters(), job.environments(), steps, mapping);
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
