package aque.openjd;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Rules from the submitting machine's paths to a worker's. The longest source is tried first, the first match wins.
public record PathMapping(List<PathMappingRule> rules) {

    public static final PathMapping NONE = new PathMapping(List.of());

    private static final String VERSION = "pathmapping-1.0";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PathMapping {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(PathMappingRule::depth).reversed())
                .toList();
    }

    /// The rules in the order of trial.
    @Override
    @JsonValue
    public List<PathMappingRule> rules() {
        return rules;
    }

    /// The path on this machine; unchanged when no rule applies.
    public String apply(String path) {
        return apply(path, File.separatorChar);
    }

    /// The path on a machine with this separator.
    public String apply(String path, char separator) {
        return rules.stream()
                .flatMap(rule -> rule.apply(path, separator).stream())
                .findFirst()
                .orElse(path);
    }

    /// With these after its own, for what its own do not meet.
    public PathMapping or(PathMapping others) {
        if (others.rules.isEmpty()) {
            return this;
        }
        return new PathMapping(
                Stream.concat(rules.stream(), others.rules.stream()).toList());
    }

    /// What tasks find in `Session.PathMappingRulesFile`; an empty object without rules.
    public String toRulesFile() {
        Map<String, Object> content = new LinkedHashMap<>();
        if (!rules.isEmpty()) {
            content.put("version", VERSION);
            content.put("path_mapping_rules", rules);
        }
        return Json.MAPPER.writeValueAsString(content);
    }

    /// Reads a rules file.
    ///
    /// @throws TemplateException with all problems of the file
    public static PathMapping read(Path file) {
        var problems = new Problems(file);
        var root = new Place(problems, "", YamlTree.read(problems));
        var rules = root.fields().map(PathMapping::rules).orElse(List.of());
        problems.throwIfAny();
        return new PathMapping(rules);
    }

    private static List<PathMappingRule> rules(Fields fields) {
        fields.get("$schema");
        fields.required("version")
                .flatMap(Place::text)
                .filter(v -> !v.equals(VERSION))
                .ifPresent(v -> {
                    fields.problem("version", "must be " + VERSION + ", not '" + v + "'");
                });
        var rules = fields
                .required("path_mapping_rules")
                .filter(place -> !(place.node() instanceof Node.Items items
                        && items.values().isEmpty()))
                .map(Place::items)
                .orElse(List.of())
                .stream()
                .flatMap(place -> place.fields().flatMap(PathMapping::rule).stream())
                .toList();
        fields.refuseOthers();
        return rules;
    }

    static Optional<PathMappingRule> rule(Fields fields) {
        var format = fields.required("source_path_format").flatMap(p -> p.oneOf(PathMappingRule.Format.class));
        var source = fields.required("source_path").flatMap(p -> Words.sized(p, 1, Integer.MAX_VALUE));
        var destination = fields.required("destination_path").flatMap(p -> Words.sized(p, 1, Integer.MAX_VALUE));
        fields.refuseOthers();
        return format.flatMap(f -> source.flatMap(s -> destination.map(d -> new PathMappingRule(f, s, d))));
    }
}
