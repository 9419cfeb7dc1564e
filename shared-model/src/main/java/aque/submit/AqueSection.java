package aque.submit;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a template says to Aque alone, under its key `aque`: what OpenJD has no words for.
///
/// @param summary one line for people
/// @param drop what may be dropped to get this template
/// @param priority of its jobs, larger first
/// @param retries how many failures of a task are tried again
record AqueSection(String summary, Optional<Drop> drop, Optional<Integer> priority, int retries) {
    static final AqueSection NONE = new AqueSection("", Optional.empty(), Optional.empty(), 0);
    private static final Set<String> KEYS = Set.of("summary", "drop", "priority", "retries");
    private static final Set<String> DROP_KEYS = Set.of("extensions", "sequences", "parameter", "output");

    /// Which files lead to a template, and which of its parameters they fill.
    ///
    /// @param extensions lower case, without the dot
    /// @param sequences takes numbered frames as one, their pattern in place of a path
    /// @param parameter that gets what was dropped
    /// @param output what the parameter `Output` starts as, with `{folder}` and `{name}` of the drop;
    /// empty: as the template has it
    public record Drop(List<String> extensions, boolean sequences, String parameter, String output) {
        public Drop {
            extensions =
                    extensions.stream().map(e -> e.toLowerCase(Locale.ROOT)).toList();
        }

        String outputFor(Path dropped, String name) {
            var folder = Optional.ofNullable(dropped.toAbsolutePath().getParent())
                    .map(Path::toString)
                    .orElse("");
            return output.replace("{folder}", folder).replace("{name}", name);
        }
    }

    /// @throws SubmitException with everything that is wrong with it
    static AqueSection of(Path file, String text) {
        var root = new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(text);
        if (!(root instanceof Map<?, ?> template) || !template.containsKey("aque")) {
            return NONE;
        }
        if (!(template.get("aque") instanceof Map<?, ?> section)) {
            throw new SubmitException(file + ": 'aque' must hold keys and values");
        }
        check(file, "aque", section, KEYS);
        return new AqueSection(
                text(section, "summary"),
                Optional.ofNullable(section.get("drop")).map(d -> drop(file, d)),
                Optional.ofNullable(section.get("priority")).map(p -> number(file, "priority", p)),
                Optional.ofNullable(section.get("retries"))
                        .map(r -> number(file, "retries", r))
                        .orElse(0));
    }

    private static Drop drop(Path file, Object value) {
        if (!(value instanceof Map<?, ?> drop)) {
            throw new SubmitException(file + ": 'aque: drop' must hold keys and values");
        }
        check(file, "aque: drop", drop, DROP_KEYS);
        if (!(drop.get("extensions") instanceof List<?> extensions)
                || text(drop, "parameter").isEmpty()) {
            throw new SubmitException(file + ": 'aque: drop' needs a list of 'extensions' and a 'parameter'");
        }
        return new Drop(
                extensions.stream().map(String::valueOf).toList(),
                Boolean.TRUE.equals(drop.get("sequences")),
                text(drop, "parameter"),
                text(drop, "output"));
    }

    private static void check(Path file, String where, Map<?, ?> found, Set<String> known) {
        for (var key : found.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new SubmitException(file + ": '" + where + "' has no key '" + key + "', it has "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static String text(Map<?, ?> map, String key) {
        return Optional.ofNullable(map.get(key)).map(String::valueOf).orElse("");
    }

    private static int number(Path file, String key, Object value) {
        if (value instanceof Integer n && n >= 0) {
            return n;
        }
        throw new SubmitException(file + ": '" + key + "' must be a whole number from 0 on");
    }
}
