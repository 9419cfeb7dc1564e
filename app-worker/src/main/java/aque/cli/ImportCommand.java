package aque.cli;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogLine;
import aque.log.LogStore;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `aque import FILE…`: puts logs back that were exported before they went (A103). A file `TASK.ATTEMPT.log` says by
/// its
/// name whose they are, as `aque retention --export` has named it.
final class ImportCommand {
    private static final Pattern NAME = Pattern.compile("(\\d+)\\.(\\d+)\\.log");
    private static final int BATCH = 4 << 20;

    private ImportCommand() {}

    static int run(Shell shell, List<String> typed) throws IOException {
        var files = Arguments.anywhere(typed, Arguments.options()).words();
        if (files.isEmpty()) {
            throw new UsageException("which file? `aque retention --export FOLDER` writes FOLDER/JOB/TASK.ATTEMPT.log");
        }
        var refused = false;
        for (var name : files) {
            var file = Path.of(name);
            var match = NAME.matcher(file.getFileName().toString());
            if (!match.matches()) {
                throw new UsageException(name + ": a log's file is named TASK.ATTEMPT.log");
            }
            var task = new TaskId(Long.parseLong(match.group(1)));
            var attempt = Integer.parseInt(match.group(2));
            shell.tasks(List.of(task));
            if (shell.logs().size(task, attempt) > 0) {
                shell.say(name + ": attempt " + attempt + " of task " + task + " has its log");
                refused = true;
            } else {
                read(shell.logs(), file, task, attempt);
                shell.out().println(task + "." + attempt + " imported");
            }
        }
        return refused ? Exit.REFUSED : Exit.DONE;
    }

    /// The whole file is understood before anything of it is written.
    private static void read(LogStore logs, Path file, TaskId task, int attempt) throws IOException {
        chunks(file, task, attempt, batch -> {});
        chunks(file, task, attempt, logs::append);
    }

    private static void chunks(Path file, TaskId task, int attempt, java.util.function.Consumer<List<LogChunk>> sink)
            throws IOException {
        Map<Channel, Long> offsets = new EnumMap<>(Channel.class);
        var batch = new ArrayList<LogChunk>();
        var size = 0L;
        var number = 0;
        try (var in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                var said = parsed(file, number, line);
                var offset = offsets.getOrDefault(said.channel(), 0L);
                offsets.put(said.channel(), offset + said.data().length);
                batch.add(new LogChunk(task, attempt, said.channel(), offset, said.at(), said.data()));
                size += said.data().length;
                if (size > BATCH) {
                    sink.accept(batch);
                    batch.clear();
                    size = 0;
                }
            }
        }
        if (!batch.isEmpty()) {
            sink.accept(batch);
        }
    }

    private static LogLine.Said parsed(Path file, int number, String line) {
        try {
            return LogLine.parse(line);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ":" + number + ": " + e.getMessage());
        }
    }
}
