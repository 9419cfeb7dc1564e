package aque.cli;

import java.util.List;

/// `aque limit`: what the whole farm may use at once. Without words all limits, `NAME MOST USED task|host` a line.
final class LimitCommand {
    private LimitCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed, Arguments.options(Arguments.flag("per-host", "a host counts once, whatever it runs")));
        var words = args.words();
        if (words.isEmpty()) {
            shell.farm()
                    .limits()
                    .forEach(l -> shell.out()
                            .println(l.name() + " " + l.most() + " " + l.used() + (l.perHost() ? " host" : " task")));
            return Exit.DONE;
        }
        if (words.size() != 2) {
            throw new UsageException("limit NAME N, or limit alone to see all");
        }
        shell.broker().limit(words.getFirst(), Units.number("a limit", words.getLast()), args.has("per-host"));
        return Exit.DONE;
    }
}
