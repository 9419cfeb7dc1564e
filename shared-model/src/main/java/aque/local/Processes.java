package aque.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Other processes, alive or not.
final class Processes {
    private Processes() {}

    /// False for a zombie too: Java counts it as alive, and in a container without a real init it stays for ever.
    static boolean lives(ProcessHandle process) {
        return process.isAlive() && !isZombie(process);
    }

    private static boolean isZombie(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            var state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'Z' || state == 'X';
        } catch (IOException e) {
            return false; // gone this moment, or no Linux
        }
    }

    /// Asks it to end, then makes it.
    static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        var deadline = Instant.now().plus(patience);
        while (lives(process) && Instant.now().isBefore(deadline)) {
            pause(Duration.ofMillis(20));
        }
        if (lives(process)) {
            process.destroyForcibly();
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalPostgresException("Interrupted while waiting for another process", e);
        }
    }
}
