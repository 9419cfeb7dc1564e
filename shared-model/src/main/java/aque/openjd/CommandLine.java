package aque.openjd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a task will run, as far as it is known before a worker has it: its parameters are filled in, a file that the
/// template carries goes by its name, and what only the worker knows stays as it is written. Pure.
public final class CommandLine {
    private CommandLine() {}

    /// Command and arguments of one task of a step.
    public static List<String> of(JobDocument document, int step, TaskParameters task) {
        var seen = document.around(step);
        var script = document.steps().get(step).script();
        var known = known(seen, script, task);
        return Stream.concat(Stream.of(script.onRun().command()), script.onRun().args().stream())
                .map(word -> word.fill(known))
                .toList();
    }

    private static Map<String, String> known(JobDocument document, Script script, TaskParameters task) {
        var known = new HashMap<String, String>();
        document.parameters().forEach(parameter -> {
            known.put("Param." + parameter.name(), parameter.value());
            known.put("RawParam." + parameter.name(), parameter.value());
        });
        task.values().forEach((name, value) -> {
            known.put("Task.Param." + name, value.value());
            known.put("Task.RawParam." + name, value.value());
        });
        script.files()
                .forEach(file ->
                        known.put("Task.File." + file.name(), file.filename().orElse(file.name())));
        return known;
    }
}
