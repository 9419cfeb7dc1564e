package aque.process;

import aque.posix.Proc;
import aque.posix.ProcStat;
import aque.task.TaskId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the process tests start, and how they look for what is left of it.
final class Commands {
    static final Map<String, String> ENVIRONMENT = Map.of("PATH", System.getenv("PATH"));
    static final OutputSink NOWHERE = (channel, piece, more) -> true;

    private Commands() {}

    static Launch shell(OutputSink sink, String script) {
        return launch(sink, "sh", "-c", script);
    }

    static Launch launch(OutputSink sink, String... argv) {
        return new Launch(new TaskId(7), 2, List.of(argv), ENVIRONMENT, Path.of("/tmp"), sink);
    }

    /// The same, with `MARK` in the environment.
    static Launch marked(Launch launch, String mark) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("MARK", mark);
        return new Launch(launch.task(), launch.attempt(), launch.argv(), environment, launch.cwd(), launch.sink());
    }

    /// Processes alive on this machine whose environment has `MARK` with this value.
    static List<Integer> alive(String mark) {
        return Proc.all().stream()
                .filter(process -> !process.zombie())
                .map(ProcStat::pid)
                .filter(pid -> Proc.variable(pid, "MARK").filter(mark::equals).isPresent())
                .toList();
    }
}
