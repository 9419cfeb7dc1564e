package aque.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `aque desktop`: the console. The launcher starts it directly; this is for those who come past it.
final class DesktopCommand {
    private DesktopCommand() {}

    static int run(Shell shell, List<String> typed) throws IOException, InterruptedException {
        var launcher = System.getenv("AQUE_LAUNCHER");
        if (launcher == null) {
            throw new UsageException("the console is started by its launcher: ./aque desktop");
        }
        var command = new ArrayList<>(List.of(launcher, "desktop"));
        command.addAll(typed);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
