package aque.openjd;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a worker must have for a step's tasks. Names are lower case, as are attribute values, since neither is
/// case-sensitive.
public record HostRequirements(List<Amount> amounts, List<Attribute> attributes) {

    public static final HostRequirements NONE = new HostRequirements(List.of(), List.of());

    /// A quantity that is set aside while a task runs. `amount.worker.memory` is in MiB, `amount.worker.disk.scratch`
    /// in GiB.
    public record Amount(String name, Optional<Double> min, Optional<Double> max) {}

    /// A trait: the worker has at least one of `anyOf` (when there are any) and all of `allOf`.
    public record Attribute(String name, Set<String> anyOf, Set<String> allOf) {
        public Attribute {
            anyOf = Set.copyOf(anyOf);
            allOf = Set.copyOf(allOf);
        }
    }

    public HostRequirements {
        amounts = List.copyOf(amounts);
        attributes = List.copyOf(attributes);
    }
}
