package aque.process;

import aque.task.TaskId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A worker in a process of its own, for tests that kill it. Arguments: the value of `MARK` for all that it
/// starts.
public final class DoomedWorker {

    private DoomedWorker() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(Commands.ENVIRONMENT);
        environment.put("MARK", arguments[0]);
        Processes processes = Processes.start("doomed");
        String script = "trap '' TERM; setsid sleep 999 & setsid -f sleep 999; sleep 999; :";
        for (int task = 1; task <= 3; task++) {
            processes.start(new Launch(
                    new TaskId(task), 1, List.of("sh", "-c", script), environment, Path.of("/tmp"), Commands.NOWHERE));
        }
        System.out.println("started");
        Thread.sleep(Long.MAX_VALUE);
    }
}
