package aque.openjd;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A job ready to run: everything that can be known at submit is filled in. Immutable.
///
/// @param environments those of environment templates first, then the job's own
public record Job(
        Path file,
        String name,
        Optional<String> description,
        Set<Extension> extensions,
        List<JobParameter> parameters,
        List<Environment> environments,
        List<Step> steps) {

    public Job {
        extensions = Set.copyOf(extensions);
        parameters = List.copyOf(parameters);
        environments = List.copyOf(environments);
        steps = List.copyOf(steps);
    }
}
