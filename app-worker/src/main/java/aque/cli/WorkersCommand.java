package aque.cli;

import aque.farm.WorkerView;
import aque.schedule.Fit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.cli.Options;
import tools.jackson.databind.json.JsonMapper;

/// `aque workers`: who is up, with what, doing how much; and the commands that keep workers from work.
final class WorkersCommand {
    private WorkersCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(Arguments.flag("json", "one JSON object a line")));
        var workers = shell.farm().workers();
        if (args.has("json")) {
            for (var w : workers) {
                var o = new LinkedHashMap<String, Object>();
                o.put("id", w.id());
                o.put("name", w.name());
                o.put("host", w.host());
                o.put("state", w.state());
                o.put("cpus", w.cpuMilli() / 1000.0);
                o.put("memory", w.memory());
                o.put("usedCpus", w.usedCpuMilli() / 1000.0);
                o.put("usedMemory", w.usedMemory());
                o.put("running", w.running());
                o.put("silent", w.silent().toMillis() / 1000.0);
                o.put("version", w.version());
                o.put("note", w.note());
                o.put("aside", w.aside().map(WorkerView.Aside::note).orElse(null));
                shell.out().println(JsonMapper.shared().writeValueAsString(o));
            }
            return Exit.DONE;
        }
        if (workers.isEmpty()) {
            shell.say("no worker is up: start one with `aque worker`");
        }
        for (var w : workers) {
            shell.out()
                    .printf(
                            "%-20s %-9s %6s of %s cpus  %6d of %d MiB  %d running  silent %ds%s%n",
                            Text.clean(w.name()),
                            w.state(),
                            Fit.cpus(w.usedCpuMilli()),
                            Fit.cpus(w.cpuMilli()),
                            w.usedMemory() >> 20,
                            w.memory() >> 20,
                            w.running(),
                            w.silent().toSeconds(),
                            said(w));
        }
        return Exit.DONE;
    }

    static int drain(Shell shell, List<String> typed) {
        return steer(shell, Arguments.anywhere(typed, new Options()), "draining", shell.broker()::drain);
    }

    static int undrain(Shell shell, List<String> typed) {
        return steer(shell, Arguments.anywhere(typed, new Options()), "up", shell.broker()::undrain);
    }

    static int aside(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(Arguments.value("note", "TEXT", "why, for everybody")));
        var note = args.get("note").orElse("");
        return steer(shell, args, "aside", ids -> shell.broker().setAside(ids, note));
    }

    private static String said(WorkerView worker) {
        return worker.aside()
                .map(a -> "  aside: " + Text.clean(a.note()))
                .orElse(worker.note().isEmpty() ? "" : "  note: " + Text.clean(worker.note()));
    }

    /// Workers are named by number or by name, with `*` and `?` for what may be anything.
    private static int steer(
            Shell shell, Arguments args, String done, Function<Collection<Integer>, List<Integer>> action) {
        if (args.words().isEmpty()) {
            throw new UsageException("which worker? `aque workers` lists them");
        }
        var workers = shell.farm().workers();
        var ids = new ArrayList<Integer>();
        for (var word : args.words()) {
            var named = workers.stream()
                    .filter(w -> Fit.hostMatches(word, w.name())
                            || Integer.toString(w.id()).equals(word))
                    .toList();
            if (named.isEmpty()) {
                throw new UsageException("no worker " + word);
            }
            named.forEach(w -> ids.add(w.id()));
        }
        var changed = action.apply(ids);
        workers.stream()
                .filter(w -> changed.contains(w.id()))
                .forEach(w -> shell.out().println(Text.clean(w.name()) + " " + done));
        if (changed.isEmpty()) {
            shell.say("nothing to change");
        }
        return changed.isEmpty() ? Exit.FAILED : Exit.DONE;
    }
}
