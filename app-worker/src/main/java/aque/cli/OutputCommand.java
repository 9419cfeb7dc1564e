package aque.cli;

import aque.log.Channel;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

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
        var tasks = Family.tasks(shell, shell.tasks(args.someIds()));
        if (args.has("follow")) {
            follow(shell, tasks, format);
            return Exit.DONE;
        }
        for (var task : tasks) {
            if (task.attempt() > 0) {
                new LogPrinter(shell.logs(), task.id(), attempt > 0 ? attempt : task.attempt(), format).print(shell);
            }
        }
        return Exit.DONE;
    }

    /// All at once, until all have ended: what one writes does not wait for the other.
    private static void follow(Shell shell, List<TaskView> tasks, LogPrinter.Format format)
            throws InterruptedException {
        var open = new LinkedHashMap<TaskId, Following>();
        tasks.forEach(t -> open.put(t.id(), new Following(shell.logs(), t, format)));
        while (true) {
            for (var now : shell.farm().tasks(open.keySet())) {
                if (Objects.requireNonNull(open.get(now.id())).ended(shell, now)) {
                    open.remove(now.id());
                }
            }
            if (open.isEmpty()) {
                return;
            }
            Thread.sleep(LOOK);
        }
    }

    /// One task whose output is followed, from one attempt to the next.
    private static final class Following {
        private final LogStore logs;
        private final LogPrinter.Format format;
        private final TaskId task;
        private int attempt;
        private LogPrinter printer;

        Following(LogStore logs, TaskView first, LogPrinter.Format format) {
            this.logs = logs;
            this.format = format;
            task = first.id();
            attempt = Math.max(1, first.attempt());
            printer = new LogPrinter(logs, task, attempt, format);
        }

        boolean ended(Shell shell, TaskView now) {
            printer.print(shell);
            if (now.attempt() > attempt) {
                attempt = now.attempt();
                printer = new LogPrinter(logs, task, attempt, format);
                printer.print(shell);
            }
            return now.state().ended();
        }
    }
}
