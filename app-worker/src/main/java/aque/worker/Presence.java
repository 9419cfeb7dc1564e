package aque.worker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether somebody sits at this machine. Any thread that may wait for a short command.
final class Presence {
    private static final long PATIENCE_S = 5;
    /// Sockets of X servers.
    private static final Path SCREENS = Path.of("/tmp/.X11-unix");

    private Presence() {}

    /// In which words its user was there within the time that the rule says; empty when not. What cannot be told counts
    /// as there.
    static Optional<String> seen(Habits.Idle rule) {
        try {
            var away = rule.command().isPresent() ? told(rule.command().get()) : terminals();
            return away.compareTo(rule.after()) < 0 ? Optional.of("its user is there") : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.of("whether its user is there cannot be told: " + e.getMessage());
        }
    }

    private static Duration told(String command) throws IOException {
        try {
            return Duration.ofMillis(Long.parseLong(Printed.by(command, PATIENCE_S)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Since somebody typed into one: the kernel notes when what was typed was read. It notes nothing of a screen.
    private static Duration terminals() throws IOException {
        if (isAnyIn(SCREENS)) {
            throw new IOException("there is a screen, and no idle-command");
        }
        var last = Instant.EPOCH;
        for (var folder : new Path[] {Path.of("/dev"), Path.of("/dev/pts")}) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "{tty[0-9]*,[0-9]*}")) {
                    for (var terminal : all) {
                        var read = Files.readAttributes(terminal, BasicFileAttributes.class)
                                .lastAccessTime()
                                .toInstant();
                        last = read.isAfter(last) ? read : last;
                    }
                }
            }
        }
        return Duration.between(last, Instant.now());
    }

    private static boolean isAnyIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            return all.iterator().hasNext();
        }
    }
}
