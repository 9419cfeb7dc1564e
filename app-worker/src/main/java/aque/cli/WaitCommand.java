package aque.cli;

import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `aque wait ID…`: blocks on NOTIFY until all have ended (W5). With `--results` it prints what they wrote and ends
/// with
/// the code of the first that did not succeed, as if they had run here (A85).
final class WaitCommand {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private WaitCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("timeout", "D", "give up after so long, with 124"),
                        Arguments.flag("results", "then print their output and end with their exit code")));
        var deadline = args.get("timeout").map(Units::duration).map(Instant.now()::plus);
        var ids = args.someIds();
        try (var ears = new Ears(shell.database().address())) {
            while (true) {
                var tasks = shell.tasks(ids);
                var all = shell.farm().tasks(shell.farm().chain(ids));
                if (all.stream().allMatch(t -> t.state().ended())) {
                    return args.has("results") ? results(shell, tasks) : code(all);
                }
                var left = deadline.map(d -> Duration.between(Instant.now(), d)).orElse(LOOK);
                if (left.isNegative() || left.isZero()) {
                    return Exit.TIMED_OUT;
                }
                ears.await(left.compareTo(LOOK) < 0 ? left : LOOK);
            }
        }
    }

    private static int code(List<TaskView> tasks) {
        return tasks.stream().allMatch(t -> t.state() == TaskState.SUCCESS) ? Exit.DONE : Exit.FAILED;
    }

    private static int results(Shell shell, List<TaskView> tasks) {
        var format = new LogPrinter.Format(Optional.empty(), Optional.empty(), false, false);
        for (var task : Family.tasks(shell, tasks)) {
            if (task.attempt() > 0) {
                new LogPrinter(shell, task.id(), task.attempt(), format).print();
            }
        }
        return tasks.stream()
                .filter(t -> t.state() != TaskState.SUCCESS)
                .findFirst()
                .map(t -> t.kind() == TaskKind.GROUP ? Exit.FAILED : RunCommand.code(t))
                .orElse(Exit.DONE);
    }
}
