package aque.cli;

import aque.task.TaskId;
import java.time.Duration;
import java.util.List;

/// `aque status --watch`: like `top`, drawn again whenever the farm has changed, at most a few times a second (A91).
/// Where the output is no terminal each picture follows the one before.
final class Watch {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LEAST = Duration.ofMillis(300);
    private static final String CLEAR = "\033[H\033[J";

    private Watch() {}

    /// Until all these have ended, for ever when there are none.
    static int run(Shell shell, List<TaskId> ids, Runnable draw) throws InterruptedException {
        var terminal = System.console() != null && System.console().isTerminal();
        try (var ears = new Ears(shell.database().address())) {
            while (true) {
                shell.out().print(terminal ? CLEAR : "");
                draw.run();
                shell.out().flush();
                if (shell.out().checkError()
                        || !ids.isEmpty()
                                && shell.tasks(ids).stream()
                                        .allMatch(t -> t.state().ended())) {
                    return Exit.DONE;
                }
                Thread.sleep(LEAST);
                ears.await(LOOK);
            }
        }
    }
}
