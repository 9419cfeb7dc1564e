package aque.keeper;

import aque.keeper.Message.Ended;
import aque.keeper.Message.Forget;
import aque.keeper.Message.HandOver;
import aque.keeper.Message.Held;
import aque.keeper.Message.Holding;
import aque.keeper.Message.Refused;
import aque.keeper.Message.Start;
import aque.keeper.Message.Started;
import aque.posix.Fd;
import aque.posix.PosixException;
import aque.posix.Proc;
import aque.posix.ProcessId;
import aque.posix.Spawn;
import aque.posix.Wait;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// All that a keeper holds: per start the process, the reading ends of its streams, and how it ended. One
/// thread serves the worker and starts processes, another waits for them to end; the monitor of this object
/// owns the state between them.
final class Keeper {
    private final Map<Long, Child> children = new HashMap<>();
    private final Map<Integer, Child> living = new HashMap<>();
    private Optional<Wire> worker = Optional.empty();
    private long started;

    /// Answers one worker until it goes.
    ///
    /// @return whether it said that another one comes
    boolean serve(Wire wire) throws IOException {
        greet(wire);
        try {
            while (true) {
                Optional<Message> message = wire.receive();
                if (message.isEmpty() || message.get() instanceof HandOver) {
                    return message.isPresent();
                }
                obey(message.get());
            }
        } finally {
            leave();
        }
    }

    /// Reaps children, those adopted too, for ever.
    void reap() {
        try {
            while (true) {
                long seen = started();
                OptionalInt ended = Wait.next();
                if (ended.isPresent()) {
                    reap(ended.getAsInt());
                } else {
                    awaitStartAfter(seen);
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot wait for children", e);
        }
    }

    private synchronized void greet(Wire wire) throws IOException {
        worker = Optional.of(wire);
        wire.send(new Held(children.entrySet().stream()
                .map(entry -> new Holding(entry.getKey(), entry.getValue().label))
                .toList()));
        for (Child child : children.values()) {
            wire.send(new Started(child.key, child.process));
            if (child.end.isPresent()) {
                wire.send(child.end.get());
            }
        }
    }

    private synchronized void leave() {
        worker = Optional.empty();
    }

    private void obey(Message message) throws IOException {
        switch (message) {
            case Start start -> start(start);
            case Forget forget -> forget(forget.key());
            default -> throw new IOException("a worker does not say " + message);
        }
    }

    /// Under the monitor from the start to the entry in the table, so that an end is never seen before its
    /// beginning.
    private synchronized void start(Start order) throws IOException {
        Spawn spawn = order.spawn();
        int[] streams = new int[0];
        try {
            streams = hold(spawn);
            int pid = spawn.start();
            ProcessId process = Proc.of(pid)
                    .orElseThrow(() -> new IllegalStateException("an unreaped child is in /proc"))
                    .id();
            Child child = new Child(order.key(), order.label(), process, streams);
            children.put(order.key(), child);
            living.put(pid, child);
            started++;
            notifyAll();
            tell(new Started(order.key(), process));
        } catch (PosixException e) {
            release(streams);
            tell(new Refused(order.key(), e.errno(), String.valueOf(e.getMessage())));
        }
    }

    /// Opened before the child opens its ends: so that never waits, and nothing is lost while there is no
    /// worker.
    private static int[] hold(Spawn spawn) throws PosixException {
        int out = Fd.openReader(spawn.stdout());
        try {
            return new int[] {out, Fd.openReader(spawn.stderr())};
        } catch (PosixException e) {
            Fd.close(out);
            throw e;
        }
    }

    private synchronized void forget(long key) throws PosixException {
        Child child = children.remove(key);
        if (child != null) {
            release(child.streams);
        }
    }

    private static void release(int[] streams) throws PosixException {
        for (int stream : streams) {
            Fd.close(stream);
        }
    }

    /// Under the monitor too: as long as it is not reaped, what was just started can be looked up by its
    /// number.
    private synchronized void reap(int pid) throws IOException {
        Wait wait = Wait.of(pid);
        Child child = living.remove(pid);
        if (child != null) {
            Ended end = new Ended(child.key, wait.status(), wait.cpuMicros(), wait.peakMemory(), Proc.hasOrphans());
            child.end = Optional.of(end);
            tell(end);
        }
    }

    /// A worker that cannot be told any more is about to be found gone by the thread that listens to it.
    private void tell(Message message) {
        worker.ifPresent(wire -> {
            try {
                wire.send(message);
            } catch (IOException e) {
                KeeperMain.log("the worker did not take " + message + ": " + e);
            }
        });
    }

    private synchronized long started() {
        return started;
    }

    private synchronized void awaitStartAfter(long seen) throws InterruptedException {
        while (started == seen) {
            wait();
        }
    }

    private static final class Child {
        private final long key;
        private final String label;
        private final ProcessId process;
        private final int[] streams;
        private Optional<Ended> end = Optional.empty();

        private Child(long key, String label, ProcessId process, int[] streams) {
            this.key = key;
            this.label = label;
            this.process = process;
            this.streams = streams;
        }
    }
}
