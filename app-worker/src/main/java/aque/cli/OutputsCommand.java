package aque.cli;

import aque.openjd.JobDocument;
import aque.submit.ExpectedFile;
import aque.submit.Outputs;
import aque.task.TaskId;
import aque.task.TaskView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// `aque outputs JOB…`: the files that its template says it leaves, and which are there (A110), as this machine sees
/// them. 1 when a task has ended without its own.
final class OutputsCommand {
    private OutputsCommand() {}

    /// Of one step.
    ///
    /// @param late not there, but their tasks have not ended
    private record Count(String step, int expected, int found, List<Path> small, List<Path> missing, int late) {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag("json", "one JSON object a step and line"),
                        Arguments.flag('v', "verbose", "every file that is short or missing")));
        var bad = false;
        for (var task : shell.tasks(args.someIds())) {
            var counts = counts(shell, task.job());
            if (counts.isEmpty()) {
                shell.say(
                        "job " + task.job() + " says nothing of its outputs (`outputs` in a template's Aque section)");
            }
            for (var count : counts) {
                bad |= !count.small.isEmpty() || !count.missing.isEmpty();
                if (args.has("json")) {
                    shell.out().println(JsonMapper.shared().writeValueAsString(json(task.job(), count)));
                } else {
                    print(shell, count, args.has("verbose") ? Integer.MAX_VALUE : 5);
                }
            }
        }
        return bad ? Exit.FAILED : Exit.DONE;
    }

    private static List<Count> counts(Shell shell, TaskId job) {
        var text = shell.broker().document(job);
        if (text.isEmpty()) {
            return List.of();
        }
        var document = JobDocument.fromJson(text.get());
        var states = shell.farm().tasksOfJob(job).stream().collect(Collectors.toMap(TaskView::id, Function.identity()));
        var cwd = shell.farm().surroundings(job).cwd();
        var out = new ArrayList<Count>();
        for (var i = 0; i < document.steps().size(); i++) {
            var step = document.steps().get(i);
            var small = new ArrayList<Path>();
            var missing = new ArrayList<Path>();
            var expected = 0;
            var late = 0;
            for (var task : shell.farm().tasksOfStep(job, i)) {
                var view = states.get(task.id());
                var ended = view != null && view.state().ended();
                for (var file : Outputs.of(document.around(i), step, task.parameters(), cwd)) {
                    expected++;
                    var verdict = file.look();
                    if (verdict == ExpectedFile.Look.SHORT && ended) {
                        small.add(file.path());
                    } else if (verdict == ExpectedFile.Look.MISSING && ended) {
                        missing.add(file.path());
                    } else if (verdict != ExpectedFile.Look.FOUND) {
                        late++;
                    }
                }
            }
            if (expected > 0) {
                var found = expected - small.size() - missing.size() - late;
                out.add(new Count(step.name(), expected, found, small, missing, late));
            }
        }
        return out;
    }

    private static void print(Shell shell, Count count, int most) {
        shell.out()
                .printf(
                        "%s: expected %d, found %d, short %d, missing %d, late %d%n",
                        Text.clean(count.step),
                        count.expected,
                        count.found,
                        count.small.size(),
                        count.missing.size(),
                        count.late);
        lines(shell, "short", count.small, most);
        lines(shell, "missing", count.missing, most);
    }

    private static void lines(Shell shell, String what, List<Path> files, int most) {
        files.stream().limit(most).forEach(f -> shell.out().println("  " + what + "  " + Text.clean(f.toString())));
        if (files.size() > most) {
            shell.out().println("  … and " + (files.size() - most) + " more (-v)");
        }
    }

    private static Map<String, Object> json(TaskId job, Count count) {
        var out = new LinkedHashMap<String, Object>();
        out.put("job", job.value());
        out.put("step", count.step);
        out.put("expected", count.expected);
        out.put("found", count.found);
        out.put("short", count.small.stream().map(Path::toString).toList());
        out.put("missing", count.missing.stream().map(Path::toString).toList());
        out.put("late", count.late);
        return out;
    }
}
