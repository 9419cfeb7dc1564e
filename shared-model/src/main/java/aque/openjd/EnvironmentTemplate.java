package aque.openjd;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// An environment from outside the job, entered before the job's own.
public record EnvironmentTemplate(
        Path file, Set<Extension> extensions, List<ParameterDefinition> parameters, Environment environment)
        implements Template {

    public EnvironmentTemplate {
        extensions = Set.copyOf(extensions);
        parameters = List.copyOf(parameters);
    }
}
