package aque.openjd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the steps of a job template.
final class StepReader {

    private final Dialect dialect;
    private final Scope onWorker;
    private final ActionReader actions;
    private final EnvironmentReader environments;
    private final HostRequirementsReader requirements;
    private final ParameterSpaceReader spaces;

    StepReader(Dialect dialect, Scope atSubmit, Scope onWorker) {
        this.dialect = dialect;
        this.onWorker = onWorker;
        this.actions = new ActionReader(dialect, atSubmit);
        this.environments = new EnvironmentReader(dialect, onWorker, actions);
        this.requirements = new HostRequirementsReader(dialect, atSubmit);
        this.spaces = new ParameterSpaceReader(dialect, atSubmit);
    }

    List<StepTemplate> all(Fields template, Set<String> environmentNames) {
        var places = template.required("steps").map(Place::items).orElse(List.of());
        var graph = new StepGraph();
        var steps = new ArrayList<StepTemplate>();
        for (var place : places) {
            place.fields().ifPresent(fields -> {
                graph.add(fields);
                step(fields, environmentNames).ifPresent(steps::add);
            });
        }
        graph.check();
        return steps;
    }

    private Optional<StepTemplate> step(Fields fields, Set<String> environmentNames) {
        var name = fields.required("name").flatMap(this::name);
        var description = Words.description(fields);
        var dependencies = dependencies(fields);
        var stepEnvironments = environments.all(fields, "stepEnvironments", environmentNames);
        var required = fields.get("hostRequirements").map(requirements::read).orElse(HostRequirementsTemplate.NONE);
        var space = fields.get("parameterSpace").map(spaces::read).orElse(ParameterSpaceTemplate.NONE);
        var script = script(fields, name.orElse("step"));
        fields.refuseOthers();
        return name.flatMap(n -> script.map(s -> new StepTemplate(
                fields.place().node().line(), n, description, dependencies, stepEnvironments, required, space, s)));
    }

    private Optional<String> name(Place place) {
        return Words.line(place, dialect.name()).filter(name -> {
            if (name.contains("{{")) {
                place.problem("a step's name is plain text, '{{…}}' has no meaning in it");
            }
            return true;
        });
    }

    private static List<String> dependencies(Fields step) {
        var names = new ArrayList<String>();
        for (var place : step.items("dependencies")) {
            place.fields().ifPresent(fields -> {
                fields.required("dependsOn").flatMap(Place::text).ifPresent(names::add);
                fields.refuseOthers();
            });
        }
        return names;
    }

    private Optional<Script> script(Fields step, String name) {
        var taskScope = onWorker.with("Task.Param.", ParameterSpaceReader.names(step))
                .with("Task.RawParam.", ParameterSpaceReader.names(step));
        var shorthand = new Shorthand(dialect, actions, taskScope).read(step, name);
        if (shorthand.isPresent() || step.get("script").isEmpty()) {
            if (shorthand.isEmpty() && !Shorthand.isIn(step)) {
                step.required("script");
            }
            return shorthand;
        }
        return step.get("script").flatMap(Place::fields).flatMap(fields -> {
            var scope = taskScope.with("Task.File.", ActionReader.fileNames(fields));
            var run = fields.required("actions").flatMap(Place::fields).flatMap(all -> {
                var action = all.required("onRun").flatMap(place -> actions.action(place, scope));
                all.refuseOthers();
                return action;
            });
            var files = actions.files(fields, scope);
            fields.refuseOthers();
            return run.map(action -> new Script(action, files));
        });
    }
}
