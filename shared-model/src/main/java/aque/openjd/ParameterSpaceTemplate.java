package aque.openjd;

import java.util.List;
import java.util.Optional;

/// How a step multiplies into tasks, before its names are filled in. No parameters: one task.
record ParameterSpaceTemplate(List<Parameter> parameters, Optional<Combination> combination) {

    static final ParameterSpaceTemplate NONE = new ParameterSpaceTemplate(List.of(), Optional.empty());

    record Parameter(int line, String name, TaskParameterType type, Range range, Optional<Chunks> chunks) {}

    /// A list of values, or a range expression such as `1-10:2`.
    sealed interface Range {
        record Values(List<FormatString> values) implements Range {}

        record Expression(FormatString text) implements Range {}
    }

    record Chunks(FormatString defaultTaskCount, boolean contiguous) {}
}
