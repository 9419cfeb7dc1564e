package aque.openjd;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads OpenJD 2023-09 templates, YAML or JSON alike, and says everything that is wrong with them. Reads files only;
/// any thread.
public final class TemplateReader {

    private static final String JOB = "jobtemplate-2023-09";
    private static final String ENVIRONMENT = "environment-2023-09";
    private static final int ENVIRONMENT_PARAMETERS = 50;

    private TemplateReader() {}

    /// @throws TemplateException with all problems of the file
    public static Template read(Path file) {
        var problems = new Problems(file);
        var template = new TemplateReader().read(problems);
        problems.throwIfAny();
        return template.orElseThrow();
    }

    /// @throws TemplateException also when the file is an environment template
    public static JobTemplate readJob(Path file) {
        return switch (read(file)) {
            case JobTemplate job -> job;
            case EnvironmentTemplate environment ->
                throw new TemplateException(file, "this is an environment template, not a job template");
        };
    }

    /// @throws TemplateException also when the file is a job template
    public static EnvironmentTemplate readEnvironment(Path file) {
        return switch (read(file)) {
            case EnvironmentTemplate environment -> environment;
            case JobTemplate job ->
                throw new TemplateException(file, "this is a job template, not an environment template");
        };
    }

    private Optional<? extends Template> read(Problems problems) {
        var root = YamlTree.read(problems);
        if (!(root instanceof Node.Mapping mapping)) {
            throw problems.fatal(
                    root.line(), "this is no job template: it holds " + root.noun() + ", not keys and values");
        }
        var fields = new Fields(new Place(problems, "", root), mapping);
        var version = mapping.values().get("specificationVersion");
        if (version == null) {
            throw problems.fatal(root.line(), "this is no job template: 'specificationVersion' is missing");
        }
        fields.get("specificationVersion");
        var text = version instanceof Node.Scalar scalar ? scalar.text() : "";
        return switch (text) {
            case JOB -> Fragment.of(fields).isPresent() ? fragment(problems, fields) : job(fields);
            case ENVIRONMENT -> environment(fields);
            default ->
                throw problems.fatal(
                        version.line(),
                        "'specificationVersion' must be " + JOB + " or " + ENVIRONMENT
                                + (text.isEmpty() ? "" : ", not '" + text + "'"));
        };
    }

    private static Optional<JobTemplate> fragment(Problems problems, Fields fields) {
        throw problems.fatal(fields.place().node().line(), Fragment.of(fields).orElseThrow());
    }

    private static Optional<JobTemplate> job(Fields fields) {
        var problems = fields.place().problems();
        fields.get("$schema");
        fields.get("aque"); // what a template says to Aque alone; aque.submit reads it
        var dialect = Dialect.read(fields);
        var declared = ParameterReader.declared(fields);
        var atSubmit = Scope.atSubmit(declared);
        var onWorker = Scope.onWorker(declared.keySet());
        var name = fields.required("name").flatMap(place -> jobName(place, atSubmit, dialect));
        var description = Words.description(fields);
        var parameters = new ParameterReader(dialect).read(fields, dialect.jobParameters());
        var environments = environments(fields, dialect, atSubmit, onWorker);
        var steps = new StepReader(dialect, atSubmit, onWorker)
                .all(fields, environments.stream().map(Environment::name).collect(Collectors.toSet()));
        fields.refuseOthers();
        return name.map(n -> new JobTemplate(
                problems.file(), dialect.extensions(), n, description, parameters, environments, steps));
    }

    private static List<Environment> environments(Fields fields, Dialect dialect, Scope atSubmit, Scope onWorker) {
        return new EnvironmentReader(dialect, onWorker, new ActionReader(dialect, atSubmit))
                .all(fields, "jobEnvironments", Set.of());
    }

    private static Optional<FormatString> jobName(Place place, Scope scope, Dialect dialect) {
        return Words.line(place, Integer.MAX_VALUE)
                .flatMap(text -> scope.check(place, text))
                .filter(name -> {
                    var fits = !name.isPlain() || Words.length(name.text()) <= dialect.jobName();
                    if (!fits) {
                        place.problem("a job's name has at most " + dialect.jobName() + " characters");
                    }
                    return fits;
                });
    }

    private static Optional<EnvironmentTemplate> environment(Fields fields) {
        var problems = fields.place().problems();
        fields.get("$schema");
        var dialect = Dialect.read(fields);
        var declared = ParameterReader.declared(fields);
        var parameters = new ParameterReader(dialect).read(fields, ENVIRONMENT_PARAMETERS);
        var reader = new EnvironmentReader(
                dialect, Scope.onWorker(declared.keySet()), new ActionReader(dialect, Scope.atSubmit(declared)));
        var environment = fields.required("environment").flatMap(reader::one);
        fields.refuseOthers();
        return environment.map(e -> new EnvironmentTemplate(problems.file(), dialect.extensions(), parameters, e));
    }
}
