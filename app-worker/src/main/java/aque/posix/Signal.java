package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Signals to single processes, never to a number that another process has taken meanwhile. Any thread.
public final class Signal {
    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int KILL = 9;
    public static final int TERM = 15;
    public static final int CONT = 18;
    public static final int STOP = 19;

    /// The same numbers on all machines that Linux runs on today.
    private static final long SEND_SIGNAL = 424;

    private static final long PIDFD_OPEN = 434;
    private static final MethodHandle OPEN = Native.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle SEND =
            Native.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle KILL_CALL = Native.function("kill", JAVA_INT, JAVA_INT, JAVA_INT);

    private static final MethodHandle SIGNAL = Native.plain("signal", ADDRESS, JAVA_INT, ADDRESS);

    private Signal() {}

    /// This process no longer ignores `signal`, which whoever started it (nohup) may have told it to.
    public static void heed(int signal) {
        try {
            var before = (MemorySegment) SIGNAL.invokeExact(signal, MemorySegment.NULL);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /// Sends `signal` to this very process; false when it is gone, or not ours to signal.
    public static boolean send(ProcessId process, int signal) {
        try {
            int handle = open(process.pid());
            try {
                return Proc.alive(process) && sent(handle, signal);
            } finally {
                Fd.close(handle);
            }
        } catch (PosixException e) {
            return e.errno() == PosixException.ENOSYS && sendByNumber(process, signal);
        }
    }

    private static int open(int pid) throws PosixException {
        return Native.call("pidfd_open", (arena, state) -> (int) (long) OPEN.invokeExact(state, PIDFD_OPEN, pid, 0));
    }

    private static boolean sent(int handle, int signal) throws PosixException {
        Native.call("pidfd_send_signal", (arena, state) ->
                (int) (long) SEND.invokeExact(state, SEND_SIGNAL, handle, signal, MemorySegment.NULL, 0));
        return true;
    }

    /// For kernels and sandboxes without process descriptors.
    private static boolean sendByNumber(ProcessId process, int signal) {
        try {
            if (!Proc.alive(process)) {
                return false;
            }
            Native.call("kill", (arena, state) -> (int) KILL_CALL.invokeExact(state, process.pid(), signal));
            return true;
        } catch (PosixException e) {
            return false;
        }
    }
}
