package aque.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file that gets what a task writes, beside the log. A thread of its own writes, since a file server may be slow;
/// what waits is bounded. After a failure the rest is dropped, and the failure told at the end. Any thread.
final class FileCopy {
    private static final int ROOM = 4 << 20;

    private final Path file;
    private final FileChannel channel;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private final List<Runnable> paused = new ArrayList<>();
    private final Thread thread;
    private long waiting;
    private boolean ending;
    private Optional<String> failure = Optional.empty();

    /// @throws IOException when it cannot be opened
    private FileCopy(Path file, OpenOption how) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        this.thread = Thread.ofVirtual().name("aque-copy").start(this::run);
    }

    /// Empty at the beginning.
    static FileCopy create(Path file) throws IOException {
        return new FileCopy(file, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /// After what a former worker wrote.
    static FileCopy append(Path file) throws IOException {
        return new FileCopy(file, StandardOpenOption.APPEND);
    }

    /// Takes a piece, always.
    ///
    /// @param more run once there is room again, when this returns false
    synchronized boolean add(byte[] piece, Runnable more) {
        if (failure.isPresent()) {
            return true;
        }
        pieces.add(piece);
        waiting += piece.length;
        notifyAll();
        if (waiting < ROOM) {
            return true;
        }
        paused.add(more);
        return false;
    }

    /// Waits until all is written.
    ///
    /// @return a sentence when not all could be
    Optional<String> end() throws InterruptedException {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        thread.join();
        return failure;
    }

    private void run() {
        try (channel) {
            for (var piece = next(); piece.isPresent(); piece = next()) {
                for (var bytes = ByteBuffer.wrap(piece.get()); bytes.hasRemaining(); ) {
                    channel.write(bytes);
                }
                written(piece.get().length);
            }
        } catch (IOException e) {
            fail("the copy of its output cannot be written to " + file + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<byte[]> next() throws InterruptedException {
        while (pieces.isEmpty() && !ending) {
            wait();
        }
        return Optional.ofNullable(pieces.poll());
    }

    private void written(int count) {
        List<Runnable> resume = List.of();
        synchronized (this) {
            waiting -= count;
            if (waiting < ROOM / 2) {
                resume = List.copyOf(paused);
                paused.clear();
            }
        }
        resume.forEach(Runnable::run);
    }

    private void fail(String sentence) {
        List<Runnable> resume;
        synchronized (this) {
            failure = Optional.of(sentence);
            pieces.clear();
            resume = List.copyOf(paused);
            paused.clear();
        }
        resume.forEach(Runnable::run);
    }
}
