package aque.openjd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    /// The frames that this task is of: its chunk, else its only whole number or the one named `Frame`; none when the
    /// task is of no frames.
    public Frames frames() {
        return frameName()
                .map(values::get)
                .map(value -> Frames.parse(value.value()))
                .orElse(Frames.NONE);
    }

    /// The same task for other frames.
    ///
    /// @throws IllegalArgumentException when the task is of no frames
    public TaskParameters withFrames(Frames frames) {
        var name = frameName().orElseThrow(() -> new IllegalArgumentException("a task without frames: " + this));
        var others = new LinkedHashMap<>(values);
        others.replaceAll((n, v) -> n.equals(name) ? new Value(v.type(), frames.toString()) : v);
        return new TaskParameters(others);
    }

    /// What it is of but for its frames: tasks of one step with the same here and the same frame make the same picture.
    public TaskParameters withoutFrames() {
        var others = new LinkedHashMap<>(values);
        frameName().ifPresent(others::remove);
        return new TaskParameters(others);
    }

    private Optional<String> frameName() {
        var whole = values.entrySet().stream()
                .filter(e -> e.getValue().type() == TaskParameterType.INT)
                .map(Map.Entry::getKey)
                .toList();
        return values.entrySet().stream()
                .filter(e -> e.getValue().type() == TaskParameterType.CHUNK_INT)
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() ->
                        whole.stream().filter(n -> n.equalsIgnoreCase("frame")).findFirst())
                .or(() -> whole.size() == 1 ? Optional.of(whole.getFirst()) : Optional.empty());
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
