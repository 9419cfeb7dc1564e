package aque.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Runs actions by `ProcessBuilder`, and keeps what they print.
final class PlainRunner implements ActionRunner {

    final List<Action> actions = new CopyOnWriteArrayList<>();
    final List<String> printed = new CopyOnWriteArrayList<>();

    private final Optional<String> path;
    private final Map<String, String> environment;

    /// @param path instead of this process's own PATH
    PlainRunner(Optional<String> path) {
        this(path, Map.of());
    }

    /// @param environment more variables
    PlainRunner(Optional<String> path, Map<String, String> environment) {
        this.path = path;
        this.environment = environment;
    }

    private final Set<Process> killed = ConcurrentHashMap.newKeySet();

    @Override
    public ActionEnd run(Action action) throws InterruptedException {
        actions.add(action);
        Process process;
        try {
            process = start(action);
        } catch (IOException e) {
            return new ActionEnd.NotStarted(String.valueOf(e.getMessage()));
        }
        var unruly = new CompletableFuture<Boolean>();
        var reader = Thread.ofVirtual().start(() -> read(process, action, unruly));
        try {
            var inTime = action.timeout().isEmpty()
                    || process.waitFor(action.timeout().get().toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                kill(process);
                return new ActionEnd.TimedOut();
            }
            var code = process.waitFor();
            reader.join();
            return unruly.isDone() ? new ActionEnd.Cancelled() : new ActionEnd.Exited(code);
        } finally {
            kill(process);
        }
    }

    private Process start(Action action) throws IOException {
        // `env` looks the program up in the PATH that the action gets.
        var argv = new ArrayList<>(List.of("/usr/bin/env", "--"));
        argv.addAll(action.argv());
        var builder = new ProcessBuilder(argv).directory(action.cwd().toFile()).redirectErrorStream(true);
        path.ifPresent(value -> builder.environment().put("PATH", value));
        builder.environment().putAll(environment);
        action.variables()
                .forEach((name, value) -> value.ifPresentOrElse(
                        v -> builder.environment().put(name, v),
                        () -> builder.environment().remove(name)));
        return builder.start();
    }

    private void read(Process process, Action action, CompletableFuture<Boolean> unruly) {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!action.lines().take(line)) {
                    unruly.complete(true);
                    kill(process);
                }
                printed.add(action.lines().shown(line));
            }
        } catch (IOException e) {
            // Killing a process closes its streams under the reader: that is the end of its output, not a failure.
            if (!killed.contains(process)) {
                printed.add(e + " at " + Instant.now());
            }
        }
    }

    private void kill(Process process) {
        killed.add(process);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
