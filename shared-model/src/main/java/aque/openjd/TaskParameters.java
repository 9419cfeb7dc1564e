package aque.openjd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// The values of one task, in the order of definition. Empty for a step without parameters.
public record TaskParameters(Map<String, Value> values) {

    public static final TaskParameters NONE = new TaskParameters(Map.of());

    /// One value; a PATH as the template gives it, not yet mapped.
    public record Value(TaskParameterType type, String value) {}

    public TaskParameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// `{"Frame":{"type":"INT","value":"7"}}`
    public String toJson() {
        return Json.MAPPER.writeValueAsString(values);
    }

    /// @throws IllegalArgumentException when the text is not what `toJson` writes
    public static TaskParameters fromJson(String json) {
        try {
            return new TaskParameters(
                    Json.MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Value>>() {}));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("these are no task parameters: " + json, e);
        }
    }

    /// `Frame=7 Camera=left`, for people.
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().value())
                .collect(Collectors.joining(" "));
    }
}
