package aque.process;

import aque.log.Channel;
import aque.posix.Epoll;
import aque.posix.Fd;
import aque.posix.PosixException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/// Reads the output of all children on one platform thread. Of each stream that has something, one piece a
/// round, so that a flood starves nobody; nothing of a stream whose sink is full, so that its child waits and
/// memory stays bounded.
final class OutputPump implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OutputPump.class.getName());
    private static final int PIECE = 1 << 16;
    /// How long somebody unknown may hold a stream open when all known writers are gone; and what fits into a
    /// pipe.
    private static final long LAST_NANOS = 300_000_000;
    private static final long LAST_BYTES = 1 << 20;

    private final Epoll epoll = new Epoll();
    private final int wake = Fd.event();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Stream> streams = new ConcurrentHashMap<>();
    private final List<Stream> finishing = new ArrayList<>();
    private final MemorySegment buffer = Arena.ofAuto().allocate(PIECE);
    private final Thread thread =
            Thread.ofPlatform().name("aque-output").daemon().unstarted(this::run);
    private boolean closed;

    OutputPump() throws PosixException {
        epoll.add(wake);
        thread.start();
    }

    /// Reads this descriptor from now on, and closes it at its end. It has had a writer, or it would seem to
    /// be there.
    Stream add(int fd, Channel channel, OutputSink sink) throws PosixException {
        Stream stream = new Stream(fd, channel, sink);
        streams.put(fd, stream);
        epoll.add(fd);
        return stream;
    }

    /// The same for a descriptor whose writers may all have gone before it was opened: nothing would tell of
    /// that.
    Stream addLate(int fd, Channel channel, OutputSink sink) throws PosixException {
        Stream stream = add(fd, channel, sink);
        order(stream::read);
        return stream;
    }

    /// Stops reading. What is still in the streams is lost, unless somebody else has them open too.
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
        while (!closed) {
            try {
                turn();
            } catch (PosixException | RuntimeException e) {
                LOG.log(Level.ERROR, "a turn of the output thread failed", e);
            }
        }
        streams.values().forEach(Stream::close);
        try {
            Fd.close(wake);
            epoll.close();
        } catch (PosixException e) {
            LOG.log(Level.WARNING, "the output thread's descriptors were not closed", e);
        }
    }

    private void turn() throws PosixException {
        int count = epoll.await(finishing.isEmpty() ? -1 : (int) (LAST_NANOS / 1_000_000));
        for (int i = 0; i < count; i++) {
            int fd = epoll.ready(i);
            Stream stream = streams.get(fd);
            if (stream != null) {
                stream.read();
            } else if (fd == wake) {
                obey();
            }
        }
        if (!finishing.isEmpty()) {
            List.copyOf(finishing).forEach(Stream::readLast);
            finishing.removeIf(stream -> stream.ended.isDone());
        }
    }

    private void obey() throws PosixException {
        Fd.read(wake, buffer);
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
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
        private boolean paused;
        private boolean last;
        private long lastAt;
        private long lastBytes;
        /// Who waits until nothing is left in it; so much is read for them at most.
        private final List<CompletableFuture<Void>> drains = new ArrayList<>();

        private long drained;

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
            if (!ended.isDone()) {
                order(() -> {
                    lastAt = System.nanoTime() + LAST_NANOS;
                    finishing.add(this);
                });
            }
        }

        /// Completes, on the pump's thread, when what is in it now was delivered.
        CompletableFuture<Void> drained() {
            var empty = new CompletableFuture<Void>();
            order(() -> {
                drains.add(empty);
                drained = 0;
                drain();
            });
            return empty;
        }

        /// Nothing is read of it while its sink is full.
        private void drain() {
            while (!drains.isEmpty() && !paused && !ended.isDone() && drained <= LAST_BYTES) {
                read();
            }
            if (!paused || ended.isDone()) {
                empty();
            }
        }

        private void empty() {
            drains.forEach(d -> d.complete(null));
            drains.clear();
        }

        private void readLast() {
            if (System.nanoTime() - lastAt >= 0) {
                last = true;
                read();
            }
        }

        private void read() {
            if (paused || ended.isDone()) {
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
                } else {
                    empty();
                    if (last) {
                        end();
                    }
                }
            }
        }

        /// `flow` is FULL while the sink decides, so that room it has again before it has answered is not
        /// missed.
        private void deliver(byte[] piece) throws PosixException {
            flow.set(Flow.FULL);
            if (accepted(piece)) {
                flow.set(Flow.OPEN);
            } else if (flow.get() == Flow.FULL) {
                paused = true;
                epoll.remove(fd);
            }
            drained += piece.length;
            lastBytes += last ? piece.length : 0;
            if (lastBytes > LAST_BYTES) {
                end();
            }
        }

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
                order(this::resume);
            }
        }

        /// The order may be an old one, given for a piece before: then the sink is full again.
        private void resume() {
            if (paused && flow.get() == Flow.OPEN && !ended.isDone()) {
                paused = false;
                try {
                    epoll.add(fd);
                    read();
                    drain();
                } catch (PosixException e) {
                    LOG.log(Level.ERROR, "a child's output cannot be read any more", e);
                    end();
                }
            }
        }

        private void end() {
            if (!ended.isDone()) {
                streams.remove(fd);
                close();
                empty();
                ended.complete(null);
            }
        }

        private void close() {
            try {
                Fd.close(fd);
            } catch (PosixException e) {
                LOG.log(Level.WARNING, "a stream was not closed", e);
            }
        }
    }
}
