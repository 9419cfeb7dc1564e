package aque.cli;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogLine;
import aque.log.LogStore;
import aque.task.TaskId;
import java.io.PrintStream;
import java.util.Optional;

/// Writes one attempt's log as it stands and as it grows: stdout to stdout, stderr to stderr, byte for byte; or raw, a
/// line for each chunk (A98). One thread.
final class LogPrinter {
    private static final int PAGE = 8 << 20;

    private final LogStore logs;
    private final TaskId task;
    private final int attempt;
    private final Format format;
    private long seq;

    /// What is printed of a log.
    ///
    /// @param only one channel, to stdout
    /// @param raw `<timestamp> <channel> <data>` lines of all channels
    /// @param notes the worker's own words, to stderr
    record Format(Optional<Channel> only, boolean raw, boolean notes) {}

    LogPrinter(LogStore logs, TaskId task, int attempt, Format format) {
        this.logs = logs;
        this.task = task;
        this.attempt = attempt;
        this.format = format;
    }

    TaskId task() {
        return task;
    }

    /// Prints what has come since the last call.
    void print(Shell shell) {
        while (true) {
            var page = logs.read(task, attempt, seq, PAGE);
            if (page.chunks().isEmpty()) {
                shell.out().flush();
                return;
            }
            seq = page.nextSeq();
            page.chunks().forEach(c -> print(shell, c));
        }
    }

    private void print(Shell shell, LogChunk chunk) {
        if (format.raw()) {
            shell.out().println(LogLine.of(chunk));
            return;
        }
        if (format.only().isPresent()) {
            if (chunk.channel() == format.only().get()) {
                write(shell.out(), chunk.data());
            }
            return;
        }
        switch (chunk.channel()) {
            case STDOUT -> write(shell.out(), chunk.data());
            case STDERR -> {
                shell.out().flush();
                write(shell.err(), chunk.data());
            }
            case LOG -> {
                if (format.notes()) {
                    write(shell.err(), chunk.data());
                }
            }
            default -> {}
        }
    }

    private static void write(PrintStream to, byte[] data) {
        to.write(data, 0, data.length);
    }
}
