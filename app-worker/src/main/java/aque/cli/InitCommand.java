package aque.cli;

import aque.db.Migrations;
import java.util.List;

/// `aque init`: brings the broker's schema to head (A39, A95).
final class InitCommand {
    private InitCommand() {}

    static int run(Shell shell, List<String> typed) {
        if (!Arguments.anywhere(typed, Arguments.options()).words().isEmpty()) {
            throw new UsageException("init takes no words");
        }
        var address = shell.address();
        var n = Migrations.toHead(address);
        shell.out()
                .println(
                        n == 0
                                ? "up to date: " + address
                                : "made or migrated the schema (" + n + " steps): " + address);
        return Exit.DONE;
    }
}
