package aque.session;

import aque.openjd.JobDocument;
import aque.openjd.JobParameter;
import aque.openjd.ParameterType;
import aque.openjd.PathMapping;
import aque.openjd.TaskParameterType;
import aque.openjd.TaskParameters;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The names that format strings may use on this worker, with their values.
final class Symbols {

    private final PathMapping mapping;
    private final Map<String, String> session = new HashMap<>();

    Symbols(JobDocument document, Path directory, Path rulesFile) {
        this.mapping = document.pathMapping();
        session.put("Session.WorkingDirectory", directory.toString());
        session.put("Session.PathMappingRulesFile", rulesFile.toString());
        session.put(
                "Session.HasPathMappingRules", Boolean.toString(!mapping.rules().isEmpty()));
        document.parameters().forEach(this::add);
    }

    private void add(JobParameter parameter) {
        session.put("RawParam." + parameter.name(), parameter.value());
        session.put("Param." + parameter.name(), here(parameter.value(), parameter.type() == ParameterType.PATH));
    }

    private String here(String value, boolean path) {
        return path ? mapping.apply(value) : value;
    }

    /// For environments.
    Map<String, String> ofSession() {
        return new HashMap<>(session);
    }

    /// For a task.
    Map<String, String> of(TaskParameters task) {
        var all = ofSession();
        task.values().forEach((name, value) -> {
            all.put("Task.RawParam." + name, value.value());
            all.put("Task.Param." + name, here(value.value(), value.type() == TaskParameterType.PATH));
        });
        return all;
    }
}
