package aque.worker;

import aque.broker.Claim;
import aque.session.SessionState;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A task that runs, as one worker leaves it to the next.
///
/// @param gpus which ones are its alone
/// @param argv of a command, else empty
/// @param step and `parameters` of an OpenJD task
/// @param options JSON, "" for none
/// @param begun when the task began, `process` when its process did: milliseconds since 1970
/// @param stop why it is being stopped, "" when it is not
/// @param channel its address and key at the worker's door
/// @param memory lines that told its tool
/// @param exit how its process ended, when it has just done so
record HandedRun(
        long task,
        long job,
        String name,
        int attempt,
        int cpuMilli,
        long bytes,
        List<Integer> gpus,
        List<String> argv,
        int step,
        String parameters,
        String user,
        String cwd,
        Map<String, String> environment,
        String options,
        double percent,
        String status,
        String failure,
        String errorLine,
        long peak,
        long cpuMillis,
        long begun,
        long process,
        String stop,
        String channel,
        List<OutputTap.Place> places,
        List<String> memory,
        List<String> secrets,
        Optional<SessionState> session,
        Optional<HandedExit> exit) {

    /// An end that the keeper has forgotten already.
    record HandedExit(int code, int signal, long cpuMillis, long peak, boolean keeperLost) {
        static HandedExit of(aque.process.Exit exit) {
            return new HandedExit(
                    exit.code().orElse(-1),
                    exit.signal().orElse(-1),
                    exit.cpuMillis(),
                    exit.peakMemory(),
                    exit.keeperLost());
        }

        aque.process.Exit exit() {
            return new aque.process.Exit(optional(code), optional(signal), cpuMillis, peak, keeperLost);
        }

        private static OptionalInt optional(int n) {
            return n < 0 ? OptionalInt.empty() : OptionalInt.of(n);
        }
    }

    Claim claim() {
        var work = argv.isEmpty() ? new Work.OpenJd(step, parameters) : new Work.Command(argv);
        return new Claim(
                new TaskId(task),
                new TaskId(job),
                name,
                attempt,
                cpuMilli,
                bytes,
                gpus.size(),
                work,
                user,
                cwd,
                environment,
                options.isEmpty() ? TaskOptions.NONE : TaskOptions.fromJson(options));
    }
}
