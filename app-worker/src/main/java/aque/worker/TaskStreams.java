package aque.worker;

import aque.broker.Claim;
import aque.db.Database;
import aque.farm.FarmStore;
import aque.log.Channel;
import aque.log.LogStore;
import aque.process.LaunchException;
import aque.process.RunAs;
import aque.submit.TaskOptions;
import aque.task.TaskId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a task reads and where copies of its output go, as its options say. Any thread.
final class TaskStreams {
    private static final int PAGE = 4 << 20;

    private final FarmStore farm;
    private final LogStore logs;
    private final Results results;

    TaskStreams(Database database) {
        this.farm = new FarmStore(database);
        this.logs = new LogStore(database);
        this.results = new Results(database);
    }

    /// What is to be read.
    ///
    /// @param temporary made for this task: to be deleted once its process has opened it
    record Input(Path file, boolean temporary) {
        void opened() {
            try {
                if (temporary) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /// The words of its command, with the results of other tasks in them.
    ///
    /// @throws LaunchException when one is not there
    List<String> words(List<String> argv) throws LaunchException {
        return results.filled(argv);
    }

    /// @throws LaunchException when what is to be read is not there
    Optional<Input> input(Claim claim) throws LaunchException {
        var options = claim.options();
        try {
            if (options.pipeFrom() > 0) {
                return Optional.of(new Input(outputOf(new TaskId(options.pipeFrom())), true));
            }
            if (!options.results().isEmpty()) {
                return Optional.of(new Input(temporary(resultsOf(options)), true));
            }
            if (!options.stdinValue().isEmpty()) {
                return Optional.of(new Input(temporary(options.stdinBytes().orElseThrow()), true));
            }
        } catch (IOException e) {
            throw new LaunchException("no_stdin", "standard input cannot be made: " + e.getMessage());
        }
        return options.stdin().isEmpty()
                ? Optional.empty()
                : Optional.of(new Input(Path.of(claim.cwd()).resolve(options.stdin()), false));
    }

    private byte[] resultsOf(TaskOptions options) throws LaunchException {
        var lines = results.lines(options.results().stream().map(TaskId::new).toList());
        var first = options.stdinBytes().map(b -> new String(b, StandardCharsets.UTF_8) + "\n");
        return (first.orElse("") + lines).getBytes(StandardCharsets.UTF_8);
    }

    private static Path temporary(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile("aque-stdin-", ""), bytes);
    }

    /// What the task wrote to its standard output when it succeeded.
    private Path outputOf(TaskId task) throws IOException, LaunchException {
        var attempt = farm.task(task)
                .orElseThrow(() -> new LaunchException("no_stdin", "task " + task + ", whose output is read, is gone"))
                .attempt();
        var file = Files.createTempFile("aque-stdin-", "");
        var done = false;
        try (var out = Files.newOutputStream(file)) {
            copy(task, attempt, out);
            done = true;
            return file;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void copy(TaskId task, int attempt, OutputStream out) throws IOException, LaunchException {
        var at = 0L;
        var page = logs.read(task, attempt, 0, PAGE);
        while (!page.chunks().isEmpty()) {
            for (var chunk : page.chunks()) {
                if (chunk.channel() == Channel.STDOUT) {
                    if (chunk.offset() != at) {
                        throw new LaunchException("no_stdin", "not all of task " + task + "'s output was kept");
                    }
                    out.write(chunk.data());
                    at = chunk.end();
                }
            }
            page = logs.read(task, attempt, page.nextSeq(), PAGE);
        }
    }

    /// The files that get copies; one file when both streams name the same.
    ///
    /// @param again they have been begun by a former worker
    /// @param user who writes them, when that is not who the worker is
    /// @throws LaunchException when one cannot be opened
    static Map<Channel, FileCopy> copies(Claim claim, boolean again, Optional<RunAs> user) throws LaunchException {
        var named = new EnumMap<Channel, String>(Channel.class);
        named.put(Channel.STDOUT, claim.options().stdout());
        named.put(Channel.STDERR, claim.options().stderr());
        var files = new HashMap<Path, FileCopy>();
        var out = new EnumMap<Channel, FileCopy>(Channel.class);
        for (var entry : named.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                var file = Path.of(claim.cwd()).resolve(entry.getValue()).normalize();
                var copy = files.get(file);
                if (copy == null) {
                    copy = open(file, again, user);
                    files.put(file, copy);
                }
                out.put(entry.getKey(), copy);
            }
        }
        return out;
    }

    private static FileCopy open(Path file, boolean again, Optional<RunAs> user) throws LaunchException {
        try {
            return user.isPresent() ? FileCopy.open(file, again, user.get()) : FileCopy.open(file, again);
        } catch (IOException e) {
            throw new LaunchException("output_file", "the file for its output cannot be opened: " + e.getMessage());
        }
    }
}
