package aque.openjd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes jobs of templates. Pure; any thread.
public final class Jobs {

    private Jobs() {}

    /// What a submit of these templates may be told, with the limits of all of them.
    ///
    /// @throws TemplateException when the templates contradict each other
    public static List<ParameterDefinition> parameters(JobTemplate template, List<EnvironmentTemplate> environments) {
        var problems = new Problems(template.file());
        var merged = new ParameterMerge(problems).merge(inOrder(template, environments));
        problems.throwIfAny();
        return merged;
    }

    /// A job from its template, the environments around it and parameter values as a person types them.
    ///
    /// @param cwd where relative PATH values start
    /// @throws TemplateException with everything that is wrong with the values or what follows from them
    public static Job create(
            JobTemplate template, List<EnvironmentTemplate> environments, Map<String, String> values, Path cwd) {
        var problems = new Problems(template.file());
        var definitions = new ParameterMerge(problems).merge(inOrder(template, environments));
        problems.throwIfAny();
        var folder =
                template.file().toAbsolutePath().normalize().resolveSibling("").normalize();
        var parameters = new ParameterValues(problems, folder, cwd.toAbsolutePath()).resolve(definitions, values);
        problems.throwIfAny();
        var job = new JobMaker(problems, parameters).make(template, environments);
        problems.throwIfAny();
        return job;
    }

    private static List<Template> inOrder(JobTemplate template, List<EnvironmentTemplate> environments) {
        var all = new ArrayList<Template>(environments);
        all.add(template);
        return all;
    }
}
