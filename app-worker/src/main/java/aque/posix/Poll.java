package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Waits until one of several descriptors has something to read. One thread owns a poll.
public final class Poll {
    private static final short POLLIN = 1;
    private static final long SIZE = 8;
    private static final MethodHandle POLL = Native.function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private MemorySegment entries = Arena.ofAuto().allocate(64 * SIZE, SIZE);
    private int count;

    /// Forgets all descriptors.
    public void clear() {
        count = 0;
    }

    /// Also waits for this descriptor; its index is the number of those added before.
    public void add(int fd) {
        if ((count + 1) * SIZE > entries.byteSize()) {
            MemorySegment larger = Arena.ofAuto().allocate(entries.byteSize() * 2, SIZE);
            larger.copyFrom(entries);
            entries = larger;
        }
        entries.set(JAVA_INT, count * SIZE, fd);
        entries.set(JAVA_SHORT, count * SIZE + 4, POLLIN);
        entries.set(JAVA_SHORT, count * SIZE + 6, (short) 0);
        count++;
    }

    /// Waits for at most `millis`, for ever if negative.
    public void await(int millis) throws PosixException {
        MemorySegment all = entries;
        int n = count;
        Native.call("poll", (arena, state) -> (int) POLL.invokeExact(state, all, (long) n, millis));
    }

    /// Whether the descriptor added as number `index` can be read, or is at its end.
    public boolean ready(int index) {
        return entries.get(JAVA_SHORT, index * SIZE + 6) != 0;
    }
}
