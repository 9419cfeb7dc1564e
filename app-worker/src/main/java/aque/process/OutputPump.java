package aque.process;

import aque.log.Channel;
import aque.posix.Fd;
import aque.posix.Poll;
import aque.posix.PosixException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/// Reads the output of all children on one platform thread. Of each stream that has something, one piece a
/// round, so that
/// a flood starves nobody; nothing of a stream whose sink is full, so that its child waits and memory stays
/// bounded.
final class OutputPump implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OutputPump.class.getName());
    private static final int PIECE = 1 << 16;
    /// How long, and how much, a stream is still read when all known processes of its child are gone.
    private static final long LINGER_NANOS = 300_000_000;
    private static final long LINGER_BYTES = 1 << 20;

    private final int wake = Fd.event();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final List<Stream> streams = new ArrayList<>();
    private final MemorySegment buffer = Arena.ofAuto().allocate(PIECE);
    private final Thread thread =
            Thread.ofPlatform().name("aque-output").daemon().unstarted(this::run);
    private boolean closed;

    OutputPump() throws PosixException {
        thread.start();
    }

    /// Reads this descriptor from now on, and closes it at its end.
    Stream add(int fd, Channel channel, OutputSink sink) {
        Stream stream = new Stream(fd, channel, sink);
        order(() -> {
            streams.add(stream);
            stream.read();
        });
        return stream;
    }

    /// Closes all that is still open, whatever is in it.
    @Override
    public void close() {
        order(() -> closed = true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void order(Runnable order) {
        orders.add(order);
        try {
            Fd.notify(wake);
        } catch (PosixException e) {
            throw new IllegalStateException("the output thread cannot be woken", e);
        }
    }

    private void run() {
        Poll poll = new Poll();
        while (!closed) {
            try {
                turn(poll);
            } catch (PosixException | RuntimeException e) {
                LOG.log(Level.ERROR, "a turn of the output thread failed", e);
            }
        }
        streams.forEach(Stream::end);
        closeQuietly(wake);
    }

    private void turn(Poll poll) throws PosixException {
        List<Stream> wanted = streams.stream().filter(Stream::wanted).toList();
        poll.clear();
        poll.add(wake);
        wanted.forEach(stream -> poll.add(stream.fd));
        poll.await(timeout(wanted));
        if (poll.ready(0)) {
            Fd.read(wake, buffer);
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (poll.ready(i + 1) || wanted.get(i).overdue()) {
                wanted.get(i).read();
            }
        }
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        streams.removeIf(stream -> stream.ended.isDone());
    }

    private static int timeout(List<Stream> wanted) {
        long now = System.nanoTime();
        return (int) wanted.stream()
                .filter(stream -> stream.lingering)
                .mapToLong(stream -> Math.max(0, (stream.lingerEnd - now) / 1_000_000 + 1))
                .min()
                .orElse(-1);
    }

    private static void closeQuietly(int fd) {
        try {
            Fd.close(fd);
        } catch (PosixException e) {
            LOG.log(Level.WARNING, "a stream was not closed", e);
        }
    }

    private enum Flow {
        OPEN,
        FULL
    }

    /// One channel of one child. Its fields belong to the pump's thread, `flow` to it and the sink's.
    final class Stream {
        private final int fd;
        private final Channel channel;
        private final OutputSink sink;
        private final AtomicReference<Flow> flow = new AtomicReference<>(Flow.OPEN);
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private boolean broken;
        private boolean lingering;
        private long lingerEnd;
        private long lingerBytes;

        private Stream(int fd, Channel channel, OutputSink sink) {
            this.fd = fd;
            this.channel = channel;
            this.sink = sink;
        }

        /// Completes, on the pump's thread, when the last byte was delivered.
        CompletableFuture<Void> ended() {
            return ended;
        }

        /// All known writers are gone: deliver what is in it and close, even if somebody unknown holds it open.
        void finish() {
            order(() -> {
                lingering = true;
                lingerEnd = System.nanoTime() + LINGER_NANOS;
            });
        }

        private boolean wanted() {
            return flow.get() == Flow.OPEN && !ended.isDone();
        }

        private boolean overdue() {
            return lingering && System.nanoTime() - lingerEnd >= 0;
        }

        private void read() {
            if (!wanted()) {
                return;
            }
            try {
                int count = Fd.read(fd, buffer);
                if (count == 0) {
                    end();
                } else {
                    deliver(Fd.bytes(buffer, count));
                }
            } catch (PosixException e) {
                if (e.errno() != PosixException.EAGAIN) {
                    LOG.log(Level.ERROR, "a child's output cannot be read", e);
                    end();
                } else if (overdue()) {
                    end();
                }
            }
        }

        private void deliver(byte[] piece) {
            lingerBytes += overdue() ? piece.length : 0;
            flow.set(Flow.FULL);
            if (accepted(piece)) {
                flow.set(Flow.OPEN);
            }
            if (lingerBytes > LINGER_BYTES) {
                end();
            }
        }

        /// `flow` is FULL meanwhile, so that a sink that has room again before it has answered is not missed.
        private boolean accepted(byte[] piece) {
            if (broken) {
                return true;
            }
            try {
                return sink.accept(channel, piece, this::more);
            } catch (RuntimeException e) {
                broken = true;
                LOG.log(Level.ERROR, "output is dropped, its sink failed", e);
                return true;
            }
        }

        private void more() {
            if (flow.getAndSet(Flow.OPEN) == Flow.FULL) {
                order(() -> {});
            }
        }

        private void end() {
            if (!ended.isDone()) {
                closeQuietly(fd);
                ended.complete(null);
            }
        }
    }
}
