package aque.submit;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a job was made of, kept with it so that it can be submitted again with changes.
///
/// @param path the template, bundle or script
/// @param values what was filled in, by parameter; the others had their defaults
public record Source(String path, Map<String, String> values) {
    public Source {
        values = Map.copyOf(values);
    }

    public static Source of(Path path, Map<String, String> values) {
        return new Source(path.toAbsolutePath().normalize().toString(), values);
    }

    public String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    public static Source fromJson(String json) {
        return JsonMapper.shared().readValue(json, Source.class);
    }
}
