package aque.submit;

import aque.openjd.Frames;
import aque.openjd.JobDocument;
import aque.openjd.JobDocument.StepDocument;
import aque.openjd.OutputRule;
import aque.openjd.ParameterType;
import aque.openjd.TaskParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The files that a task must leave (A110), from what its template says and its own parameters. Pure.
public final class Outputs {
    /// What stands for a frame: `####`, `%04d`, `%d`, `$F4`, `$F`.
    private static final Pattern NUMBER = Pattern.compile("(#+)|%(?:0(\\d+))?d|\\$F(\\d*)");

    private Outputs() {}

    /// @param cwd the job's folder, where relative paths start that have nothing else
    public static List<ExpectedFile> of(JobDocument job, StepDocument step, TaskParameters task, Path cwd) {
        return of(job, step, task, cwd, UnaryOperator.identity());
    }

    /// @param here what a path of another machine is on this one
    public static List<ExpectedFile> of(
            JobDocument job, StepDocument step, TaskParameters task, Path cwd, UnaryOperator<String> here) {
        var symbols = symbols(job, task);
        var out = new ArrayList<ExpectedFile>();
        for (var rule : step.outputs()) {
            var unknown = rule.files().names().stream()
                    .anyMatch(n -> symbols.getOrDefault(n, "").isEmpty());
            if (!unknown) {
                var files = here.apply(rule.files().resolve(symbols));
                names(files, task.frames())
                        .forEach((frame, name) -> out.add(new ExpectedFile(
                                place(name, here.apply(base(rule, symbols)), cwd),
                                frame,
                                rule.count(),
                                rule.least(),
                                rule.most(),
                                rule.image())));
            }
        }
        return out;
    }

    private static String base(OutputRule rule, Map<String, String> symbols) {
        return rule.base().names().stream().allMatch(symbols::containsKey)
                ? rule.base().resolve(symbols)
                : "";
    }

    private static Path place(String name, String base, Path cwd) {
        var beside = base.isEmpty() ? cwd : cwd.resolve(base).resolveSibling("");
        return name.startsWith("//")
                ? beside.resolve(name.substring(2)).normalize()
                : cwd.resolve(name).normalize();
    }

    /// One name for each frame. Of several places for the number the first counts: what a person gave already holds it.
    private static Map<OptionalLong, String> names(String files, Frames frames) {
        var number = NUMBER.matcher(files);
        if (!number.find() || frames.isEmpty()) {
            return Map.of(OptionalLong.empty(), files);
        }
        var width = width(number);
        var rest = NUMBER.matcher(files.substring(number.end())).replaceAll("");
        var out = new LinkedHashMap<OptionalLong, String>();
        frames.numbers()
                .forEach(n -> out.put(
                        OptionalLong.of(n),
                        files.substring(0, number.start()) + String.format("%0" + width + "d", n) + rest));
        return out;
    }

    private static int width(java.util.regex.Matcher number) {
        if (number.group(1) != null) {
            return number.group(1).length();
        }
        var digits = number.group(2) != null ? number.group(2) : number.group(3);
        return digits == null || digits.isEmpty() ? 1 : Math.min(18, Integer.parseInt(digits));
    }

    private static Map<String, String> symbols(JobDocument job, TaskParameters task) {
        var out = new HashMap<String, String>();
        for (var p : job.parameters()) {
            out.put("RawParam." + p.name(), p.value());
            out.put(
                    "Param." + p.name(),
                    p.type() == ParameterType.PATH ? job.pathMapping().apply(p.value()) : p.value());
        }
        task.values().forEach((name, value) -> {
            out.put("Task.Param." + name, value.value());
            out.put("Task.RawParam." + name, value.value());
        });
        return out;
    }
}
