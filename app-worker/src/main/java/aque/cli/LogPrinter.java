package aque.cli;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogLine;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.usage.UsageSample;
import aque.usage.UsageStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/// Writes one attempt's log as it stands and as it grows: stdout to stdout, stderr to stderr, byte for byte; or raw, a
/// line for each chunk (A98). One thread.
final class LogPrinter {
    private static final int PAGE = 8 << 20;

    private final Shell shell;
    private final LogStore logs;
    private final UsageStore usage;
    private final TaskId task;
    private final int attempt;
    private final Format format;
    private long seq;
    private Instant used = Instant.EPOCH;

    /// What is printed of a log.
    ///
    /// @param only one channel, to stdout
    /// @param free of the channels that tasks name themselves, this one
    /// @param raw `<timestamp> <channel> <data>` lines of all channels
    /// @param notes the worker's own words, to stderr
    record Format(Optional<Channel> only, Optional<String> free, boolean raw, boolean notes) {
        boolean shows(Channel channel) {
            return only.isEmpty() || only.get() == channel;
        }
    }

    LogPrinter(Shell shell, TaskId task, int attempt, Format format) {
        this.shell = shell;
        this.logs = shell.logs();
        this.usage = new UsageStore(shell.database());
        this.task = task;
        this.attempt = attempt;
        this.format = format;
    }

    TaskId task() {
        return task;
    }

    /// Prints what has come since the last call.
    void print() {
        var samples = usage();
        while (true) {
            var page = logs.read(task, attempt, seq, PAGE);
            if (page.chunks().isEmpty()) {
                samples.forEach(this::print);
                shell.out().flush();
                return;
            }
            seq = page.nextSeq();
            for (var chunk : page.chunks()) {
                while (!samples.isEmpty() && samples.element().at().isBefore(chunk.at())) {
                    print(samples.remove());
                }
                print(chunk);
            }
        }
    }

    /// What it used is a table of its own, and a channel for whoever asks for it.
    private Deque<LogChunk> usage() {
        var out = new ArrayDeque<LogChunk>();
        if (format.raw() || format.only().equals(Optional.of(Channel.USAGE))) {
            for (var sample : usage.read(task, attempt, used)) {
                used = sample.at();
                out.add(new LogChunk(task, attempt, Channel.USAGE, 0, used, line(sample)));
            }
        }
        return out;
    }

    private static byte[] line(UsageSample sample) {
        var text = String.format(
                Locale.ROOT,
                "{\"cpu\":%.3f,\"memory\":%d,\"read\":%d,\"write\":%d,\"processes\":%d%s}%n",
                sample.cpuMilli() / 1000.0,
                sample.memory(),
                sample.readBytes(),
                sample.writeBytes(),
                sample.processes(),
                detail(sample.detail()));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What the machine told.
    private static String detail(UsageSample.Detail detail) {
        return told("threads", detail.threads())
                + told("pss", detail.share())
                + told(
                        "gpu",
                        detail.gpuMilli() < 0 ? "" : String.format(Locale.ROOT, "%.3f", detail.gpuMilli() / 1000.0))
                + told("gpuMemory", detail.gpuMemory());
    }

    private static String told(String name, long value) {
        return told(name, value < 0 ? "" : Long.toString(value));
    }

    private static String told(String name, String value) {
        return value.isEmpty() ? "" : ",\"" + name + "\":" + value;
    }

    private void print(LogChunk chunk) {
        if (format.raw()) {
            if (format.shows(chunk.channel())) {
                LogLine.of(chunk).lines().filter(this::isShown).forEach(shell.out()::println);
            }
            return;
        }
        if (format.only().isPresent()) {
            if (format.free().isPresent() && chunk.channel() == Channel.FREE) {
                var name = format.free().get() + " ";
                new String(chunk.data(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith(name))
                        .forEach(line -> shell.out().println(line.substring(name.length())));
            } else if (format.shows(chunk.channel())) {
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

    private boolean isShown(String rawLine) {
        return format.free().isEmpty()
                || rawLine.split(" ", 3)[1].equals(format.free().get());
    }

    private static void write(PrintStream to, byte[] data) {
        to.write(data, 0, data.length);
    }
}
