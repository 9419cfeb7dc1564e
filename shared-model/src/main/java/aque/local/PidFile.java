package aque.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A file that names a process: its id and its start, since ids are used again.
record PidFile(Path file) {
    /// Java computes a start from the time of the machine's boot, which moves a little when the clock is set.
    private static final Duration SAME = Duration.ofSeconds(5);

    void write(ProcessHandle process) throws IOException {
        Posix.writePrivately(file, process.pid() + " " + start(process).toEpochMilli());
    }

    /// The process, while it lives.
    Optional<ProcessHandle> process() {
        try {
            var words = Files.readString(file).strip().split(" ");
            var start = Instant.ofEpochMilli(Long.parseLong(words[1]));
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(Processes::lives)
                    .filter(process ->
                            Duration.between(start, start(process)).abs().compareTo(SAME) < 0);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
