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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// All that a keeper holds: per start the process, the reading ends of its streams, and how it ended. Several
/// threads serve the worker and start processes, so that a file system that hangs holds up one start only;
/// another waits for them to end. The monitor of this object owns the state between them.
final class Keeper {
    private static final int SERVERS = 4;

    private final Map<Long, Child> children = new HashMap<>();
    private final Map<Integer, Child> living = new HashMap<>();
    /// Starts under way, and those that ended meanwhile and that nobody had entered yet: an orphan, or just
    /// started.
    private final Set<Long> underWay = new HashSet<>();

    private final Map<Integer, Stray> strays = new HashMap<>();
    private Optional<Wire> worker = Optional.empty();
    private long tickets;
    private long births;
    private long ownPeak;

    private record Stray(long ticket, Wait end) {}

    /// Answers one worker until it goes.
    ///
    /// @return whether it said that another one comes
    boolean serve(Wire wire) throws IOException {
        greet(wire);
        CompletableFuture<Boolean> handedOver = new CompletableFuture<>();
        for (int i = 0; i < SERVERS; i++) {
            Thread.ofPlatform().name("server").daemon().start(() -> obey(wire, handedOver));
        }
        try {
            return handedOver.join();
        } finally {
            leave();
        }
    }

    /// Reaps children, those adopted too, for ever.
    void reap() {
        try {
            while (true) {
                long seen = births();
                OptionalInt ended = Wait.next();
                if (ended.isPresent()) {
                    reap(ended.getAsInt());
                } else {
                    awaitBirthAfter(seen);
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

    /// One of the threads that serve a worker, until one of them gets the last message. The others may still be
    /// starting
    /// something then.
    private void obey(Wire wire, CompletableFuture<Boolean> handedOver) {
        try {
            for (Optional<Message> next = wire.receive();
                    next.isPresent() && !handedOver.isDone();
                    next = wire.receive()) {
                switch (next.get()) {
                    case Start start -> start(start);
                    case Forget forget -> forget(forget.key());
                    case HandOver() -> handedOver.complete(true);
                    default -> throw new IOException("a worker does not say " + next.get());
                }
            }
        } catch (IOException e) {
            KeeperMain.log("the worker is gone: " + e);
        }
        handedOver.complete(false);
    }

    private void start(Start order) throws PosixException {
        long ticket = depart();
        try {
            int[] streams = hold(order.spawn());
            try {
                arrive(order, streams, ticket, order.spawn().start());
            } catch (PosixException e) {
                release(streams);
                throw e;
            }
        } catch (PosixException e) {
            tell(new Refused(order.key(), e.errno(), String.valueOf(e.getMessage())));
        } finally {
            land(ticket);
        }
    }

    private synchronized long depart() {
        underWay.add(++tickets);
        return tickets;
    }

    /// It runs, or has ended already; as long as it is not reaped, and nothing is while this is entered, its
    /// number is its own.
    private synchronized void arrive(Start order, int[] streams, long ticket, int pid) {
        Optional<Wait> ended = Optional.ofNullable(strays.get(pid))
                .filter(stray -> ticket <= stray.ticket)
                .map(Stray::end);
        long start = ended.isPresent() ? 0 : Proc.of(pid).orElseThrow().id().start();
        Child child = new Child(order.key(), order.label(), new ProcessId(pid, start), streams);
        births++;
        notifyAll();
        children.put(order.key(), child);
        tell(new Started(order.key(), child.process));
        if (ended.isPresent()) {
            end(child, ended.get());
        } else {
            living.put(pid, child);
        }
    }

    private synchronized void land(long ticket) {
        underWay.remove(ticket);
        if (underWay.isEmpty()) {
            strays.clear();
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

    private synchronized void reap(int pid) throws PosixException {
        Wait wait = Wait.of(pid);
        Child child = living.remove(pid);
        if (child != null) {
            end(child, wait);
        } else if (!underWay.isEmpty()) {
            strays.put(pid, new Stray(tickets, wait));
        }
    }

    private void end(Child child, Wait wait) {
        Ended end = new Ended(child.key, wait.status(), wait.cpuMicros(), peak(wait), Proc.hasOrphans());
        child.end = Optional.of(end);
        tell(end);
    }

    /// Nothing of a process that was no larger than this one. Ours is read again only when it could matter: it only
    /// grows.
    private long peak(Wait wait) {
        if (wait.peakMemory() > ownPeak) {
            ownPeak = Wait.ownPeak();
        }
        return wait.peakMemory() > ownPeak ? wait.peakMemory() : 0;
    }

    /// A worker that cannot be told any more is about to be found gone by the thread that listens to it.
    private synchronized void tell(Message message) {
        worker.ifPresent(wire -> {
            try {
                wire.send(message);
            } catch (IOException e) {
                KeeperMain.log("the worker did not take " + message + ": " + e);
            }
        });
    }

    private synchronized long births() {
        return births;
    }

    /// Without children there is nothing to wait for before the next birth.
    private synchronized void awaitBirthAfter(long seen) throws InterruptedException {
        while (births == seen) {
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
