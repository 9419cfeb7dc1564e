package aque.submit;

import aque.openjd.EnvironmentTemplate;
import aque.openjd.ParameterDefinition;
import aque.openjd.ParameterType;
import aque.openjd.PathMapping;
import aque.openjd.Watched;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a dropped or named path can become: what was understood, what it asks, and the submission that it gives.
///
/// @param kind for people: `OpenJD template`, `script` …
/// @param parameters what a form asks, empty when nothing
/// @param preset values that came with it, such as a bundle's
/// @param notes what a person should know of it: frames that are missing, what could not be converted
/// @param inspection what its tool could tell of it that its file does not
/// @param scene the parameter whose file is to stay for the job as it is at the submit, see [SceneCopy]
public record Offer(
        String title,
        String kind,
        List<ParameterDefinition> parameters,
        Map<String, String> preset,
        List<String> notes,
        Optional<Inspection> inspection,
        Optional<String> scene,
        Maker maker) {

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
    /// @param watched files that the job reads where they are, see [SceneCopy]
    public record Values(
            Map<String, String> parameters,
            List<EnvironmentTemplate> environments,
            PathMapping mapping,
            Path cwd,
            String owner,
            List<Watched> watched) {
        public Values {
            parameters = Map.copyOf(parameters);
            environments = List.copyOf(environments);
            watched = List.copyOf(watched);
        }

        public Values(
                Map<String, String> parameters,
                List<EnvironmentTemplate> environments,
                PathMapping mapping,
                Path cwd,
                String owner) {
            this(parameters, environments, mapping, cwd, owner, List.of());
        }

        public static Values of(Map<String, String> parameters, Path cwd, String owner) {
            return new Values(parameters, List.of(), PathMapping.NONE, cwd, owner);
        }

        Values with(String parameter, String value) {
            var changed = new HashMap<>(parameters);
            changed.put(parameter, value);
            return new Values(changed, environments, mapping, cwd, owner, watched);
        }

        Values with(Watched file) {
            return new Values(parameters, environments, mapping, cwd, owner, List.of(file));
        }
    }

    public Offer {
        parameters = List.copyOf(parameters);
        preset = Map.copyOf(preset);
        notes = List.copyOf(notes);
    }

    public Offer(
            String title, String kind, List<ParameterDefinition> parameters, Map<String, String> preset, Maker maker) {
        this(title, kind, parameters, preset, List.of(), Optional.empty(), Optional.empty(), maker);
    }

    Offer with(Inspection asks) {
        return new Offer(title, kind, parameters, preset, notes, Optional.of(asks), scene, maker);
    }

    /// The same with what its scene's tool told of it.
    public Offer withTold(Map<String, String> told) {
        var all = new HashMap<>(preset);
        all.putAll(told);
        return new Offer(title, kind, parameters, all, notes, Optional.empty(), scene, values -> {
            var given = new HashMap<>(told);
            given.putAll(values.parameters());
            return maker.make(new Values(
                    given, values.environments(), values.mapping(), values.cwd(), values.owner(), values.watched()));
        });
    }

    /// With what drops and templates take along of the caller's environment.
    Offer takingAlong() {
        return new Offer(title, kind, parameters, preset, notes, inspection, scene, values -> {
            var made = maker.make(values);
            var environment = new HashMap<>(EnvironmentPolicy.ofUser().forTemplates(System.getenv()));
            environment.putAll(made.environment());
            return made.withEnvironment(environment);
        });
    }

    /// The paths among the values, by the parameter that has them: every input and output that it names.
    public Map<String, Path> paths(Values values) {
        var out = new LinkedHashMap<String, Path>();
        for (var parameter : parameters) {
            var value = Optional.ofNullable(values.parameters().get(parameter.name()))
                    .or(() -> Optional.ofNullable(preset.get(parameter.name())))
                    .or(parameter::defaultValue)
                    .orElse("");
            // Names of outputs are often texts; one that begins at the root is a path all the same.
            if (!value.isEmpty() && (parameter.type() == ParameterType.PATH || value.startsWith("/"))) {
                path(values.mapping().apply(value))
                        .ifPresent(p -> out.put(
                                parameter.name(), values.cwd().resolve(p).normalize()));
            }
        }
        return out;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// The tasks it will become.
    ///
    /// @throws SubmitException or [aque.openjd.TemplateException] when the values are not right
    public Submission submission(Values values) {
        return maker.make(values);
    }
}
