package aque.cli;

import aque.db.Migrations;
import aque.db.SharedFarm;
import java.util.List;

/// `aque init`: brings the broker's schema to head (A39, A95); with `--roles` makes the farm a shared one.
final class InitCommand {
    private InitCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag("roles", "a shared farm: who may do what is decided by database logins"),
                        Arguments.value("group", "NAMES", "with --roles: groups whose leads act on all their jobs")));
        if (!args.words().isEmpty()) {
            throw new UsageException("init takes no words");
        }
        if (args.get("group").isPresent() && !args.has("roles")) {
            throw new UsageException("--group goes with --roles");
        }
        var address = shell.address();
        var n = Migrations.toHead(address);
        shell.out()
                .println(
                        n == 0
                                ? "up to date: " + address
                                : "made or migrated the schema (" + n + " steps): " + address);
        if (args.has("roles")) {
            SharedFarm.make(
                    address, args.get("group").map(g -> List.of(g.split(","))).orElse(List.of()));
            shell.out()
                    .println(
                            "a shared farm: put logins into aque_artist, aque_wrangler, aque_worker or aque_lead_GROUP");
        }
        return Exit.DONE;
    }
}
