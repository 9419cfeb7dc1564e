package aque.openjd;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A template that was read and found right.
public sealed interface Template permits JobTemplate, EnvironmentTemplate {

    Path file();

    Set<Extension> extensions();

    List<ParameterDefinition> parameters();
}
