package aque.openjd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something set up on the worker around tasks: variables, and commands when it is entered and left.
///
/// @param variables in the order of the file
public record Environment(
        String name,
        Optional<String> description,
        Map<String, FormatString> variables,
        Optional<ScriptAction> onEnter,
        Optional<ScriptAction> onExit,
        List<EmbeddedFile> files) {

    public Environment {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        files = List.copyOf(files);
    }

    /// As a job's document holds it.
    public String toJson() {
        return Json.MAPPER.writeValueAsString(this);
    }
}
