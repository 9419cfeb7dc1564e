package aque.cli;

import aque.log.Channel;
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
        var word = args.get("channel");
        var channel = word.map(c -> Channel.ofWord(c).orElse(Channel.FREE));
        var free = word.filter(c -> Channel.ofWord(c).isEmpty());
        if (free.filter(c -> !Channel.isFreeName(c)).isPresent()) {
            throw new UsageException("no channel " + free.get());
        }
        var format = new LogPrinter.Format(channel, free, args.has("raw"), false);
        var attempt =
                args.get("attempt").map(n -> Units.number("the attempt", n)).orElse(0);
        var tasks = Family.tasks(shell, shell.tasks(args.someIds()));
        if (args.has("follow")) {
            follow(shell, tasks, format);
            return Exit.DONE;
        }
        for (var task : tasks) {
            if (task.attempt() > 0) {
                new LogPrinter(shell, task.id(), attempt > 0 ? attempt : task.attempt(), format).print();
            }
        }
        return Exit.DONE;
    }

    /// All at once, until all have ended: what one writes does not wait for the other.
    private static void follow(Shell shell, List<TaskView> tasks, LogPrinter.Format format)
            throws InterruptedException {
        var open = new LinkedHashMap<TaskId, Following>();
        tasks.forEach(t -> open.put(t.id(), new Following(shell, t, format)));
        while (true) {
            for (var now : shell.farm().tasks(open.keySet())) {
                if (Objects.requireNonNull(open.get(now.id())).ended(now)) {
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
        private final Shell shell;
        private final LogPrinter.Format format;
        private final TaskId task;
        private int attempt;
        private LogPrinter printer;

        Following(Shell shell, TaskView first, LogPrinter.Format format) {
            this.shell = shell;
            this.format = format;
            task = first.id();
            attempt = Math.max(1, first.attempt());
            printer = new LogPrinter(shell, task, attempt, format);
        }

        boolean ended(TaskView now) {
            printer.print();
            if (now.attempt() > attempt) {
                attempt = now.attempt();
                printer = new LogPrinter(shell, task, attempt, format);
                printer.print();
            }
            return now.state().ended();
        }
    }
}
