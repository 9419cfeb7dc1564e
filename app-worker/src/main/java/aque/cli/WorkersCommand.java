package aque.cli;

import aque.schedule.Fit;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// `aque workers`: who is up, with what, doing how much.
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
                o.put("running", w.running());
                o.put("silent", w.silent().toMillis() / 1000.0);
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
                            "%-20s %-9s %6s of %s cpus  %6d of %d MiB  %d running  silent %ds%n",
                            Text.clean(w.name()),
                            w.state(),
                            Fit.cpus(w.usedCpuMilli()),
                            Fit.cpus(w.cpuMilli()),
                            w.usedMemory() >> 20,
                            w.memory() >> 20,
                            w.running(),
                            w.silent().toSeconds());
        }
        return Exit.DONE;
    }
}
