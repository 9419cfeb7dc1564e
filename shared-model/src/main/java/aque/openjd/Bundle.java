package aque.openjd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder with a job template and, beside it, the values it was last submitted with.
///
/// @param values of `parameter_values.yaml` that the template knows; empty without that file
public record Bundle(JobTemplate template, Map<String, String> values) {

    private static final List<String> TEMPLATES = List.of("template.yaml", "template.yml", "template.json");
    private static final List<String> VALUES =
            List.of("parameter_values.yaml", "parameter_values.yml", "parameter_values.json");

    public Bundle {
        values = Map.copyOf(values);
    }

    /// Does a folder hold a template?
    public static boolean isIn(Path folder) {
        return first(folder, TEMPLATES).isPresent();
    }

    /// @throws TemplateException when there is no template, or something is wrong with it or the values
    public static Bundle read(Path folder) {
        var template = first(folder, TEMPLATES)
                .orElseThrow(() ->
                        new TemplateException(folder, "this folder is no job bundle: it holds none of " + TEMPLATES));
        var job = TemplateReader.readJob(template);
        var paths = job.parameters().stream()
                .collect(Collectors.toMap(ParameterDefinition::name, p -> p.type() == ParameterType.PATH));
        var values = first(folder, VALUES)
                .map(file -> ValuesFile.readBundle(file, paths.keySet()))
                .orElse(Map.of());
        var inFolder = new LinkedHashMap<String, String>();
        values.forEach(
                (name, value) -> inFolder.put(name, paths.getOrDefault(name, false) ? inFolder(folder, value) : value));
        return new Bundle(job, inFolder);
    }

    /// Relative paths of a bundle are relative to its folder, wherever it lies.
    private static String inFolder(Path folder, String value) {
        return ParameterValues.isRelative(value)
                ? folder.toAbsolutePath().resolve(value).normalize().toString()
                : value;
    }

    private static Optional<Path> first(Path folder, List<String> names) {
        Stream<Path> files = names.stream().map(folder::resolve);
        return files.filter(Files::isRegularFile).findFirst();
    }
}
