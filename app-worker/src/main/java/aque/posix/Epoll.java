package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Waits until one of several descriptors has something to read, or is at its end. One thread waits, any
/// thread adds.
public final class Epoll implements AutoCloseable {
    private static final int CLOEXEC = 0x80000;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int IN = 1;
    private static final int AT_ONCE = 64;
    /// The kernel packs its structure on this architecture only.
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

    private static final long SIZE = PACKED ? 12 : 16;
    private static final long DATA = PACKED ? 4 : 8;
    private static final MethodHandle CREATE = Native.function("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle CONTROL =
            Native.function("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle WAIT =
            Native.function("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private final int epoll;
    private final MemorySegment events = Arena.ofAuto().allocate(AT_ONCE * SIZE, 8);

    public Epoll() throws PosixException {
        epoll = Native.call("epoll_create1", (arena, state) -> (int) CREATE.invokeExact(state, CLOEXEC));
    }

    /// Also waits for this descriptor from now on, until it is removed or closed.
    public void add(int fd) throws PosixException {
        control(ADD, fd);
    }

    public void remove(int fd) throws PosixException {
        control(DELETE, fd);
    }

    /// Waits, for ever if `millis` is negative, and tells how many descriptors there are to look at.
    public int await(int millis) throws PosixException {
        return Native.call(
                "epoll_wait", (arena, state) -> (int) WAIT.invokeExact(state, epoll, events, AT_ONCE, millis));
    }

    /// One of those that the last [#await(int)] told of.
    public int ready(int index) {
        return events.get(JAVA_INT_UNALIGNED, index * SIZE + DATA);
    }

    @Override
    public void close() throws PosixException {
        Fd.close(epoll);
    }

    private void control(int operation, int fd) throws PosixException {
        Native.call("epoll_ctl", (arena, state) -> {
            MemorySegment event = arena.allocate(16, 8);
            event.set(JAVA_INT, 0, IN);
            event.set(JAVA_INT_UNALIGNED, DATA, fd);
            return (int) CONTROL.invokeExact(state, epoll, operation, fd, event);
        });
    }
}
