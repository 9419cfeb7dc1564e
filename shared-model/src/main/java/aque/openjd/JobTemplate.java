package aque.openjd;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A job as its author wrote it; `Jobs.create` makes a job of it.
public record JobTemplate(
        Path file,
        Set<Extension> extensions,
        FormatString name,
        Optional<String> description,
        List<ParameterDefinition> parameters,
        List<Environment> environments,
        List<StepTemplate> steps)
        implements Template {

    public JobTemplate {
        extensions = Set.copyOf(extensions);
        parameters = List.copyOf(parameters);
        environments = List.copyOf(environments);
        steps = List.copyOf(steps);
    }
}
