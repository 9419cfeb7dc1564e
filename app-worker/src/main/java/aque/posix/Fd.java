package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// File descriptors as plain numbers: FIFOs, and the event counter that wakes a poll. Any thread.
public final class Fd {
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int X_OK = 1;
    private static final int R_OK = 4;
    private static final MethodHandle MKFIFO = Native.function("mkfifo", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UNLINK = Native.function("unlink", JAVA_INT, ADDRESS);
    private static final MethodHandle OPEN = Native.function("open", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = Native.function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = Native.function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = Native.function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle EVENTFD = Native.function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCESS = Native.function("access", JAVA_INT, ADDRESS, JAVA_INT);

    private Fd() {}

    /// Makes a FIFO that only its owner may open.
    public static void mkfifo(String path) throws PosixException {
        Native.call(
                "mkfifo " + path, (arena, state) -> (int) MKFIFO.invokeExact(state, arena.allocateFrom(path), 0600));
    }

    /// Removes a name, if it is there.
    public static void unlink(String path) throws PosixException {
        try {
            Native.call("unlink " + path, (arena, state) -> (int) UNLINK.invokeExact(state, arena.allocateFrom(path)));
        } catch (PosixException e) {
            if (e.errno() != PosixException.ENOENT) {
                throw e;
            }
        }
    }

    /// Opens the reading end of a FIFO without waiting for a writer.
    public static int openReader(String path) throws PosixException {
        return Native.call("open " + path, (arena, state) ->
                (int) OPEN.invokeExact(state, arena.allocateFrom(path), O_NONBLOCK | O_CLOEXEC));
    }

    /// Reads what is there into `buffer`: the count, or 0 at the end.
    ///
    /// @throws PosixException with `EAGAIN` when nothing is there yet
    public static int read(int fd, MemorySegment buffer) throws PosixException {
        return Native.call(
                "read", (arena, state) -> (int) (long) READ.invokeExact(state, fd, buffer, buffer.byteSize()));
    }

    public static void close(int fd) throws PosixException {
        Native.call("close", (arena, state) -> (int) CLOSE.invokeExact(state, fd));
    }

    /// A counter that is readable once [#notify(int)] was called, until it is read.
    public static int event() throws PosixException {
        return Native.call("eventfd", (arena, state) -> (int) EVENTFD.invokeExact(state, 0, O_NONBLOCK | O_CLOEXEC));
    }

    /// Makes an event counter readable.
    public static void notify(int event) throws PosixException {
        Native.call("write", (arena, state) -> {
            MemorySegment one = arena.allocate(JAVA_LONG);
            one.set(JAVA_LONG, 0, 1L);
            return (int) (long) WRITE.invokeExact(state, event, one, one.byteSize());
        });
    }

    /// Whether this process may execute the file, or enter the folder; by its UTF-8 name, whatever the locale
    /// is.
    public static boolean executable(String path) {
        return accessible(path, X_OK);
    }

    /// Whether this process may read the file.
    public static boolean readable(String path) {
        return accessible(path, R_OK);
    }

    /// Whether there is a folder of this name.
    public static boolean folder(String path) {
        return accessible(path + "/.", 0);
    }

    /// Whether there is anything of this name.
    public static boolean exists(String path) {
        return accessible(path, 0);
    }

    /// Whether there is nothing of this name, as where a volume is not mounted. What may not be looked at may be
    /// there.
    public static boolean absent(String path) {
        try {
            access(path, 0);
            return false;
        } catch (PosixException e) {
            return e.errno() == PosixException.ENOENT;
        }
    }

    private static boolean accessible(String path, int mode) {
        try {
            access(path, mode);
            return true;
        } catch (PosixException e) {
            return false;
        }
    }

    private static void access(String path, int mode) throws PosixException {
        Native.call("access", (arena, state) -> (int) ACCESS.invokeExact(state, arena.allocateFrom(path), mode));
    }

    /// The bytes read, as Java's own.
    public static byte[] bytes(MemorySegment buffer, int count) {
        return buffer.asSlice(0, count).toArray(JAVA_BYTE);
    }
}
