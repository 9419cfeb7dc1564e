package aque.cli;

import aque.local.LocalPostgres;
import java.util.List;

/// `aque stop`: ends the embedded server and its worker; what it holds stays.
final class StopCommand {
    private StopCommand() {}

    static int run(Shell shell, List<String> typed) {
        if (!Arguments.anywhere(typed, Arguments.options()).words().isEmpty()) {
            throw new UsageException("stop takes no words; to stop a task: aque kill ID");
        }
        shell.out().println(LocalPostgres.ofUser().stop() ? "stopped" : "nothing was running");
        return Exit.DONE;
    }
}
