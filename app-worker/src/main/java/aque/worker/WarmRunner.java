package aque.worker;

import aque.broker.Broker;
import aque.submit.EnvironmentPolicy;
import aque.submit.TaskFrames;
import aque.submit.Work;
import aque.task.TaskId;
import aque.worker.TaskProcess.Kind;
import aque.worker.TaskProcess.Run;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/// Runs tasks that are items of a process which does many of them (A111). A process that has done one well or badly is
/// kept for the next of its kind; it goes when it has had its number of items, when no more can come, when none came
/// for a while, and when it died, which fails only the item that it had. Any thread.
final class WarmRunner {
    /// Of these each item has its own; the process is told of each.
    private static final Set<String> OF_AN_ITEM = Set.of(TaskFrames.VARIABLE, "AQUE_FRAME_START", "AQUE_FRAME_END");

    private final TaskDoor door;
    private final Kept<Kin, WarmProcess> processes;

    /// Tasks that the same process can do.
    private record Kin(
            TaskId job, List<String> argv, String user, String cwd, Map<String, String> variables, String gpus) {
        static Kin of(TaskRun run, Work.Command command) {
            var claim = run.claim();
            return new Kin(
                    claim.job(),
                    command.argv(),
                    claim.user(),
                    claim.cwd(),
                    common(claim.environment()),
                    run.environment().getOrDefault(Gpus.VISIBLE, ""));
        }
    }

    WarmRunner(Broker broker, TaskDoor door, ScheduledExecutorService timer) {
        this.door = door;
        this.processes = new Kept<>(broker, timer, WarmProcess::leave);
    }

    private static Map<String, String> common(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.keySet().removeAll(OF_AN_ITEM);
        return Map.copyOf(all);
    }

    /// Runs the task to its end; on the task's own thread.
    Verdict run(TaskRun run, Work.Command command) throws InterruptedException {
        run.voice().listen(run.gauge(command.argv(), List.of()), EnvironmentPolicy.secrets(run.environment()));
        var kin = Kin.of(run, command);
        while (true) {
            var kept = processes.take(kin);
            var process = kept.orElseGet(() ->
                    new WarmProcess(run.channelKey(), run.claim().options().graceTime()));
            var verdict = run(run, kin, process);
            if (kept.isEmpty() || process.hasTaken() || run.stopping()) {
                return verdict;
            }
        }
    }

    private Verdict run(TaskRun run, Kin kin, WarmProcess process) throws InterruptedException {
        var keep = false;
        try {
            var verdict = run.process().item(order(run, kin), process, () -> give(run, process));
            keep = process.done().isDone()
                    && !run.stopping()
                    && process.items() < run.claim().options().warm()
                    && processes.moreLike(run);
            if (verdict.good() && process.items() == 0) {
                run.voice().remark("its process has ended well, and has never asked for its item: see aque.items()");
                return Verdict.of("no_item");
            }
            return verdict;
        } finally {
            if (!keep || !processes.keep(kin, process)) {
                processes.leave(process);
            }
        }
    }

    private void give(TaskRun run, WarmProcess process) {
        run.itemsOf(process);
        door.admit(process.key(), run);
        process.serve(run);
    }

    private static Run order(TaskRun run, Kin kin) {
        return new Run(
                kin.argv,
                common(run.environment()),
                Path.of(kin.cwd),
                Optional.empty(),
                run.claim().options().graceTime(),
                Optional.empty(),
                Kind.ITEM);
    }

    /// Ends the processes that wait for an item, in the background.
    ///
    /// @return whether all have ended
    boolean leaveIdle() {
        return processes.leaveIdle();
    }

    /// Ends them, and waits for that a while.
    void close() throws InterruptedException {
        processes.close();
    }
}
