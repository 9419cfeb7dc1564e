package aque.worker;

import aque.broker.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for files that jobs wait for, on a thread of its own: a dead mount must not hold up the beat.
final class FileLooks {
    private static final Logger log = LoggerFactory.getLogger(FileLooks.class);

    private final Broker broker;
    private final Semaphore free = new Semaphore(1);

    FileLooks(Broker broker) {
        this.broker = broker;
    }

    /// One look, unless the last still goes on.
    void begin(Collection<Integer> classes) {
        if (!free.tryAcquire()) {
            return;
        }
        Thread.ofPlatform().daemon().name("aque-files").start(() -> {
            try {
                look(classes);
            } catch (RuntimeException e) {
                log.warn("could not look for files: {}", e.getMessage());
            } finally {
                free.release();
            }
        });
    }

    /// Looks for what the broker names and tells what there is.
    void look(Collection<Integer> classes) {
        var looks = new HashMap<Path, String>();
        broker.filesToSee(classes).forEach(path -> looks.put(path, look(path)));
        if (!looks.isEmpty()) {
            broker.filesSeen(looks);
        }
    }

    /// Changes when the file does; "" when it is not there.
    private static String look(Path path) {
        if (path.endsWith(".")) {
            return Volume.isWell(Objects.requireNonNullElse(path.getParent(), path))
                    ? "well"
                    : ""; // a volume that was ill
        }
        if (Files.isDirectory(path)) {
            return "a folder"; // which changes with each file in it
        }
        try {
            return Files.size(path) + " bytes of " + Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return "";
        }
    }
}
