package aque.cli;

import aque.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// `aque wait ID…`: blocks on NOTIFY until all have ended (W5).
final class WaitCommand {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private WaitCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException {
        var args = Arguments.anywhere(
                typed, Arguments.options(Arguments.value("timeout", "D", "give up after so long, with 124")));
        var deadline = args.get("timeout").map(Units::duration).map(Instant.now()::plus);
        var ids = args.someIds();
        try (var ears = new Ears(shell.database().address())) {
            while (true) {
                var tasks = shell.tasks(ids);
                if (tasks.stream().allMatch(t -> t.state().ended())) {
                    return tasks.stream().allMatch(t -> t.state() == TaskState.SUCCESS) ? Exit.DONE : Exit.FAILED;
                }
                var left = deadline.map(d -> Duration.between(Instant.now(), d)).orElse(LOOK);
                if (left.isNegative() || left.isZero()) {
                    return Exit.TIMED_OUT;
                }
                ears.await(left.compareTo(LOOK) < 0 ? left : LOOK);
            }
        }
    }
}
