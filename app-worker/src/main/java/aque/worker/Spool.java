package aque.worker;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A file of log chunks that wait for the database: first in, first out, each as it will be in the table. Its worker
/// holds a lock on it; when that worker died, the next one on the same broker takes the file over. One thread.
final class Spool {
    private static final String SUFFIX = ".spool";
    /// So much room on the disk is left to others.
    private static final long SPARED = 256L << 20;

    private final Path file;
    private final FileChannel channel;
    private long read;
    private long next;

    private Spool(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// A new one in this folder, which is made when it is not there.
    static Spool create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var file = folder.resolve("%016x-%s%s".formatted(System.currentTimeMillis(), UUID.randomUUID(), SUFFIX));
        return lock(file, StandardOpenOption.CREATE_NEW).orElseThrow(() -> new IOException(file + " is locked"));
    }

    /// Those whose workers are gone, the oldest first.
    static List<Spool> leftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var out = new ArrayList<Spool>();
        try (Stream<Path> content = Files.list(folder)) {
            for (var file :
                    content.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
                lock(file, StandardOpenOption.WRITE).ifPresent(out::add);
            }
        }
        return out;
    }

    private static Optional<Spool> lock(Path file, StandardOpenOption how) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, how);
        Optional<FileLock> lock;
        try {
            lock = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            lock = Optional.empty();
        }
        if (lock.isEmpty()) {
            channel.close();
        }
        return lock.map(l -> new Spool(file, channel));
    }

    /// Appends all of them or none.
    ///
    /// @throws IOException when the disk has no room for them; nothing was appended
    void add(List<LogChunk> chunks) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (var chunk : chunks) {
            write(chunk, out);
        }
        if (Files.getFileStore(file).getUsableSpace() < SPARED + bytes.size()) {
            throw new IOException("the disk under " + file + " is full");
        }
        var before = channel.size();
        try {
            for (var left = ByteBuffer.wrap(bytes.toByteArray()); left.hasRemaining(); ) {
                channel.write(left, before + left.position());
            }
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    private static void write(LogChunk chunk, DataOutputStream out) throws IOException {
        out.writeLong(chunk.task().value());
        out.writeInt(chunk.attempt());
        out.writeByte(chunk.channel().code());
        out.writeLong(chunk.offset());
        out.writeLong(chunk.at().getEpochSecond());
        out.writeInt(chunk.at().getNano());
        out.writeInt(chunk.data().length);
        out.write(chunk.data());
    }

    boolean isEmpty() throws IOException {
        return read >= channel.size();
    }

    /// The oldest ones, about so many bytes and at least one, until [#done()]; empty when there is no whole one.
    List<LogChunk> next(int bytes) throws IOException {
        channel.position(read);
        next = read;
        var out = new ArrayList<LogChunk>();
        var source = Channels.newInputStream(channel);
        try {
            while (next - read < bytes && next < channel.size()) {
                var chunk = chunk(new DataInputStream(source));
                out.add(chunk);
                next = channel.position();
            }
        } catch (EOFException e) {
            next = channel.size(); // a worker that died while it wrote
        }
        return out;
    }

    private static LogChunk chunk(DataInputStream in) throws IOException {
        var task = new TaskId(in.readLong());
        var attempt = in.readInt();
        var channel = Channel.ofCode(in.readByte());
        var offset = in.readLong();
        var at = Instant.ofEpochSecond(in.readLong(), in.readInt());
        return new LogChunk(task, attempt, channel, offset, at, bytes(in, in.readInt()));
    }

    private static byte[] bytes(InputStream in, int length) throws IOException {
        var out = in.readNBytes(length);
        if (out.length < length) {
            throw new EOFException();
        }
        return out;
    }

    /// Where [#next] has begun to read.
    long at() {
        return read;
    }

    /// Behind what was added last.
    long end() {
        try {
            return channel.size();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /// What [#next] gave is in the database.
    void done() throws IOException {
        read = next;
        if (isEmpty()) {
            channel.truncate(0);
            read = 0;
        }
    }

    /// Removes the file when nothing is left in it; else it stays for the next worker.
    void close() throws IOException {
        if (isEmpty()) {
            Files.deleteIfExists(file);
        }
        channel.close();
    }
}
