package aque.process;

import aque.posix.Proc;
import aque.posix.ProcStat;
import aque.posix.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What is left of keepers that died together with their workers: processes that carry the mark of a dead
/// keeper, and the
/// folders of such keepers. Only this user's.
final class Leftovers {
    private static final int ROUNDS = 50;
    private static final Duration STARTING = Duration.ofMinutes(1);

    private Leftovers() {}

    /// Kills the processes; returns how many there were.
    static int kill() throws InterruptedException {
        int count = 0;
        List<ProcStat> found = orphans();
        for (int round = 0; round < ROUNDS && !found.isEmpty(); round++) {
            count += round == 0 ? found.size() : 0;
            found.forEach(process -> Signal.send(process.id(), Signal.KILL));
            Thread.sleep(5);
            found = orphans();
        }
        return count;
    }

    /// Deletes the folders of dead keepers below `parent`.
    static void clear(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.filter(Leftovers::isDead).toList()) {
                KeeperProcess.delete(folder);
            }
        }
    }

    private static List<ProcStat> orphans() {
        String here = Proc.namespace();
        long user = user("/proc/self");
        return Proc.all().stream()
                .filter(process -> !process.zombie())
                .filter(process -> Mark.of(process.pid())
                        .filter(mark -> mark.namespace().equals(here) && !Proc.alive(mark.keeper()))
                        .isPresent())
                .filter(process -> user == 0 || user("/proc/" + process.pid()) == user)
                .toList();
    }

    private static boolean isDead(Path folder) {
        return folder.getFileName().toString().startsWith(KeeperProcess.PREFIX)
                && user(folder.toString()) == user("/proc/self")
                && !KeeperProcess.livesIn(folder)
                && age(folder).compareTo(STARTING) > 0;
    }

    private static Duration age(Path folder) {
        try {
            return Duration.between(Files.getLastModifiedTime(folder).toInstant(), Instant.now());
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    /// The owner's number; -1 when it cannot be told.
    private static long user(String path) {
        try {
            return ((Integer) Files.getAttribute(Path.of(path), "unix:uid")).longValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
