package aque.openjd;

import aque.openjd.ScriptAction.Cancelation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fills in what is known at submit, and checks what only then can be checked. One use.
final class JobMaker {

    private static final long LONGEST_NOTIFY = 600;

    private final Problems problems;
    private final List<JobParameter> parameters;
    private final Map<String, String> symbols = new HashMap<>();

    JobMaker(Problems problems, List<JobParameter> parameters) {
        this.problems = problems;
        this.parameters = parameters;
        for (var parameter : parameters) {
            symbols.put("RawParam." + parameter.name(), parameter.value());
            if (parameter.type() != ParameterType.PATH) {
                symbols.put("Param." + parameter.name(), parameter.value());
            }
        }
    }

    Job make(JobTemplate template, List<EnvironmentTemplate> around) {
        var extensions = EnumSet.noneOf(Extension.class);
        extensions.addAll(template.extensions());
        var environments = new ArrayList<Environment>();
        for (var outer : around) {
            extensions.addAll(outer.extensions());
            environments.add(environment(outer.environment()));
        }
        environments.addAll(environments(template.environments()));
        return new Job(
                template.file(),
                name(template),
                template.description(),
                extensions,
                parameters,
                environments,
                template.steps().stream().map(this::step).toList());
    }

    private String name(JobTemplate template) {
        var name = resolve(0, "name", template.name());
        var most = new Dialect(template.extensions()).jobName();
        if (name.isEmpty() || Words.length(name) > most) {
            problems.add(0, "name", "the job's name '" + name + "' must have 1 to " + most + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            problems.add(0, "name", "the job's name holds a control character");
        }
        return name;
    }

    private String resolve(int line, String path, FormatString text) {
        try {
            return text.resolve(symbols);
        } catch (IllegalArgumentException e) {
            problems.add(line, path, String.valueOf(e.getMessage()));
            return "";
        }
    }

    private Step step(StepTemplate step) {
        var path = "step " + step.name();
        return new Step(
                step.name(),
                step.description(),
                step.dependencies(),
                environments(step.environments()),
                new RequirementsMaker(problems, symbols, step.line(), path).make(step.hostRequirements()),
                new SpaceMaker(problems, symbols, path).make(step.line(), step.parameterSpace()),
                new Script(
                        action(step.line(), path, step.script().onRun()),
                        step.script().files()));
    }

    private List<Environment> environments(List<Environment> all) {
        return all.stream().map(this::environment).toList();
    }

    private Environment environment(Environment environment) {
        var path = "environment " + environment.name();
        return new Environment(
                environment.name(),
                environment.description(),
                environment.variables(),
                environment.onEnter().map(action -> action(0, path, action)),
                environment.onExit().map(action -> action(0, path, action)),
                environment.files());
    }

    /// Times and the way to cancel are settled at submit; the command waits for the worker.
    private ScriptAction action(int line, String path, ScriptAction action) {
        return new ScriptAction(
                action.command(),
                action.args(),
                action.timeout().map(text -> seconds(line, path + ".timeout", text, Long.MAX_VALUE)),
                cancelation(line, path + ".cancelation", action.cancelation()));
    }

    private Cancelation cancelation(int line, String path, Cancelation cancelation) {
        var mode = resolve(line, path, cancelation.mode());
        if (!mode.equals("TERMINATE") && !mode.equals("NOTIFY_THEN_TERMINATE")) {
            problems.add(line, path, "'" + mode + "' is not one of [TERMINATE, NOTIFY_THEN_TERMINATE]");
        }
        var period = mode.equals("TERMINATE")
                ? Optional.<FormatString>empty()
                : cancelation.notifyPeriod().map(text -> seconds(line, path, text, LONGEST_NOTIFY));
        return new Cancelation(FormatString.of(mode), period);
    }

    private FormatString seconds(int line, String path, FormatString text, long most) {
        var value = resolve(line, path, text);
        if (Numbers.whole(value).filter(v -> v >= 1 && v <= most).isEmpty()) {
            problems.add(
                    line,
                    path,
                    "'" + value + "' is not a whole number of seconds from 1"
                            + (most < Long.MAX_VALUE ? " to " + most : ""));
            return FormatString.of("1");
        }
        return FormatString.of(value.strip());
    }
}
