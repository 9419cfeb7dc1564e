package aque.cli;

import aque.log.Channel;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `aque output ID…`: what tasks wrote in their last attempt; of a group, its tasks one after the other (A92).
final class OutputCommand {
    private static final Duration LOOK = Duration.ofMillis(250);

    private OutputCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag('f', "follow", "until they have ended"),
                        Arguments.flag("raw", "lines of timestamp, channel and data"),
                        Arguments.value("channel", "NAME", "one channel only, to stdout"),
                        Arguments.value("attempt", "N", "an earlier attempt")));
        var channel = args.get("channel")
                .map(c -> Channel.ofWord(c).orElseThrow(() -> new UsageException("no channel " + c)));
        var format = new LogPrinter.Format(channel, args.has("raw"), false);
        var attempt =
                args.get("attempt").map(n -> Units.number("the attempt", n)).orElse(0);
        for (var task : members(shell, shell.tasks(args.someIds()))) {
            if (args.has("follow")) {
                follow(shell, task, format);
            } else if (task.attempt() > 0) {
                new LogPrinter(shell.logs(), task.id(), attempt > 0 ? attempt : task.attempt(), format).print(shell);
            }
        }
        return Exit.DONE;
    }

    private static List<TaskView> members(Shell shell, List<TaskView> tasks) {
        var out = new ArrayList<TaskView>();
        for (var t : tasks) {
            if (t.kind() != TaskKind.GROUP) {
                out.add(t);
                continue;
            }
            var all = shell.farm().tasksOfJob(t.job());
            out.addAll(Family.below(t.id(), all).stream()
                    .filter(m -> m.kind() != TaskKind.GROUP)
                    .toList());
        }
        return out;
    }

    private static void follow(Shell shell, TaskView first, LogPrinter.Format format) throws InterruptedException {
        var task = first;
        var printer = new LogPrinter(shell.logs(), task.id(), Math.max(1, task.attempt()), format);
        var attempt = Math.max(1, task.attempt());
        while (true) {
            task = shell.farm().task(first.id()).orElse(task);
            if (task.attempt() > attempt) {
                printer.print(shell);
                attempt = task.attempt();
                printer = new LogPrinter(shell.logs(), task.id(), attempt, format);
            }
            printer.print(shell);
            if (task.state().ended()) {
                return;
            }
            Thread.sleep(LOOK);
        }
    }
}
