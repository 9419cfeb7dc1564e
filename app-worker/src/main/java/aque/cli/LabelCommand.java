package aque.cli;

import aque.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `aque label ID… NAME=VALUE…`: what jobs are of. `NAME=` takes a label away; without any label they are printed.
final class LabelCommand {
    private LabelCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(ActionCommands.why()));
        var pairs = new ArrayList<String>();
        var ids = new ArrayList<String>();
        args.words().forEach(w -> (w.contains("=") ? pairs : ids).add(w));
        var jobs = Arguments.ids(ids);
        if (jobs.isEmpty()) {
            throw new UsageException("label ID… NAME=VALUE…");
        }
        shell.tasks(jobs);
        if (pairs.isEmpty()) {
            jobs.forEach(id -> print(shell, id));
            return Exit.DONE;
        }
        return ActionCommands.report(
                shell, "labelled", ActionCommands.broker(shell, args).label(labels(pairs), jobs));
    }

    private static void print(Shell shell, TaskId id) {
        shell.farm()
                .details(id)
                .ifPresent(d -> new TreeMap<>(d.labels())
                        .forEach((name, value) -> shell.out().println(name + "=" + value)));
    }

    /// `show=boat` and the like; names in lower case.
    static Map<String, String> labels(List<String> typed) {
        var out = new TreeMap<String, String>();
        for (var pair : typed) {
            var equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UsageException("a label is NAME=VALUE: " + pair);
            }
            out.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
        }
        return out;
    }
}
