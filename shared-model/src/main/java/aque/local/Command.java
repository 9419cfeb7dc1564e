package aque.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A short program that is run to its end, or a long one that is let go.
final class Command {
    /// A detached process belongs to nobody's task, whoever happened to start it first.
    private static final List<String> OF_A_TASK = List.of("AQUE_TID", "AQUE_JOB", "AQUE_ATTEMPT", "AQUE_WORKER");

    private Command() {}

    /// How a program ended; `output` is stdout and stderr together.
    record Result(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }
    }

    /// Runs it with nothing on stdin and waits for it.
    static Result run(List<String> command) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        clean(builder.environment());
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalPostgresException("Interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /// Starts a process that outlives this one: a session of its own, no descriptor of ours (Java closes those
    /// above 2 in every child), stdin from nothing, the rest appended to `log`.
    static ProcessHandle detach(List<String> command, Path folder, Path log) throws IOException {
        var whole = new ArrayList<>(ownSession());
        whole.addAll(command);
        var builder = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        OF_A_TASK.forEach(builder.environment()::remove);
        return builder.start().toHandle();
    }

    /// Both become the command they are given, so that its process id is the one Java saw. macOS has no setsid
    /// program but brings perl.
    private static List<String> ownSession() {
        return onPath("setsid")
                ? List.of("setsid")
                : List.of("perl", "-MPOSIX", "-e", "setsid(); exec @ARGV or die $!");
    }

    static boolean onPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")).stream()
                .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }

    /// PostgreSQL's programs take PGPORT, PGDATA, PGOPTIONS … of the caller for their own.
    private static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("LC_ALL", "C");
    }
}
