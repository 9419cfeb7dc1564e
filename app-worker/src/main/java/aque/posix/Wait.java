package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/// A child that ended, and what it and the descendants that it waited for had used.
///
/// @param status as `wait` gives it
/// @param cpuMicros user and system time
/// @param peakMemory the largest resident size of any one process among them, in bytes
public record Wait(int pid, int status, long cpuMicros, long peakMemory) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int ALL = 0;
    private static final int ENDED_AND_KEPT = 4 | 0x0100_0000;
    private static final long PID_IN_INFO = 16;
    private static final MethodHandle WAITID =
            Native.function("waitid", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle WAIT4 = Native.function("wait4", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle PRCTL =
            Native.variadic("prctl", 1, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /// Waits for any child to end, and leaves it to be reaped; empty when there is none. Blocks its platform
    /// thread.
    ///
    /// @return the number of a child that [#of(int)] will not wait for
    public static OptionalInt next() throws PosixException {
        int[] pid = new int[1];
        try {
            Native.call("waitid", (arena, state) -> {
                MemorySegment info = arena.allocate(128, 8);
                int result = (int) WAITID.invokeExact(state, ALL, 0, info, ENDED_AND_KEPT);
                pid[0] = info.get(JAVA_INT, PID_IN_INFO);
                return result;
            });
            return OptionalInt.of(pid[0]);
        } catch (PosixException e) {
            if (e.errno() == PosixException.ECHILD) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    /// Waits for this child to end, and reaps it.
    public static Wait of(int pid) throws PosixException {
        int[] status = new int[1];
        long[] usage = new long[2];
        int ended = Native.call("wait4", (arena, state) -> {
            MemorySegment code = arena.allocate(JAVA_INT);
            MemorySegment used = arena.allocate(256, 8);
            int result = (int) WAIT4.invokeExact(state, pid, code, 0, used);
            status[0] = code.get(JAVA_INT, 0);
            usage[0] = seconds(used, 0) + seconds(used, 16);
            usage[1] = used.get(JAVA_LONG, 32) * 1024;
            return result;
        });
        return new Wait(ended, status[0], usage[0], usage[1]);
    }

    /// The largest resident size that this program ever had. A child that was spawned begins with that of its
    /// parent, which says nothing about the child. Not what `getrusage` tells: that begins with the size of the
    /// program which started this one.
    public static long ownPeak() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long seconds(MemorySegment used, long offset) {
        return used.get(JAVA_LONG, offset) * 1_000_000 + used.get(JAVA_LONG, offset + 8);
    }

    /// From now on, orphaned descendants of this process become its children.
    public static void adoptOrphans() throws PosixException {
        Native.call("prctl", (arena, state) -> (int) PRCTL.invokeExact(state, PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L));
    }

    /// The exit code in a status, when the process ended by itself.
    public static OptionalInt code(int status) {
        return (status & 0x7f) == 0 ? OptionalInt.of((status >> 8) & 0xff) : OptionalInt.empty();
    }

    /// The signal in a status, when one ended the process.
    public static OptionalInt signal(int status) {
        return (status & 0x7f) == 0 ? OptionalInt.empty() : OptionalInt.of(status & 0x7f);
    }
}
