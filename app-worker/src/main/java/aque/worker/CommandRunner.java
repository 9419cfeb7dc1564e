package aque.worker;

import aque.process.LaunchException;
import aque.process.RunAs;
import aque.submit.EnvironmentPolicy;
import aque.submit.Work;
import aque.worker.TaskProcess.Kind;
import aque.worker.TaskProcess.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs tasks that are one command line: makes what it reads, opens the files that get copies of its output, and waits
/// until its process and the copies have ended. On each task's own thread.
final class CommandRunner {
    private final TaskStreams streams;

    CommandRunner(TaskStreams streams) {
        this.streams = streams;
    }

    Verdict run(TaskRun run, Work.Command command) throws InterruptedException {
        run.voice().listen(run.gauge(command.argv(), List.of()), EnvironmentPolicy.secrets(run.environment()));
        try {
            var copies = TaskStreams.copies(
                    run.claim(), run.process().inherits(), run.process().user());
            run.tap().copy(copies);
            return ended(run, process(run, command), copies.values());
        } catch (LaunchException e) {
            return run.process().refused(e);
        }
    }

    private Verdict process(TaskRun run, Work.Command command) throws InterruptedException, LaunchException {
        if (run.process().inherits()) {
            return run.process().run(order(run, command.argv(), Optional.empty()), () -> {});
        }
        var input = streams.input(run.claim());
        var user = run.process().user();
        if (input.isPresent() && input.get().temporary() && user.isPresent()) {
            give(input.get().file(), user.get());
        }
        var order = order(run, streams.words(command.argv()), input.map(TaskStreams.Input::file));
        if (user.isEmpty()) {
            return run.process().run(order, () -> input.ifPresent(TaskStreams.Input::opened));
        }
        try {
            return run.process().run(order, () -> {});
        } finally {
            input.ifPresent(TaskStreams.Input::opened);
        }
    }

    private static Run order(TaskRun run, List<String> argv, Optional<Path> stdin) {
        var claim = run.claim();
        return new Run(
                argv,
                run.environment(),
                Path.of(claim.cwd()),
                stdin,
                claim.options().graceTime(),
                Optional.empty(),
                Kind.WORK);
    }

    private static void give(Path file, RunAs user) throws LaunchException {
        try {
            user.own(file);
        } catch (IOException e) {
            throw new LaunchException("no_stdin", "standard input cannot be given to " + user.name());
        }
    }

    /// A copy of the output that is not whole is a failure of the task.
    private static Verdict ended(TaskRun run, Verdict ended, Collection<FileCopy> copies) throws InterruptedException {
        run.tap().copy(Map.of());
        var result = ended;
        for (var copy : Set.copyOf(copies)) {
            var trouble = copy.end();
            if (trouble.isPresent()) {
                run.voice().remark(trouble.get());
                result = result.code() == 0 ? Verdict.of("output_file") : result;
            }
        }
        return result;
    }
}
