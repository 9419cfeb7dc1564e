package aque.openjd;

import java.util.List;
import java.util.Optional;

/// One step as its author wrote it.
///
/// @param line where the step starts in the file
/// @param dependencies names of the steps that must end in success first
public record StepTemplate(
        int line,
        String name,
        Optional<String> description,
        List<String> dependencies,
        List<Environment> environments,
        HostRequirementsTemplate hostRequirements,
        ParameterSpaceTemplate parameterSpace,
        Script script) {

    public StepTemplate {
        dependencies = List.copyOf(dependencies);
        environments = List.copyOf(environments);
    }
}
