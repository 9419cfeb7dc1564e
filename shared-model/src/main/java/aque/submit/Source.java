package aque.submit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What a job was made of, kept with it so that it can be submitted again with changes.
///
/// @param path the template, bundle or script
/// @param values what was filled in, by parameter; the others had their defaults
/// @param copies files made for this job alone; they go with it
public record Source(String path, Map<String, String> values, List<String> copies) {
    public Source {
        values = Map.copyOf(values);
        copies = copies == null ? List.of() : List.copyOf(copies);
    }

    public Source(String path, Map<String, String> values) {
        this(path, values, List.of());
    }

    public static Source of(Path path, Map<String, String> values) {
        return new Source(path.toAbsolutePath().normalize().toString(), values);
    }

    public static Source of(Path path, Map<String, String> values, Optional<SceneCopy> copy) {
        var copies =
                copy.flatMap(SceneCopy::file).map(c -> List.of(c.toString())).orElse(List.of());
        return new Source(of(path, values).path(), values, copies);
    }

    public String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    public static Source fromJson(String json) {
        return JsonMapper.shared().readValue(json, Source.class);
    }
}
