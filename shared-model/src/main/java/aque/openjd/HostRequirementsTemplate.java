package aque.openjd;

import java.util.List;
import java.util.Optional;

/// What a step asks of a worker, before its names are filled in.
record HostRequirementsTemplate(List<Amount> amounts, List<Attribute> attributes) {

    static final HostRequirementsTemplate NONE = new HostRequirementsTemplate(List.of(), List.of());

    record Amount(FormatString name, Optional<FormatString> min, Optional<FormatString> max) {}

    record Attribute(FormatString name, List<FormatString> anyOf, List<FormatString> allOf) {}
}
