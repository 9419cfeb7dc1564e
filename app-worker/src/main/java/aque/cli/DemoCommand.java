package aque.cli;

import aque.demo.DemoJob;
import aque.local.LocalPostgres;
import aque.task.TaskId;
import aque.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `aque demo`: a real small job, followed in the console where there is a display, else here. The last line on stdout
/// is
/// the film's path.
final class DemoCommand {
    private DemoCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException, IOException {
        var args = Arguments.anywhere(
                typed, Arguments.options(Arguments.flag("terminal", "follow it here, also where there is a display")));
        if (!args.words().isEmpty()) {
            throw new UsageException("demo takes no words");
        }
        var folder = Files.createTempDirectory(Files.createDirectories(data()), "film-");
        var id = new Order(DemoJob.submission(System.getProperty("user.name"), folder))
                .send(shell)
                .id();
        shell.say("submitted as job " + id + ": a sky, " + "then its frames, then the film and a contact sheet");
        LocalWorker.seeTo(shell);
        var console = display() && !args.has("terminal") ? console(id) : Optional.<Process>empty();
        var code = follow(shell, id);
        console.ifPresent(c -> shell.say("the console stays open; close it when you have seen enough"));
        shell.out().println(DemoJob.result(folder));
        return code;
    }

    private static int follow(Shell shell, TaskId id) throws InterruptedException {
        var bar = new ProgressBar(shell);
        var last = shell.farm().task(id).orElseThrow();
        try (var ears = new Ears(shell.database().address())) {
            while (!last.state().ended()) {
                LocalWorker.seeTo(shell);
                shell.farm().jobs(List.of(id)).stream().findFirst().ifPresent(bar::show);
                ears.await(java.time.Duration.ofMillis(500));
                last = shell.farm().task(id).orElseThrow();
            }
        }
        shell.farm().jobs(List.of(id)).stream().findFirst().ifPresent(bar::end);
        return last.state() == TaskState.SUCCESS ? Exit.DONE : Exit.FAILED;
    }

    private static Path data() {
        return LocalPostgres.ofUser().workerLog().resolveSibling("demo");
    }

    private static boolean display() {
        return System.getProperty("os.name").startsWith("Mac")
                || System.getProperty("os.name").startsWith("Win")
                || System.getenv("DISPLAY") != null
                || System.getenv("WAYLAND_DISPLAY") != null;
    }

    /// The console on this job, in a process of its own that outlives us and holds none of our pipes.
    private static Optional<Process> console(TaskId id) throws IOException {
        var launcher = System.getenv("AQUE_LAUNCHER");
        if (launcher == null) {
            return Optional.empty();
        }
        return Optional.of(new ProcessBuilder(launcher, "desktop", "--select", id.toString())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }
}
