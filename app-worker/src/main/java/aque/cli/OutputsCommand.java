package aque.cli;

import aque.farm.JobOutputs;
import aque.farm.JobOutputs.State;
import aque.openjd.JobDocument;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// `aque outputs JOB…`: the files that its template says it leaves, and which are there (A110), as this machine sees
/// them. 1 when a task has ended without its own; a file that is older than the job is not its own.
final class OutputsCommand {
    private static final int USUALLY_NAMED = 5;
    private static final Set<State> NOT_ITS_OWN = EnumSet.of(State.SHORT, State.OLD, State.MISSING);

    private OutputsCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag("json", "one JSON object a step and line"),
                        Arguments.flag('v', "verbose", "every file that is short, older than the job, or missing")));
        var bad = false;
        for (var job : shell.tasks(args.someIds()).stream()
                .map(TaskView::job)
                .distinct()
                .toList()) {
            var outputs = shell.broker()
                    .document(job)
                    .map(text -> JobOutputs.of(shell.farm(), job, JobDocument.fromJson(text)))
                    .orElse(JobOutputs.NONE);
            if (outputs.steps().isEmpty()) {
                shell.say("job " + job + " says nothing of its outputs (`outputs` in a template's Aque section)");
            }
            for (var step : outputs.steps()) {
                bad |= step.files().stream().map(JobOutputs.Entry::state).anyMatch(NOT_ITS_OWN::contains);
                if (args.has("json")) {
                    shell.out().println(JsonMapper.shared().writeValueAsString(json(job, step)));
                } else {
                    print(shell, step, args.has("verbose") ? Integer.MAX_VALUE : USUALLY_NAMED);
                }
            }
        }
        return bad ? Exit.FAILED : Exit.DONE;
    }

    private static void print(Shell shell, JobOutputs.Step step, int most) {
        shell.out()
                .printf(
                        "%s: expected %d, found %d, short %d, old %d, missing %d, late %d%n",
                        Text.clean(step.name()),
                        step.files().size(),
                        step.of(State.FOUND).size(),
                        step.of(State.SHORT).size(),
                        step.of(State.OLD).size(),
                        step.of(State.MISSING).size(),
                        step.of(State.LATE).size());
        lines(shell, "short", step.of(State.SHORT), most);
        lines(shell, "old", step.of(State.OLD), most);
        lines(shell, "missing", step.of(State.MISSING), most);
    }

    private static void lines(Shell shell, String what, List<JobOutputs.Entry> files, int most) {
        files.stream()
                .limit(most)
                .forEach(f -> shell.out()
                        .println("  " + what + "  " + Text.clean(f.file().toString())));
        if (files.size() > most) {
            shell.out().println("  … and " + (files.size() - most) + " more (-v)");
        }
    }

    private static Map<String, Object> json(TaskId job, JobOutputs.Step step) {
        var out = new LinkedHashMap<String, Object>();
        out.put("job", job.value());
        out.put("step", step.name());
        out.put("expected", step.files().size());
        out.put("found", step.of(State.FOUND).size());
        out.put("short", names(step.of(State.SHORT)));
        out.put("old", names(step.of(State.OLD)));
        out.put("missing", names(step.of(State.MISSING)));
        out.put("late", step.of(State.LATE).size());
        return out;
    }

    private static List<String> names(List<JobOutputs.Entry> files) {
        return files.stream().map(f -> f.file().toString()).toList();
    }
}
