package aque.cli;

import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import java.util.List;
import sun.misc.Signal;

/// `aque run`: submits, sees to a worker, streams the output, ends as the task ended. Ctrl-C stops the job.
final class RunCommand {
    private RunCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException {
        var args = SubmitCommand.arguments(typed);
        return follow(
                shell, Order.of(shell, args).waiting(shell, args).send(shell).id());
    }

    static int follow(Shell shell, TaskId id) throws InterruptedException {
        var interrupted = new boolean[1];
        Signal.handle(new Signal("INT"), s -> {
            if (interrupted[0]) {
                Runtime.getRuntime().halt(130);
            }
            interrupted[0] = true;
            shell.say("stopping " + id + " (once more leaves it to itself)");
            Thread.ofVirtual().start(() -> shell.broker().kill(List.of(id)));
        });
        var task = new Follower(shell, id).toEnd(() -> LocalWorker.seeTo(shell));
        return interrupted[0] ? 130 : code(task);
    }

    /// As a shell would say how it ended.
    static int code(TaskView task) {
        if (task.state() == TaskState.SUCCESS) {
            return Exit.DONE;
        }
        if (task.kind() == TaskKind.GROUP) {
            return Exit.FAILED;
        }
        if (task.signal().isPresent()) {
            return 128 + task.signal().getAsInt();
        }
        return task.exitCode().isPresent() && task.exitCode().getAsInt() != 0
                ? task.exitCode().getAsInt()
                : Exit.FAILED;
    }
}
