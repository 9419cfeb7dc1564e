package aque.submit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What a job was made of, kept with it so that it can be submitted again with changes.
///
/// @param path the template, bundle or script; `library:NAME` for a template of the library
/// @param values what was filled in, by parameter; the others had their defaults
/// @param copies files made for this job alone; they go with it
public record Source(String path, Map<String, String> values, List<String> copies) {
    private static final String LIBRARY = "library:";

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
        return new Source(of(path, values).path(), values, copies(copy));
    }

    /// A template of the library, by its name: nothing was dropped.
    public static Source ofRoutine(String name, Map<String, String> values, Optional<SceneCopy> copy) {
        return new Source(LIBRARY + name, values, copies(copy));
    }

    /// The template of the library, when nothing was dropped.
    public Optional<String> routine() {
        return path.startsWith(LIBRARY) ? Optional.of(path.substring(LIBRARY.length())) : Optional.empty();
    }

    /// What can be made of it again; empty where it is not there any more.
    public Optional<Offer> offer() {
        return routine().isPresent()
                ? Library.ofUser().routine(routine().get()).map(Routine::offer)
                : Optional.of(Path.of(path)).filter(Files::exists).map(Offers::of);
    }

    private static List<String> copies(Optional<SceneCopy> copy) {
        return copy.flatMap(SceneCopy::file).map(c -> List.of(c.toString())).orElse(List.of());
    }

    public String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    public static Source fromJson(String json) {
        return JsonMapper.shared().readValue(json, Source.class);
    }
}
