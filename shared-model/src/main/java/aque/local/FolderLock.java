package aque.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// A lock between processes that ends with its holder, however that dies.
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Waits until nobody else holds it; threads of this process wait for each other too.
    static FolderLock take(Path file) throws IOException {
        for (var lock = tryTake(file); ; lock = tryTake(file)) {
            if (lock.isPresent()) {
                return lock.get();
            }
            Processes.pause(Duration.ofMillis(20));
        }
    }

    static Optional<FolderLock> tryTake(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() instanceof FileLock) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // another thread of this process holds it
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
