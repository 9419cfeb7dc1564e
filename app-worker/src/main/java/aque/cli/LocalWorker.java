package aque.cli;

import aque.local.LocalPostgres;
import java.util.ArrayList;
import java.util.List;

/// Sees to it that the user's own farm has a worker on this machine.
final class LocalWorker {
    private static final String IDLE = "300s";

    private LocalWorker() {}

    static void seeTo(Shell shell) {
        if (shell.local()) {
            LocalPostgres.ofUser().seeToWorker(command());
        }
    }

    private static List<String> command() {
        var out = new ArrayList<String>();
        var launcher = System.getenv("AQUE_LAUNCHER");
        if (launcher != null) {
            out.add(launcher);
        } else {
            out.add(ProcessHandle.current().info().command().orElse("java"));
            out.addAll(List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    AqueMain.class.getName()));
        }
        out.addAll(List.of("--broker", "", "worker", "--idle-exit", IDLE));
        return out;
    }
}
