package aque.local;

import java.nio.file.Path;
import java.time.Duration;

/// The small process beside the local server, started by [LocalPostgres#join]: `MinderMain DATA_FOLDER
/// CACHE_FOLDER`. `AQUE_LOCAL_IDLE` is after how many seconds without a client it ends the server (300).
public final class MinderMain {
    private MinderMain() {}

    /// Returns, and with it ends the process, when the server was ended or there is a minder already.
    public static void main(String[] arguments) throws Exception {
        var local = LocalPostgres.of(new UserFolders(Path.of(arguments[0]), Path.of(arguments[1])));
        try (var lock = FolderLock.tryTake(local.home().resolve("minder.lock")).orElse(null)) {
            if (lock != null) {
                new Minder(local, idle()).run();
            }
        }
    }

    private static Duration idle() {
        var seconds = System.getenv().getOrDefault("AQUE_LOCAL_IDLE", "");
        return Duration.ofSeconds(seconds.matches("\\d{1,9}") ? Long.parseLong(seconds) : 300);
    }
}
