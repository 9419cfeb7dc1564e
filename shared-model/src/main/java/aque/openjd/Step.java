package aque.openjd;

import java.util.List;
import java.util.Optional;

/// A step of a job: one task for each point of its parameter space.
///
/// @param dependencies names of steps that must end in success first
public record Step(
        String name,
        Optional<String> description,
        List<String> dependencies,
        List<Environment> environments,
        HostRequirements hostRequirements,
        ParameterSpace parameterSpace,
        Script script) {

    public Step {
        dependencies = List.copyOf(dependencies);
        environments = List.copyOf(environments);
    }
}
