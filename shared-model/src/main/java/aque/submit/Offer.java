package aque.submit;

import aque.openjd.EnvironmentTemplate;
import aque.openjd.ParameterDefinition;
import aque.openjd.PathMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a dropped or named path can become: what was understood, what it asks, and the submission that it gives.
///
/// @param kind for people: `OpenJD template`, `script` …
/// @param parameters what a form asks, empty when nothing
/// @param preset values that came with it, such as a bundle's
public record Offer(
        String title, String kind, List<ParameterDefinition> parameters, Map<String, String> preset, Maker maker) {

    /// Makes the submission once the values are known.
    @FunctionalInterface
    public interface Maker {
        Submission make(Values values);
    }

    /// What a person gave.
    ///
    /// @param parameters by name, as typed
    /// @param environments templates around the job
    /// @param mapping rules for paths on the workers
    /// @param cwd where relative paths start
    public record Values(
            Map<String, String> parameters,
            List<EnvironmentTemplate> environments,
            PathMapping mapping,
            Path cwd,
            String owner) {
        public static Values of(Map<String, String> parameters, Path cwd, String owner) {
            return new Values(parameters, List.of(), PathMapping.NONE, cwd, owner);
        }
    }

    public Offer {
        parameters = List.copyOf(parameters);
        preset = Map.copyOf(preset);
    }

    /// The tasks it will become.
    ///
    /// @throws SubmitException or [aque.openjd.TemplateException] when the values are not right
    public Submission submission(Values values) {
        return maker.make(values);
    }
}
