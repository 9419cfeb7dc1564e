package aque.worker;

import aque.log.LogChunk;
import aque.log.LogStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Streams that the farm has no room for, whole, in files of this worker: `TASK.ATTEMPT.stdout`. The database has their
/// head and tail. A file that nothing was added to for a week goes, and none is written when the disk is nearly full.
/// The log's writing thread.
final class KeptOutput {
    private static final Logger log = LoggerFactory.getLogger(KeptOutput.class);
    /// So much room on the disk is left to others.
    private static final long SPARED = 1L << 30;

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration TIDY = Duration.ofHours(1);
    private static final int PAGE = 4 << 20;

    private final LogStore store;
    private final Path folder;
    private final Set<Path> begun = new HashSet<>();
    private Instant tidied = Instant.EPOCH;

    KeptOutput(LogStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /// Takes what was written to the database just now; the first of a stream brings what is there of it already.
    ///
    /// @return the file, the first time
    /// @throws IOException when the disk has no room for it
    Optional<Path> add(LogChunk chunk) throws IOException {
        var file = folder.resolve(
                chunk.task() + "." + chunk.attempt() + "." + chunk.channel().word());
        make();
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (out.size() == 0) {
                bring(chunk, out);
            }
            write(chunk, out);
        }
        return begun.add(file) ? Optional.of(file) : Optional.empty();
    }

    private void make() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (tidied.plus(TIDY).isBefore(Instant.now())) {
            tidy();
        }
        if (Files.getFileStore(folder).getUsableSpace() < SPARED) {
            throw new IOException("the disk under " + folder + " is nearly full");
        }
    }

    private void bring(LogChunk first, FileChannel out) throws IOException {
        var page = store.read(first.task(), first.attempt(), 0, PAGE);
        while (!page.chunks().isEmpty()) {
            for (var chunk : page.chunks()) {
                if (chunk.channel() == first.channel() && chunk.offset() < first.offset()) {
                    write(chunk, out);
                }
            }
            page = store.read(first.task(), first.attempt(), page.nextSeq(), PAGE);
        }
    }

    /// Each byte at its own place: one that is written again changes nothing.
    private static void write(LogChunk chunk, FileChannel out) throws IOException {
        for (var bytes = ByteBuffer.wrap(chunk.data()); bytes.hasRemaining(); ) {
            out.write(bytes, chunk.offset() + bytes.position());
        }
    }

    /// Removes what is too old.
    void tidy() {
        tidied = Instant.now();
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            var since = Instant.now().minus(KEPT);
            for (var file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            log.warn("old output in {} stays: {}", folder, e.getMessage());
        }
    }
}
