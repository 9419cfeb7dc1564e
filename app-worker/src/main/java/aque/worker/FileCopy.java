package aque.worker;

import aque.process.RunAs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
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
    private final WritableByteChannel channel;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private final List<Runnable> paused = new ArrayList<>();
    private final Thread thread;
    private long waiting;
    private boolean ending;
    private Optional<String> failure = Optional.empty();

    private FileCopy(Path file, WritableByteChannel channel) {
        this.file = file;
        this.channel = channel;
        this.thread = Thread.ofVirtual().name("aque-copy").start(this::run);
    }

    /// @param again a former worker has begun it; else it is empty at the beginning
    /// @throws IOException when it cannot be opened
    static FileCopy open(Path file, boolean again) throws IOException {
        var how = again ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        return new FileCopy(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how));
    }

    /// The same, written by a process of that user.
    static FileCopy open(Path file, boolean again, RunAs user) throws IOException {
        return new FileCopy(file, user.write(file, again));
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
